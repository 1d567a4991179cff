/** Share of the past in each smoothed value: about ten points count, as in the ranking. */
const MEMORY = 0.9;

/**
 * The exponential moving average of `values`, freed from the bias towards 0 with which it starts
 * (Kingma and Ba, Adam, section 3). Mini-batches make the loss jump; this shows where it goes.
 */
export function smoothed(values: Float32Array): Float32Array {
  const result = new Float32Array(values.length);
  let average = 0;
  let weight = 0;
  for (let k = 0; k < values.length; k++) {
    average = MEMORY * average + (1 - MEMORY) * values[k]!;
    weight = MEMORY * weight + (1 - MEMORY);
    result[k] = average / weight;
  }
  return result;
}
