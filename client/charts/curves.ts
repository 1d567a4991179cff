/** One student's losses, as the charts draw them. */
export interface Curve {
  participant: number;
  name: string;
  rate: number;
  colour: string;
  /** One mean loss a reporting window, all curves on the same grid; smoothed where that is asked. */
  values: Float32Array;
  /** The losses themselves, where `values` are smoothed. */
  raw: Float32Array | null;
  /** The step at which the run diverged, or null while it lives. */
  divergedAt: number | null;
}

/** How strongly a curve is drawn. */
export type Weight = 'faint' | 'plain' | 'strong';

/** Curves in the order of drawing, the last on top: what stands out must not be drawn over. */
export function weigh(
  curves: readonly Curve[],
  own: number | null,
  focused: number | null,
): { curve: Curve; weight: Weight }[] {
  const dimmed = focused !== null && curves.some(({ participant }) => participant === focused);
  const weighed = curves.map((curve) => {
    const stands = curve.participant === own || (dimmed && curve.participant === focused);
    const weight: Weight = stands ? 'strong' : dimmed ? 'faint' : 'plain';
    return { curve, weight };
  });
  const height = (entry: (typeof weighed)[number]) =>
    entry.curve.participant === focused ? 2 : entry.weight === 'strong' ? 1 : 0;
  return weighed.sort((a, b) => height(a) - height(b));
}
