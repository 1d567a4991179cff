/**
 * Indigo for low learning rates, through magenta, to amber for high ones. Lightness rises and the
 * blue–yellow axis is walked one way, so the order stays for colour-blind eyes; every colour has a
 * contrast of 3:1 with the light and the dark surface (OKLCH lightness 0.54 to 0.67).
 */
const ANCHORS = [
  [0x4d, 0x5f, 0xda],
  [0x78, 0x57, 0xd6],
  [0x98, 0x52, 0xc6],
  [0xb3, 0x4d, 0xae],
  [0xc8, 0x4c, 0x93],
  [0xd7, 0x50, 0x74],
  [0xde, 0x5a, 0x52],
  [0xdd, 0x69, 0x28],
  [0xd0, 0x7e, 0x0b],
] as const;

/** The colour of a learning rate: its place between the ends of `range` on a log axis. */
export function rateColour(rate: number, range: { from: number; to: number }): string {
  const low = Math.min(range.from, range.to);
  const high = Math.max(range.from, range.to);
  const fraction = low === high ? 0.5 : Math.log(rate / low) / Math.log(high / low);
  return scaleColour(fraction);
}

/** The whole scale as a CSS image, from the lowest rate at the left. */
export function scaleGradient(): string {
  return `linear-gradient(to right, ${ANCHORS.map((anchor) => `rgb(${anchor.join(' ')})`).join(', ')})`;
}

/** The colour at `fraction` of the scale, 0 for the lowest rate to 1 for the highest. */
export function scaleColour(fraction: number): string {
  const place = Math.min(Math.max(fraction, 0), 1) * (ANCHORS.length - 1);
  const left = Math.min(Math.floor(place), ANCHORS.length - 2);
  const a = ANCHORS[left]!;
  const b = ANCHORS[left + 1]!;
  const mix = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * (place - left));
  return `rgb(${mix(0)} ${mix(1)} ${mix(2)})`;
}
