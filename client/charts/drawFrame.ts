import { TITLE_APART, type Frame } from './frame.ts';

/** Colours of a chart, as the page's tokens have them. */
export interface Inks {
  surface: string;
  ink: string;
  soft: string;
  line: string;
  good: string;
}

export function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: token('--surface'),
    ink: token('--ink'),
    soft: token('--ink-soft'),
    line: token('--line'),
    good: token('--good'),
  };
}

/** Draws grid, ticks and titles; the context is scaled to CSS pixels. */
export function drawFrame(
  context: CanvasRenderingContext2D,
  frame: Frame,
  inks: Inks,
  family: string,
): void {
  const { x, y, top, font, width } = frame;
  context.save();
  context.clearRect(0, 0, frame.width, frame.height);
  context.strokeStyle = inks.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const { at } of x.ticks) line(context, at, y.from, at, y.to);
  for (const { at } of y.ticks) line(context, x.from, at, x.to, at);
  context.stroke();

  context.fillStyle = inks.soft;
  context.font = `${font}px ${family}`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const [below, above] = [y.from + font, y.to - font * 0.9];
  for (const { at, label } of x.ticks) context.fillText(label, at, below);
  for (const { at, label } of top?.ticks ?? []) context.fillText(label, at, above);
  context.textAlign = 'right';
  // In the row of the ticks: a row of its own would be the curves' loss.
  const before = x.from - font * TITLE_APART;
  context.fillText(x.title, before, below);
  if (top) context.fillText(top.title, before, above);
  for (const { at, label } of y.ticks) context.fillText(label, x.from - font * 0.5, at);
  context.textAlign = 'center';
  context.translate(Math.min(font, width), (y.from + y.to) / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(y.title, 0, 0, y.from - y.to);
  context.restore();
}

/** On the middle of a pixel, where a line of one pixel is sharp. */
function line(
  context: CanvasRenderingContext2D,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): void {
  const sharp = (value: number) => Math.round(value) + 0.5;
  context.moveTo(x1 === x2 ? sharp(x1) : x1, y1 === y2 ? sharp(y1) : y1);
  context.lineTo(x1 === x2 ? sharp(x2) : x2, y1 === y2 ? sharp(y2) : y2);
}
