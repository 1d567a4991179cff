import type { Bet } from '../run/bets.ts';
import type { Judgement } from '../run/judgement.ts';
import type { RunPlan, Verdict } from './views.ts';

/** What leaves the server of a session's runs, over HTTP and for its instructor alone. */

export interface ParticipantResults {
  index: number;
  name: string;
  simulated: boolean;
  /** From 1; null without a learning rate, and for losses that a replay has refuted. */
  rank: number | null;
  rate: number | null;
  state: 'done' | 'diverged' | 'unfinished';
  divergedAt: number | null;
  verdict: Verdict['state'] | null;
  /** What the student has bet on the rate, and what the rate turned out to be once the run was over. */
  bet: Bet | null;
  outcome: Judgement | null;
  betPoints: number | null;
  /**
   * Mean loss of the reporting window that closed when so many steps were done, and the seconds of
   * the run that had gone by on the student's device then; null where nobody has said.
   */
  losses: { steps: number; loss: number; seconds: number | null }[];
  /** On the test images. */
  evaluations: { steps: number; loss: number; accuracy: number }[];
}

/** One run of `results.json`. */
export interface RunResult extends RunPlan {
  number: number;
  /** Windows at which everybody is ranked. */
  arrived: number;
  participants: ParticipantResults[];
}

/** One run of `runs.json`. */
export interface RunSummary extends RunPlan {
  number: number;
  isOver: boolean;
  /** Steps done at which everybody is ranked. */
  steps: number;
  /** Who has a learning rate, and of these who came to an end. */
  students: number;
  done: number;
  diverged: number;
  best: { name: string; rate: number; loss: number } | null;
}
