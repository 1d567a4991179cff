import { formatRate } from '../i18n/format.ts';
import { position } from './axis.ts';
import { indexAt, type Curve, type Metric } from './curves.ts';
import type { Frame } from './frame.ts';
import { crossOf } from './marks.ts';
import { spreadLabels } from './spreadLabels.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** In heights of the chart's font: a name's own, its row, its place beside another, and the column of all. */
const SIZE = 0.8;
const APART = { below: 0.95, beside: 3.4 };
const COLUMN = 4.4;

/** Whether the page is laid out for paper, where colours may be grey and nothing can be pointed at. */
export function isOnPaper(): boolean {
  return matchMedia('print').matches;
}

/** Pixels at the right of a chart that are left to the names of its curves. */
export function namesWidth(font: number): number {
  return isOnPaper() ? COLUMN * font : 0;
}

interface End {
  x: number;
  y: number;
  text: string;
}

/**
 * On paper, writes at the end of each curve the learning rate that it belongs to: at the right, or
 * below the cross where the run diverged. Nothing on a screen.
 * @param font pixels of the chart's texts
 */
export function showNames(
  host: HTMLElement,
  frame: Frame,
  curves: readonly Curve[],
  metric: Metric,
  font: number,
): void {
  host.querySelector(':scope > svg.names')?.remove();
  if (!isOnPaper()) return;
  const { x, y } = frame;
  const svg = element('svg', { class: 'names', 'aria-hidden': 'true' });
  const all = { position: 'absolute', inset: '0', width: '100%', height: '100%' };
  Object.assign(svg.style, all, { overflow: 'visible', fontSize: `${font * SIZE}px` });
  const gone = curves.flatMap((curve): End[] => {
    const cross = crossOf(x, y, curve, metric);
    return cross ? [{ ...cross, text: formatRate(curve.rate) }] : [];
  });
  const arrived = curves.flatMap((curve) => endOf(curve, frame));
  const below = arrived.map((end) => ({ ...end, at: end.y }));
  for (const { x: left, at, place, text } of spreadLabels(
    below,
    y.to,
    y.from,
    font * APART.below,
  )) {
    const lead = `M${left} ${at}L${x.to} ${at}L${x.to + font * 0.7} ${place}`;
    svg.append(...named(lead, x.to + font * 0.9, place + font * 0.3, text, 'start'));
  }
  const row = metric === 'accuracy' ? y.from - font * 1.4 : y.to + font * 1.7;
  const beside = gone.map((end) => ({ ...end, at: end.x }));
  const inner = [x.from + font * 1.7, x.to - font * 1.7] as const;
  for (const { y: top, at, place, text } of spreadLabels(beside, ...inner, font * APART.beside)) {
    svg.append(...named(`M${at} ${top}L${place} ${row - font * 0.7}`, place, row, text, 'middle'));
  }
  host.append(svg);
}

/** Where a curve that is alive ends within the picture; nothing for one that has not begun there. */
function endOf(curve: Curve, { x, y }: Frame): End[] {
  if (curve.divergedAt !== null) return [];
  const last = indexAt(curve, x.range.max);
  const value = curve.y[last];
  if (value === undefined || Number.isNaN(value) || curve.x[last]! < x.range.min) return [];
  const height = Math.min(Math.max(position(y, value), y.to), y.from);
  return [{ x: position(x, curve.x[last]!), y: height, text: formatRate(curve.rate) }];
}

function named(lead: string, x: number, y: number, text: string, anchor: string): SVGElement[] {
  const path = element('path', { d: lead, fill: 'none', stroke: 'var(--ink-soft)' });
  const halo = { 'paint-order': 'stroke', stroke: 'var(--surface)', 'stroke-width': '3' };
  const place = { x: String(x), y: String(y), 'text-anchor': anchor, fill: 'var(--ink)' };
  const name = element('text', { ...place, ...halo });
  name.textContent = text;
  return [path, name];
}

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
