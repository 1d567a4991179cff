import { largest } from '../../../shared/model/crossEntropy.ts';

/** What a hidden unit passes on to the digits. */
export interface Outgoing {
  /** Euclidean norm of its weights in the next layer. */
  norm: number;
  /** The digit that it speaks for most, and the one that it speaks against most. */
  best: number;
  worst: number;
}

/** @param weights of one unit in the next layer: one for each digit */
export function outgoingOf(weights: Float32Array): Outgoing {
  return {
    norm: Math.hypot(...weights),
    best: largest(weights),
    worst: largest(weights.map((weight) => -weight)),
  };
}

/**
 * Where each unit's image stands: who was shown before keeps the place, and who is new takes that of
 * one that has left, so that images do not jump about while the model learns.
 * @returns the units in the order of their places
 */
export function arrange(before: readonly number[], strongest: readonly number[]): number[] {
  if (before.length !== strongest.length) return [...strongest];
  const shown = new Set(strongest);
  const stays = new Set(before);
  const newcomers = strongest.filter((unit) => !stays.has(unit));
  return before.map((unit) => (shown.has(unit) ? unit : newcomers.shift()!));
}

/**
 * In how many columns `count` squares are largest, and how large, in pixels.
 * @param gap between two of them
 */
export function columnsOf(
  count: number,
  room: { width: number; height: number },
  gap: number,
): { columns: number; side: number } {
  let best = { columns: count, side: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const wide = (room.width + gap) / columns - gap;
    const high = (room.height + gap) / rows - gap;
    const side = Math.min(wide, high);
    if (side > best.side) best = { columns, side };
  }
  return best;
}

/** The largest and the smallest of the values, and where they are. */
export function extremes(values: Float32Array): { most: number; least: number } {
  let most = 0;
  let least = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i]! > values[most]!) most = i;
    if (values[i]! < values[least]!) least = i;
  }
  return { most, least };
}
