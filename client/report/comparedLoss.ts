import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import { rankingLoss, rankingSpan } from '../../shared/run/ranking.ts';

/** The loss by which a student is ranked; null for who diverged or has not come that far. */
export function comparedLoss(
  { arrived, settings }: RunResult,
  { losses, divergedAt }: ParticipantResults,
): number | null {
  if (divergedAt !== null || losses.length < arrived) return null;
  const values = losses.map(({ loss }) => loss);
  return rankingLoss(values, arrived, rankingSpan(settings));
}
