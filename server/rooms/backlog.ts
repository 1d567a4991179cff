import type { Held } from '../../shared/protocol/events.ts';
import type {
  Change,
  ParticipantRecord,
  RunRecord,
  SeriesRecord,
  SessionRecord,
  StoredSession,
} from '../store/store.ts';
import { piece, timedPiece } from './coalescer.ts';
import type { Entry, Run } from './run.ts';

/** The room's records as they are now; asked for when they are written. */
export interface Records {
  session(): SessionRecord;
  participant(index: number): ParticipantRecord | undefined;
  /** A run that the room still has, the present one or one before it. */
  run(number: number): Run | undefined;
  /** Everything there is. */
  all(): { participants: readonly number[]; runs: readonly number[] };
}

/** Which records have changed. */
export interface Marks {
  participants?: readonly number[];
  runs?: readonly number[];
  forgottenRuns?: readonly number[];
}

const NOTHING: Held = { losses: 0, evaluations: 0 };

/**
 * Which parts of a room the store does not have yet. Only marks are kept and records are made when
 * they are written, so that a store that fails for an hour costs no memory.
 */
export class Backlog {
  private hasChanged = false;
  private readonly participants = new Set<number>();
  private readonly runs = new Set<number>();
  private readonly forgotten = new Set<number>();
  /** By run: whose columns have grown or ended. */
  private readonly grown = new Map<number, Set<number>>();
  /** By run, then by participant: what the store has of their columns. */
  private readonly stored = new Map<number, Map<number, Held>>();

  /** @param stored what the room was made from */
  constructor(stored?: Pick<StoredSession, 'series'>) {
    this.accept({ series: stored?.series ?? [] });
  }

  get isEmpty(): boolean {
    return !this.hasChanged;
  }

  mark({ participants = [], runs = [], forgottenRuns = [] }: Marks): void {
    this.hasChanged = true;
    for (const index of participants) this.participants.add(index);
    for (const number of runs) this.runs.add(number);
    for (const number of forgottenRuns) {
      this.forgotten.add(number);
      this.grown.delete(number);
      this.stored.delete(number);
    }
  }

  /** A participant's columns have grown, or ended; how far the standings have come may have changed with it. */
  markGrown(run: number, participant: number): void {
    this.hasChanged = true;
    inner(this.grown, run, () => new Set<number>()).add(participant);
  }

  /** The store has nothing of this room. */
  markAll(records: Records): void {
    this.stored.clear();
    const { participants, runs } = records.all();
    this.mark({ participants, runs });
    for (const number of runs) {
      for (const { participant } of records.run(number)?.all ?? []) {
        this.markGrown(number, participant);
      }
    }
  }

  /**
   * Everything marked, as one change, and unmarks it. The arrays are windows on the columns.
   * @param withGrown whether columns that have grown are taken too, which cost most
   */
  take(records: Records, withGrown = true): Change {
    const grown = withGrown ? [...this.grown] : [];
    const runs = new Set([...this.runs, ...grown.map(([number]) => number)]);
    const change: Change = {
      session: records.session(),
      participants: present([...this.participants].map((index) => records.participant(index))),
      runs: present(
        [...runs].map((number): RunRecord | undefined => records.run(number)?.record()),
      ),
      forgottenRuns: [...this.forgotten],
      series: grown.flatMap(([number, participants]) => {
        const run = records.run(number);
        return run ? this.gained(run, participants) : [];
      }),
    };
    for (const marks of [this.participants, this.runs, this.forgotten]) marks.clear();
    if (withGrown) this.grown.clear();
    this.hasChanged = this.grown.size > 0;
    return change;
  }

  /** The store has applied this change. */
  accept({ series = [] }: Change): void {
    for (const { run, participant, losses, evaluations } of series) {
      inner(this.stored, run, () => new Map<number, Held>()).set(participant, {
        losses: losses.from + losses.values.length,
        evaluations: evaluations.from + evaluations.values.length / 2,
      });
    }
  }

  /** The store has applied nothing of this change: it is marked again. */
  putBack({ participants = [], runs = [], forgottenRuns = [], series = [] }: Change): void {
    this.mark({
      participants: participants.map(({ index }) => index),
      runs: runs.map(({ number }) => number),
      forgottenRuns,
    });
    for (const { run, participant } of series) {
      if (!this.forgotten.has(run)) this.markGrown(run, participant);
    }
  }

  private gained(run: Run, participants: ReadonlySet<number>): SeriesRecord[] {
    const entries = [...participants].map((participant) => run.entry(participant));
    return present(entries).map((entry: Entry) => {
      const before = this.stored.get(run.number)?.get(entry.participant) ?? NOTHING;
      return {
        run: run.number,
        participant: entry.participant,
        losses: timedPiece(entry, before.losses),
        evaluations: piece(entry.evaluations, before.evaluations),
        divergedAt: entry.divergedAt,
      };
    });
  }
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}

/** The value under `key`, made where there is none. */
function inner<K, V>(outer: Map<K, V>, key: K, make: () => V): V {
  const known = outer.get(key);
  if (known !== undefined) return known;
  const made = make();
  outer.set(key, made);
  return made;
}
