import type { Place, Valley } from './valley.ts';

/** How far around the bottom the map goes, in distances of the start from it. */
const REACH = 1.3;
/** Where the start is at the bottom, or near it. */
const LEAST = 1;

/** What the map shows: the same scale for w and b, so that downhill is square to the contours. */
export interface MapWindow {
  width: number;
  height: number;
  centre: Place;
  /** Pixels for a unit of w and of b. */
  scale: number;
}

/** A map on which the start and its mirror image beyond the bottom have room. */
export function mapWindow(
  valley: Valley,
  start: Place,
  width: number,
  height: number,
  margin: number,
): MapWindow {
  const { bottom } = valley;
  const distance = Math.hypot(start.w - bottom.w, start.b - bottom.b);
  const half = REACH * Math.max(distance, LEAST);
  const room = Math.max(1, Math.min(width, height) / 2 - margin);
  return { width, height, centre: bottom, scale: room / half };
}

export const xOf = ({ width, centre, scale }: MapWindow, w: number): number =>
  width / 2 + (w - centre.w) * scale;
export const yOf = ({ height, centre, scale }: MapWindow, b: number): number =>
  height / 2 - (b - centre.b) * scale;

/**
 * Where the edge of the picture is crossed on the way from its middle to a place outside; null
 * within. A place that is no number any more counts as outside, straight up.
 */
export function leavesAt(
  { width, height }: Pick<MapWindow, 'width' | 'height'>,
  x: number,
  y: number,
  inset: number,
): { x: number; y: number } | null {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return { x: width / 2, y: inset };
  const dx = x - width / 2;
  const dy = y - height / 2;
  const over = Math.max(Math.abs(dx) / (width / 2 - inset), Math.abs(dy) / (height / 2 - inset));
  return over <= 1 ? null : { x: width / 2 + dx / over, y: height / 2 + dy / over };
}
