/** Losses that were there one hundredth of a second after the other, as a chunk or a piece has them. */
export function timed<C extends { from: number; values: Float32Array }>(
  chunk: C,
): C & { times: Float32Array } {
  return { ...chunk, times: chunk.values.map((_, k) => (chunk.from + k) / 100) };
}
