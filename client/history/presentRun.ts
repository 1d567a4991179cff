import type { RunResult } from '../../shared/protocol/results.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';

/** A run under the names that its students have now, without those who have left the room. [P104] */
export function presentRun(
  run: RunResult,
  people: ReadonlyMap<number, ParticipantView>,
): RunResult {
  return {
    ...run,
    participants: run.participants.flatMap((each) => {
      const known = people.get(each.index);
      return known ? [{ ...each, name: known.name }] : [];
    }),
  };
}
