import type { ParticipantView, RunView } from '../../shared/protocol/views.ts';
import { rateRange } from '../../shared/run/rates.ts';
import type { Board } from '../live/board.ts';
import { rateColour } from '../style/rateColour.ts';
import type { Curve } from './curves.ts';
import { smoothed } from './smoothed.ts';

const NOTHING = new Float32Array(0);

/** The curves of everybody who has a learning rate in the present run. */
export function sessionCurves(
  run: RunView | null,
  participants: ReadonlyMap<number, ParticipantView>,
  board: Board,
  smooth: boolean,
): Curve[] {
  if (!run) return [];
  const range = rateRange(run.rates);
  const curves: Curve[] = [];
  for (const { index, name, rate, status } of participants.values()) {
    if (rate === null) continue;
    const losses = board.losses.get(index)?.slice(0) ?? NOTHING;
    curves.push({
      participant: index,
      name,
      rate,
      colour: rateColour(rate, range),
      values: smooth ? smoothed(losses) : losses,
      raw: smooth ? losses : null,
      divergedAt: status.state === 'diverged' ? status.atStep : null,
    });
  }
  return curves;
}
