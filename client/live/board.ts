import { Column } from '../../shared/live/column.ts';
import {
  BAND_QUANTILES,
  type Chunk,
  type Frame,
  type Standings,
  type TimedChunk,
} from '../../shared/protocol/frame.ts';
import type { RunView } from '../../shared/protocol/views.ts';
import { evaluationSteps, reportingGrid, type Grid } from '../../shared/run/settings.ts';

const NO_STANDINGS: Standings = { arrived: 0, order: [] };

/** The curves of the present run, as the frames bring them. */
export class Board {
  /** Number of the run that the columns belong to; 0 before there is one. */
  run = 0;
  grid: Grid = { steps: 0, every: 1, windows: 0 };
  /** Steps done at each evaluation on the test images. */
  evaluationSteps: number[] = [];
  /** By participant: the mean loss of each reporting window. */
  readonly losses = new Map<number, Column>();
  /** By participant: seconds of the run that had gone by when each loss was there; NaN where nobody knows. */
  readonly times = new Map<number, Column>();
  /** By participant: (loss, accuracy) pairs on the test images. */
  readonly evaluations = new Map<number, Column>();
  standings: Standings = NO_STANDINGS;
  /** The class's quantiles at each window, where a student is not shown everybody's curve. */
  band = noBand(this.grid);
  /** The participant whose page this is: its curve is not taken from the rounded ones of others. */
  own: number | null = null;

  /** Another run begins with an empty board; the same one keeps it. */
  follow(run: RunView | null): void {
    const grid = run ? reportingGrid(run.settings.steps) : { steps: 0, every: 1, windows: 0 };
    const evaluations = run ? evaluationSteps(run.settings) : [];
    const same =
      run?.number === this.run &&
      grid.steps === this.grid.steps &&
      evaluations.length === this.evaluationSteps.length;
    if (same) return;
    this.run = run?.number ?? 0;
    this.grid = grid;
    this.evaluationSteps = evaluations;
    this.clear();
  }

  /** Empties the board before a snapshot fills it again. */
  clear(): void {
    this.losses.clear();
    this.times.clear();
    this.evaluations.clear();
    this.standings = NO_STANDINGS;
    this.band = noBand(this.grid);
  }

  forget(participant: number): void {
    this.losses.delete(participant);
    this.times.delete(participant);
    this.evaluations.delete(participant);
  }

  /**
   * Adds what a frame brings. Frames of another run change nothing.
   * @returns false where values are missing before some of the frame's: a snapshot is needed
   */
  apply(frame: Frame): boolean {
    if (frame.run !== this.run) return frame.run < this.run;
    const losses = this.appendLosses(frame.losses);
    const others = frame.curves?.filter(({ participant }) => participant !== this.own) ?? [];
    const curves = this.appendLosses(others);
    const evaluations = append(this.evaluations, frame.evaluations, this.evaluationSteps.length, 2);
    if (frame.standings) this.standings = frame.standings;
    return losses && curves && evaluations && this.widen(frame.band);
  }

  private appendLosses(chunks: readonly TimedChunk[]): boolean {
    const { windows } = this.grid;
    const times = chunks.map(({ times, ...chunk }) => ({ ...chunk, values: times }));
    append(this.times, times, windows, 1);
    return append(this.losses, chunks, windows, 1);
  }

  private widen(chunk: Frame['band']): boolean {
    if (!chunk) return true;
    if (chunk.from + chunk.values.length / BAND_QUANTILES.length > this.band.capacity) return false;
    return this.band.append(chunk.from, chunk.values) !== null;
  }
}

function noBand({ windows }: Grid): Column {
  return new Column(windows, BAND_QUANTILES.length);
}

function append(
  columns: Map<number, Column>,
  chunks: readonly Chunk[],
  capacity: number,
  width: number,
): boolean {
  let whole = true;
  for (const { participant, from, values } of chunks) {
    if (from + values.length / width > capacity) {
      whole = false;
      continue;
    }
    let column = columns.get(participant);
    if (!column) columns.set(participant, (column = new Column(capacity, width)));
    if (column.append(from, values) === null) whole = false;
  }
  return whole;
}
