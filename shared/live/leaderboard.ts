import type { Column } from './column.ts';
import type { Standings } from '../protocol/frame.ts';
import type { Verdict } from '../protocol/views.ts';
import { rankingLoss } from '../run/ranking.ts';

/** Who is ranked: a participant of the run that has a learning rate. */
export interface Contender {
  participant: number;
  /** Whether the others wait for this one, as soon as it has caught up with them. */
  awaited: boolean;
  losses: Column;
  divergedAt: number | null;
  /** What a replay of the losses has shown, if anything. */
  verdict: Verdict | null;
}

/**
 * Ranks everybody at the same window, so that a faster device is no advantage. First those who
 * have arrived there, by loss; then those behind, the furthest first; then the diverged, the one
 * that held out longest first; at the end those whose losses a replay has refuted. Ties go to the lower index.
 * @param before windows at which the last standings were made; they never move back
 * @param span windows whose mean is compared
 */
export function rank(contenders: readonly Contender[], before: number, span: number): Standings {
  const arrived = arrivedWindows(contenders, before);
  const order = contenders
    .map((contender) => ({
      participant: contender.participant,
      ...place(contender, arrived, span),
    }))
    .sort((a, b) => a.group - b.group || a.value - b.value || a.participant - b.participant)
    .map(({ participant }) => participant);
  return { arrived, order };
}

/** Windows that everybody has whom the others wait for: not for those who are catching up. */
function arrivedWindows(contenders: readonly Contender[], before: number): number {
  const lengths = contenders
    .filter(({ awaited, divergedAt }) => awaited && divergedAt === null)
    .map(({ losses }) => losses.length)
    .filter((length) => length >= before);
  return lengths.length > 0 ? Math.min(...lengths) : before;
}

/** Lower groups come first, and within a group lower values. */
function place(
  { losses, divergedAt, verdict }: Contender,
  arrived: number,
  span: number,
): { group: number; value: number } {
  if (verdict?.state === 'refuted') return { group: 3, value: 0 };
  if (divergedAt !== null) return { group: 2, value: -divergedAt };
  if (losses.length < arrived) return { group: 1, value: -losses.length };
  return { group: 0, value: rankingLoss(losses.slice(0), arrived, span) ?? 0 };
}

export function sameStandings(a: Standings, b: Standings): boolean {
  return (
    a.arrived === b.arrived &&
    a.order.length === b.order.length &&
    a.order.every((participant, k) => participant === b.order[k])
  );
}
