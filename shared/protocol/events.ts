import type { NameLanguage } from '../nicknames/words.ts';
import type { Command } from '../session.ts';
import type { Farewell, Refusal } from './codes.ts';
import type { FormChange, PlanForm } from '../plan/planForm.ts';
import type { BrainPlan } from '../run/brainMembers.ts';
import type { Bet } from '../run/bets.ts';
import type { ShownReplay, WallChange, WallView } from '../wall.ts';
import type { RecalledRun } from './recalled.ts';
import type { ParticipantView, Place, Predictions, RunPlan, SessionView } from './views.ts';

/** Raised whenever a message or a frame changes its meaning; sent with the first message. */
export const PROTOCOL_VERSION = 4;

/** Every message from a client is answered by one of these. */
export type Ack<T = unknown> = ({ ok: true } & T) | RefusedAck;
export type RefusedAck = {
  ok: false;
  code: Refusal;
  /** With `gap`: how many values the server holds. */
  held?: number;
  /** With `too_many_requests`: milliseconds after which it may be tried again. */
  retryAfter?: number;
};

/** What a page needs to begin: the session, who is in it, and the server's time in ms. */
export interface Welcome {
  session: SessionView;
  /** Everybody; for a student only itself and those whose curves it is shown. */
  participants: ParticipantView[];
  /** How many are in the room. */
  people: number;
  /** The link that students open, with an address that other devices can reach. */
  joinUrl: string;
  now: number;
}

/** What a screen needs besides: how the projectors show the run, and how many of them there are. */
export interface ScreenWelcome extends Welcome {
  wall: WallView;
  pointed: number | null;
  replay: ShownReplay | null;
  projectors: number;
  /** Of an instructor's screen: what they are putting together for the next run. */
  draft: PlanForm | null;
  /** Of an instructor's: what gives a projector that it opens precedence over others. [P97] */
  pass?: string;
}

/** What a student's page needs besides: who it is, and what the server holds of its present run. */
export interface StudentWelcome extends Welcome {
  index: number;
  name: string;
  held: Held;
  /** What it has bet on the present run, which others do not see yet. */
  bet: Bet | null;
}

/** How many values of each of a student's columns the server holds. */
export interface Held {
  losses: number;
  evaluations: number;
}

export interface Credentials {
  code: string;
  index: number;
  secret: string;
}

/** Losses of consecutive reporting windows; `from` is the index of the first. */
export interface LossReport {
  run: number;
  from: number;
  losses: number[];
  /**
   * Seconds of the run that had gone by, on the common clock, when the first and the last of them
   * were there on the device; the others lie evenly between. Without it nobody knows when.
   */
  seconds?: [first: number, last: number] | undefined;
  /** In the last report of a diverged run: the step at which it left. */
  divergedAt?: number | undefined;
}

/** Mean loss and accuracy on the test images at consecutive evaluations. */
export interface EvaluationReport {
  run: number;
  from: number;
  losses: number[];
  accuracies: number[];
}

type Answer<T = unknown> = (ack: Ack<T>) => void;

export interface ClientEvents {
  /**
   * Enter a session as a new participant, known by `secret` from now on: `SECRET_LENGTH` random
   * characters that the page makes up, so that a repeat after a lost answer is the same join.
   */
  join(
    message: {
      version: number;
      code: string;
      name: string;
      secret: string;
      simulated?: boolean | undefined;
    },
    answer: Answer<StudentWelcome>,
  ): void;
  /** Take one's place again after a reload or a lost connection. */
  resume(message: Credentials & { version: number }, answer: Answer<StudentWelcome>): void;
  /** Open an instructor's screen. */
  instruct(
    message: { version: number; code: string; secret: string },
    answer: Answer<ScreenWelcome>,
  ): void;
  /** Open a projector's screen: sees all, decides nothing. */
  watch(
    message: { version: number; code: string; pass?: string | undefined },
    answer: Answer<ScreenWelcome>,
  ): void;
  /** The server's time in ms, for the estimate of the offset. */
  time(message: Record<string, never>, answer: Answer<{ now: number }>): void;
  /** All columns of the present run as one frame, after a gap was seen. */
  snapshot(message: Record<string, never>, answer: Answer): void;

  /** Student: choose the learning rate, where the run leaves it open. */
  pick(message: { run: number; rate: number }, answer: Answer): void;
  /** Student: foresee what the learning rate that it has in this run will do. */
  bet(message: { run: number; rate: number; bet: Bet }, answer: Answer): void;
  /** How well the class has predicted so far. */
  predictions(message: Record<string, never>, answer: Answer<Predictions>): void;
  /** What the class brain of the present run is made of, once it is over. */
  brain(message: Record<string, never>, answer: Answer<BrainPlan>): void;
  /** Screen: all of a run that has begun, which this page has not seen itself. */
  recall(message: { run: number }, answer: Answer<{ run: RecalledRun }>): void;
  /** Student: go on being shown this participant's curve; its own for none in particular. */
  follow(message: { participant: number }, answer: Answer): void;
  losses(message: LossReport, answer: Answer<{ held: number }>): void;
  evaluations(message: EvaluationReport, answer: Answer<{ held: number }>): void;

  /** Instructor. */
  prepare(message: RunPlan, answer: Answer): void;
  command(message: { command: Command; steps?: number | undefined }, answer: Answer): void;
  lock(message: { locked: boolean }, answer: Answer): void;
  /** Show everybody but instructors each one's own nickname, or another name in that language. */
  names(message: { shown: 'own' | NameLanguage }, answer: Answer): void;
  rename(message: { index: number; name: string }, answer: Answer): void;
  /** Show a reference of this learning rate beside the students' curves, or none. */
  reference(message: { rate: number | 'none' }, answer: Answer): void;
  /** Something of what is being set for the next run has been typed or chosen. */
  draft(message: FormChange, answer: Answer): void;
  /** Have the projectors show the run in another way. */
  wall(message: WallChange, answer: Answer): void;
  /** Point at a participant's curve on the projectors, or no longer at any. */
  point(message: { participant: number | 'none' }, answer: Answer): void;
  /** Have the projectors show a run again, at one of its steps, or the present one. */
  replay(message: { shown: ShownReplay | 'none' | 'end' }, answer: Answer): void;
  remove(message: { index: number }, answer: Answer): void;
  /** Remove those of these participants who are away; the answer says how many were. */
  removeAway(message: { indices: number[] }, answer: Answer<{ removed: number }>): void;
  /** Deletes the session with everything in it, for good. */
  end(message: Record<string, never>, answer: Answer): void;
  /** Adds simulated students. */
  rehearse(message: { students: number }, answer: Answer): void;
}

export interface ServerEvents {
  session(view: SessionView): void;
  /** Participants that are new or have changed since the last tick; to a student as in its welcome. */
  roster(changed: ParticipantView[]): void;
  /** Participants that are no longer in the room; for students also who is no longer shown. */
  gone(indices: number[]): void;
  /** To students: how many are in the room. */
  people(count: number): void;
  /** To one student: where it stands. */
  place(place: Place): void;
  /** To one student: what it has bet on the present run, whenever that has changed. */
  bet(bet: Bet | null): void;
  /** To one student: the instructor has given it this nickname. */
  named(name: string): void;
  /** To screens: how the projectors show the run, whole, whenever an instructor has chosen. */
  wall(view: WallView): void;
  /** To projectors: whose curve an instructor points at. */
  pointed(participant: number | null): void;
  /** To screens: the run that projectors show again, and how; null for the present one. */
  replay(shown: ShownReplay | null): void;
  /** To instructors: what is being set for the next run, whole. */
  draft(form: PlanForm): void;
  /** To instructors: how many projectors are connected. */
  projectors(count: number): void;
  /** A frame, as `frame.ts` defines it. */
  frame(bytes: ArrayBuffer | Uint8Array): void;
  /** The server stops, and may soon be back: the page keeps what it has and comes back after a while. */
  restarting(): void;
  /** The last message of a connection that the server ends for good. */
  farewell(reason: Farewell): void;
}
