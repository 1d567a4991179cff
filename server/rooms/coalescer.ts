import type { Column } from '../../shared/live/column.ts';
import type { Piece, SeriesRecord, TimedPiece } from '../store/store.ts';
import type { Entry, Run } from './run.ts';

/** Bytes that a participant's piece costs before its values. */
const OVERHEAD_BYTES = 16;

/** Of a loss and its time. */
const LOSS_BYTES = 6;

interface Taken {
  losses: number;
  evaluations: number;
}

/**
 * Which parts of a run's columns have not been passed on yet, however often and in whatever order
 * the participants report. What the columns hold when it is made counts as passed on.
 */
export class Coalescer {
  private readonly taken = new Map<number, Taken>();
  /** In the order in which they were marked, so that nobody waits for ever behind the others. */
  private readonly marked = new Set<number>();

  constructor(private readonly run: Run) {
    for (const entry of run.all) this.taken.set(entry.participant, lengths(entry));
  }

  get isEmpty(): boolean {
    return this.marked.size === 0;
  }

  /** This participant's columns have grown, or ended. */
  mark(participant: number): void {
    this.marked.add(participant);
  }

  /** Whatever was passed on of this participant's columns, they are to be passed on whole. */
  restart(participant: number): void {
    this.taken.set(participant, { losses: 0, evaluations: 0 });
    this.marked.add(participant);
  }

  unmark(participant: number): void {
    this.marked.delete(participant);
  }

  /**
   * What is new of the marked participants, and unmarks them. Stops after about `bytes`; the rest
   * stays marked for the next time. The arrays are windows on the columns.
   */
  take(bytes = Infinity): SeriesRecord[] {
    const gained: SeriesRecord[] = [];
    let left = bytes;
    for (const participant of this.marked) {
      if (left <= 0) break;
      this.marked.delete(participant);
      const entry = this.run.entry(participant);
      if (!entry) continue;
      const record = this.gained(entry);
      gained.push(record);
      left -= OVERHEAD_BYTES + LOSS_BYTES * record.losses.values.length;
      left -= record.evaluations.values.byteLength;
    }
    return gained;
  }

  private gained(entry: Entry): SeriesRecord {
    const before = this.taken.get(entry.participant) ?? { losses: 0, evaluations: 0 };
    this.taken.set(entry.participant, lengths(entry));
    return {
      run: this.run.number,
      participant: entry.participant,
      losses: timedPiece(entry, before.losses),
      evaluations: piece(entry.evaluations, before.evaluations),
      divergedAt: entry.divergedAt,
    };
  }
}

/** Everything that the run's columns hold. */
export function wholeSeries(run: Run): SeriesRecord[] {
  return Array.from(run.all, (entry) => seriesOf(run, entry));
}

/** Everything that a participant's columns hold. */
export function seriesOf(run: Run, entry: Entry): SeriesRecord {
  return {
    run: run.number,
    participant: entry.participant,
    losses: timedPiece(entry, 0),
    evaluations: piece(entry.evaluations, 0),
    divergedAt: entry.divergedAt,
  };
}

/** Losses and evaluations in all of them. */
export function pointsIn(series: readonly SeriesRecord[]): number {
  let points = 0;
  for (const { losses, evaluations } of series) {
    points += losses.values.length + evaluations.values.length / 2;
  }
  return points;
}

/** Losses from index `from` on, with their times: windows on the columns. */
export function timedPiece({ losses, times }: Entry, from: number): TimedPiece {
  return { ...piece(losses, from), times: times.slice(from) };
}

export function piece(column: Column, from: number): Piece {
  return { from, values: column.slice(from) };
}

function lengths({ losses, evaluations }: Entry): Taken {
  return { losses: losses.length, evaluations: evaluations.length };
}
