import type { Standing } from '../charts/standing.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import { isUnderWay, type Phase } from '../../shared/session.ts';

/** What may need the instructor, the most urgent first. */
export const CONCERNS = ['silent', 'away', 'slow', 'choosing', 'behind', 'refuted'] as const;
export type Concern = (typeof CONCERNS)[number];

/** Whom it is about, and how many steps they lack where that is known. */
export interface Concerned {
  concern: Concern;
  who: { name: string; steps: number }[];
}

/**
 * What needs the instructor's attention now: nobody is named twice.
 * @param standings tell who has yet to reach the step at which the others are compared
 * @param picks whether students pick their rates
 */
export function attention(
  { phase, picks }: { phase: Phase; picks: boolean },
  standings: readonly Standing[],
  participants: Iterable<ParticipantView>,
): Concerned[] {
  const behind = new Set(
    standings.filter((each) => each.behind).map(({ participant }) => participant.index),
  );
  const found = new Map<Concern, Concerned['who']>();
  for (const participant of participants) {
    const concern =
      concernOf(participant, isUnderWay(phase) && behind.has(participant.index)) ??
      (picks && participant.rate === null ? 'choosing' : null);
    if (concern === null) continue;
    const { name, status } = participant;
    const steps = status.state === 'behind' ? status.steps : 0;
    found.set(concern, [...(found.get(concern) ?? []), { name, steps }]);
  }
  return CONCERNS.flatMap((concern) => {
    const who = found.get(concern);
    return who ? [{ concern, who: who.sort((a, b) => b.steps - a.steps) }] : [];
  });
}

function concernOf({ status, verdict }: ParticipantView, isBehind: boolean): Concern | null {
  if (verdict?.state === 'refuted') return 'refuted';
  switch (status.state) {
    case 'silent':
    case 'away':
    case 'choosing':
      return status.state;
    case 'behind':
      return 'slow';
    case 'training':
      return isBehind ? 'behind' : null;
    case 'ready':
    case 'done':
    case 'diverged':
      return null;
  }
}
