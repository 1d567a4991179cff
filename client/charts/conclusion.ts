import type { ParticipantView } from '../../shared/protocol/views.ts';
import type { Standing } from './standing.ts';

/** What a class can learn from a run, each finding one sentence. */
export type Finding =
  | { finding: 'none' }
  | {
      finding: 'best';
      participant: ParticipantView;
      rate: number;
      loss: number;
      accuracy: number | null;
    }
  | { finding: 'diverged'; count: number; curves: number; lowest: number }
  | { finding: 'allDiverged' }
  /** The best rate lies at an end of those tried. */
  | { finding: 'atTop' }
  | { finding: 'atBottom' };

/** With fewer rates, that the best lies at an end says nothing. */
const RATES_FOR_ENDS = 3;

export function conclusion(all: readonly Standing[]): Finding[] {
  const tried = all.flatMap((standing) => {
    const { rate, status, verdict } = standing.participant;
    // An invented curve teaches nothing.
    return rate === null || verdict?.state === 'refuted'
      ? []
      : [{ ...standing, rate, diverged: status.state === 'diverged' }];
  });
  const dead = tried.filter(({ diverged }) => diverged);
  const best = tried.find(({ rank }) => rank === 1);
  if (!best || best.loss === null) {
    const everybody = dead.length > 0 && dead.length === tried.length;
    return [{ finding: everybody ? 'allDiverged' : 'none' }];
  }
  const { participant, rate, loss, accuracy } = best;
  const findings: Finding[] = [{ finding: 'best', participant, rate, loss, accuracy }];
  if (dead.length > 0) {
    const lowest = Math.min(...dead.map((each) => each.rate));
    findings.push({ finding: 'diverged', count: dead.length, curves: tried.length, lowest });
  }
  const rates = new Set(tried.map((each) => each.rate));
  if (rates.size >= RATES_FOR_ENDS) {
    if (rate === Math.max(...rates)) findings.push({ finding: 'atTop' });
    if (rate === Math.min(...rates)) findings.push({ finding: 'atBottom' });
  }
  return findings;
}
