import type { Examples } from '../../shared/data/examples.ts';
import { Random } from '../../shared/model/random.ts';

/** Examples of noise: of their inputs `zeros` are 0, the others lie within ±1. */
export function noise(
  count: number,
  inputs: number,
  classes: number,
  zeros: number,
  seed: number,
): Examples {
  const random = new Random(seed, 1);
  const values = Float32Array.from({ length: count * inputs }, () =>
    random.uniform(0, 1) < zeros ? 0 : random.uniform(-1, 1),
  );
  return {
    inputs,
    labels: Uint8Array.from({ length: count }, () => random.below(classes)),
    capacity: count,
    available: count,
    read: (i, x) => x.set(values.subarray(i * inputs, (i + 1) * inputs)),
  };
}
