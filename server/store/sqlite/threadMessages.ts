import type { Change, Store, StoreFault } from '../store.ts';
import type { MovedAside, OpenOptions } from './file.ts';

/** What can be asked of the thread that holds the database. */
export type Question = Pick<
  Store,
  'load' | 'count' | 'unusedSince' | 'write' | 'remove' | 'close'
> & {
  open(): Promise<void>;
};

export interface Asked<Name extends keyof Question = keyof Question> {
  id: number;
  name: Name;
  args: Parameters<Question[Name]>;
}

export type Told =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; code: StoreFault; message: string }
  | { movedAside: MovedAside };

export type ThreadData = OpenOptions;

/** A change whose arrays are its own: a thread is sent the whole buffer that a window looks on. */
export function ownArrays(change: Change): Change {
  if (!change.series) return change;
  const series = change.series.map((record) => ({
    ...record,
    losses: { from: record.losses.from, values: record.losses.values.slice() },
    evaluations: { from: record.evaluations.from, values: record.evaluations.values.slice() },
  }));
  return { ...change, series };
}
