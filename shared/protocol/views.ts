import type { Clock, Pace } from '../clock.ts';
import type { Bet } from '../run/bets.ts';
import type { GoodRates, Judgement } from '../run/judgement.ts';
import type { NameLanguage } from '../nicknames/words.ts';
import type { RatePolicy } from '../run/rates.ts';
import type { RunSettings } from '../run/settings.ts';
import type { Phase } from '../session.ts';

/** What an instructor prepares: the run, its pace, and how learning rates are given out. */
export interface RunPlan {
  settings: RunSettings;
  pace: Pace;
  rates: RatePolicy;
  /** Whether students are asked before the start what they expect of their learning rate. */
  bets?: boolean | undefined;
}

/** A session as every page sees it; sent whole whenever it changes, so that a repeat is harmless. */
export interface SessionView {
  code: string;
  phase: Phase;
  locked: boolean;
  /** Where names are hidden, the language of those that students and projectors are told instead. */
  pseudonyms: NameLanguage | null;
  /** Between two reports of one student, in ms: longer, the more students there are. */
  reportEvery: number;
  /** The run that is prepared, under way or just finished. */
  run: RunView | null;
  /** Server time since which what happens here cannot be stored; null while it can. */
  unsavedSince: number | null;
  /** No instructor is connected, nor has one been for `TIMING.unattended`. */
  unattended: boolean;
}

export interface RunView extends RunPlan {
  /** Counts the session's runs from 1; a plan that replaces one that never began keeps its number. */
  number: number;
  /** Null until the run is started. */
  clock: Clock | null;
  /** The learning rate of a curve that screens compute by themselves, beside the students'. */
  reference: number | null;
}

/** A participant as every page sees it. `index` is who they are, for the session's whole life. */
export interface ParticipantView {
  index: number;
  name: string;
  /** A program of the rehearsal, not a person. */
  simulated: boolean;
  /** Null while the student has yet to pick one, or no run is prepared. */
  rate: number | null;
  status: Status;
  /** What the server's replay of the run has shown, once it has. */
  verdict?: Verdict | undefined;
  /** What the student has bet on its learning rate; until the run starts only that it has. */
  bet?: Bet | 'secret' | undefined;
  /** What the learning rate of who has bet turned out to be, once the run is over. */
  outcome?: Judgement | undefined;
}

/** How well the class has foreseen what its learning rates do, over the runs that are over. */
export interface Predictions {
  /** Runs in which a bet has been decided. */
  runs: number;
  /** How many have a bet that has been decided. */
  of: number;
  /** The best `PREDICTION_LEADERS`, best first. */
  leaders: Predictor[];
  /** Of a student's page: itself, once a bet of its own has been decided. */
  own: Predictor | null;
  /** The good learning rates of the present run, once it is over and where they can be told. */
  good: GoodRates | null;
}

export interface Predictor {
  participant: number;
  name: string;
  /** From 1; equal points have equal ranks. */
  rank: number;
  points: number;
  /** Bets that have been decided, and those of them with the right word. */
  bets: number;
  exact: number;
}

/** Whether what a participant reported is what its run computes. */
export type Verdict =
  /** Everything reported follows from the run's settings and the learning rate, bit for bit. */
  | { state: 'verified' }
  /** It does not: the first value that differs belongs to `atStep` steps done. */
  | { state: 'refuted'; atStep: number }
  /** Not replayed: left out of the sample of a dear model, or the time was up. */
  | { state: 'unchecked' };

/** Where a student stands in the ranking, and next to whom. */
export interface Place {
  /** From 1; null for who has no loss to compare: diverged, behind, or not in the ranking yet. */
  rank: number | null;
  /** Participants that have a rank. */
  of: number;
  ahead: Neighbour | null;
  behind: Neighbour | null;
}

export interface Neighbour {
  name: string;
  rate: number | null;
}

/** Where a participant stands in the present run. */
export type Status =
  | { state: 'ready' }
  /** The run is under way, but this student has yet to pick a learning rate. */
  | { state: 'choosing' }
  | { state: 'training' }
  /** Training, and about so many steps behind the clock of a pace. */
  | { state: 'behind'; steps: number }
  | { state: 'done' }
  /** `atStep` is the first step, from 0, whose loss left the range that can be drawn. */
  | { state: 'diverged'; atStep: number }
  /** Connected, and yet no point that is due has come since that server time: nobody waits for it. */
  | { state: 'silent'; since: number }
  /** Not connected since that server time. */
  | { state: 'away'; since: number };
