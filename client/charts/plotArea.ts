import type { Frame } from './frame.ts';

/** Curves may reach this far over the edge of the plot, in CSS pixels, before they are cut. */
const BLEED = 3;

/** A canvas at the top left of its parent. */
export function canvasIn(parent: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, { position: 'absolute', left: '0', top: '0' });
  parent.append(canvas);
  return canvas;
}

/** Where curves may be drawn, in CSS pixels of the plot. */
export function areaOf({ x, y }: Frame): {
  left: number;
  top: number;
  width: number;
  height: number;
} {
  return {
    left: x.from - BLEED,
    top: y.to - BLEED,
    width: x.to - x.from + 2 * BLEED,
    height: y.from - y.to + 2 * BLEED,
  };
}
