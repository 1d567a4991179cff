import type { Change, Store, StoreFault } from '../store.ts';
import type { SetAside } from './setAside.ts';

/** What can be asked of the thread that holds the database. */
export interface Question extends Store {
  /** Makes sure that the file can be used; everything else does so by itself as well. */
  open(): Promise<void>;
}

export interface Asked<Name extends keyof Question = keyof Question> {
  id: number;
  name: Name;
  args: Parameters<Question[Name]>;
}

export type Told =
  | { id: number; ok: true; value: unknown }
  /** When it is over, the thread has to be ended, and another one may try. */
  | { id: number; ok: false; code: StoreFault; message: string; isOver: boolean };

/** What the thread says unasked. */
export interface News {
  setAside: SetAside;
}

/** A change whose arrays are its own: a thread is sent the whole buffer that a window looks on. */
export function ownArrays(change: Change): Change {
  if (!change.series) return change;
  const series = change.series.map((record) => ({
    ...record,
    losses: {
      from: record.losses.from,
      values: record.losses.values.slice(),
      times: record.losses.times.slice(),
    },
    evaluations: { from: record.evaluations.from, values: record.evaluations.values.slice() },
  }));
  return { ...change, series };
}
