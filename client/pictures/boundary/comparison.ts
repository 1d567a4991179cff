import type { ParticipantView } from '../../../shared/protocol/views.ts';

/** A student with a learning rate. */
export type Rated = ParticipantView & { rate: number };

/** Why a student's model stands beside the others. */
export type Role = 'lowest' | 'best' | 'highest';

/**
 * The students whose models show what a rate that is too low or too high does: who has the lowest
 * rate, who leads, who has the highest; each only once, by rising rate. None where there is but one.
 * @param best index of who leads; null while nobody does
 */
export function compared(
  students: readonly Rated[],
  best: number | null,
): { role: Role; student: Rated }[] {
  const rising = students.toSorted((a, b) => a.rate - b.rate || a.index - b.index);
  const lowest = rising[0];
  const highest = rising.at(-1);
  if (!lowest || !highest || lowest.rate === highest.rate) return [];
  const leader = rising.find(({ index }) => index === best);
  const role = (student: Rated): Role =>
    student === leader ? 'best' : student === lowest ? 'lowest' : 'highest';
  const chosen = new Set([lowest, ...(leader ? [leader] : []), highest]);
  return [...chosen].map((student) => ({ role: role(student), student }));
}

export function isRated(student: ParticipantView): student is Rated {
  return student.rate !== null;
}
