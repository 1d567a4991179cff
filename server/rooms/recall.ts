import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import type { RecalledRun } from '../../shared/protocol/recalled.ts';
import { seriesOf } from './coalescer.ts';
import { frameOf } from './frames.ts';
import type { Room } from './room.ts';

/** A run that has begun, as it is now; a projector is told only of those that are shown on it. [P104] */
export function recall(
  room: Room,
  page: 'instructor' | 'projector',
  number: number,
): { run: RecalledRun } | { refusal: Refusal } {
  if (page === 'projector' && !room.wall.shows(number)) return { refusal: REFUSALS.notAllowed };
  const run = room.runs.find((each) => each.number === number && each.hasBegun);
  if (!run) return { refusal: REFUSALS.wrongRun };
  const entries = [...run.all].filter(({ participant }) => room.roster.get(participant));
  return {
    run: {
      ...run.plan,
      number,
      arrived: run.standings.arrived,
      students: entries.flatMap(({ participant, rate, divergedAt }) =>
        rate === null ? [] : { participant, rate, divergedAt },
      ),
      points: frameOf(
        number,
        entries.map((entry) => seriesOf(run, entry)),
        null,
      ),
    },
  };
}
