import { expect, it } from 'vitest';
import { Spoken } from '../../../client/charts/spoken.ts';

it('a live region says news at once, and what only goes on every 15 seconds', () => {
  const spoken = new Spoken();
  const heard: string[] = [];
  const at = (seconds: number, text: string, news: string) => {
    const said = spoken.next(text, news, seconds * 1_000);
    if (said !== heard.at(-1)) heard.push(said);
  };
  for (let tick = 0; tick < 40; tick++) at(tick / 2, `best ${40 - tick}`, '0 diverged');
  at(20.1, '1 diverged, best 1', '1 diverged');
  at(20.6, '1 diverged, best 0.5', '1 diverged');
  at(21, 'finished, best 0.1', 'finished');
  expect(heard).toEqual(['best 40', 'best 10', '1 diverged, best 1', 'finished, best 0.1']);
});
