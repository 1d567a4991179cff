import { expect, it } from 'vitest';
import type { ChartSession } from '../../../client/charts/chartSession.ts';
import { witnessOf } from '../../../client/charts/witness.svelte.ts';
import { ConductedView } from '../../../client/wall/conductedView.svelte.ts';
import { USUAL_WALL } from '../../../shared/wall.ts';

/** A page's view; which session it is of makes no difference here. */
function view() {
  const session = {} as ChartSession;
  return { view: new ConductedView(session), witness: witnessOf(session) };
}

it('[P100] what is conducted is all that was chosen, however many are hidden or pinned', () => {
  const { view: desk, witness } = view();
  expect(desk.wall).toEqual(USUAL_WALL);
  for (let index = 0; index < 300; index++) desk.focus.toggleHidden(index);
  for (let index = 300; index < 500; index++) desk.focus.togglePin(index);
  witness.laid = 2;
  const { wall } = desk;
  expect(wall.hidden).toHaveLength(300);
  expect(wall.pins).toHaveLength(200);
  expect(wall.laid).toBe(2);
  const other = view();
  other.view.take(wall, undefined);
  expect(other.view.wall).toEqual(wall);
  expect(other.view.focus.isHidden(0)).toBe(true);
  expect(other.witness.laid).toBe(2);
});
