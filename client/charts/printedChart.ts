import { position, type Axis } from './axis.ts';
import { bandAreas } from './drawBand.ts';
import type { Curve } from './curves.ts';
import type { Scene } from './curvePlot.ts';
import { dashesOf } from './dashes.ts';
import { TITLE_APART, type Frame } from './frame.ts';
import { crossOf } from './marks.ts';
import { namesOf, type NamedCurves } from './printedNames.ts';
import { element, lineThrough, type Attributes } from './svg.ts';
import { thin } from './thin.ts';

/** Pixels of the lines on paper, and of the arms of a cross. */
const LINE = { plain: 1.2, strong: 2.4, cross: 2 };
const ARM = 3.5;

/**
 * Draws a chart as SVG over its host, for paper: axes, curves dashed in different ways, crosses, and
 * the names of the curves at their ends. It is stretched to the size that the host has on the sheet.
 * @returns how many have room for their names
 */
export function printChart(host: HTMLElement, frame: Frame, scene: Scene): NamedCurves {
  clearPaper(host);
  const { width, height, font, x, y } = frame;
  const svg = element('svg', {
    ...{ class: 'printed', 'aria-hidden': 'true', viewBox: `0 0 ${width} ${height}` },
    ...{ 'font-size': font, fill: 'none' },
  });
  const all = { position: 'absolute', inset: '0', width: '100%', height: '100%' };
  Object.assign(svg.style, all, { overflow: 'visible' });
  const [across, down] = [x.to - x.from, y.from - y.to];
  const inside = element('svg', {
    ...{ x: x.from, y: y.to, width: across, height: down },
    viewBox: `${x.from} ${y.to} ${across} ${down}`,
  });
  const strong = new Set(scene.strong);
  const plain = scene.curves.filter((curve) => !strong.has(curve));
  const dashes = dashesOf([...scene.curves, ...scene.strong].map(({ rate }) => rate));
  const line = (curve: Curve, stroke: string, kind: 'plain' | 'strong', more?: Attributes) => {
    const d = pathOf(curve, x, y);
    const dash = dashes.get(curve.rate)?.map((length) => length * LINE[kind]) ?? [];
    const looks = { stroke, 'stroke-width': LINE[kind], 'stroke-dasharray': dash.join(' ') };
    return element('path', { d, ...looks, ...more });
  };
  inside.append(
    ...(scene.band ? bandOf(scene.band, x, y) : []),
    ...scene.earlier.map((curve) => line(curve, curve.colour, 'plain', { opacity: 0.3 })),
    ...plain.map((curve) => line(curve, curve.colour, 'plain')),
    ...scene.strong.map((curve) => line(curve, curve.colour, 'strong')),
    ...(scene.reference
      ? [line(scene.reference, 'var(--ink)', 'strong', { 'stroke-dasharray': '6 4' })]
      : []),
  );
  const named = scene.band && scene.curves.length === 0 ? scene.strong : scene.curves;
  const written = namesOf(frame, named, scene.metric);
  svg.append(...axesOf(frame), inside, ...crossesOf(named, frame, scene), ...namesIn(written));
  host.append(svg);
  return { named: written.named, all: written.all };
}

/** Takes away what was drawn for paper. */
export function clearPaper(host: HTMLElement): void {
  host.querySelector(':scope > svg.printed')?.remove();
}

/** Grid, ticks and titles, as the screen has them. */
function axesOf({ x, y, top, font }: Frame): SVGElement[] {
  const grid = [
    ...x.ticks.map(({ at }) => `M${at} ${y.from}V${y.to}`),
    ...y.ticks.map(({ at }) => `M${x.from} ${at}H${x.to}`),
  ];
  const [below, above] = [y.from + font * 1.3, y.to - font * 0.6];
  const before = x.from - font * TITLE_APART;
  const soft = { fill: 'var(--ink-soft)' };
  const said = (words: string, left: number, foot: number, anchor: string, more?: Attributes) => {
    const made = element('text', { x: left, y: foot, 'text-anchor': anchor, ...soft, ...more });
    made.textContent = words;
    return made;
  };
  const middle = (y.from + y.to) / 2;
  return [
    element('path', { d: grid.join(''), stroke: 'var(--line)', 'stroke-width': 1 }),
    ...x.ticks.map(({ at, label }) => said(label, at, below, 'middle')),
    ...(top?.ticks ?? []).map(({ at, label }) => said(label, at, above, 'middle')),
    said(x.title, before, below, 'end'),
    ...(top ? [said(top.title, before, above, 'end')] : []),
    ...y.ticks.map(({ at, label }) => said(label, x.from - font * 0.5, at + font * 0.35, 'end')),
    said(y.title, font, middle, 'middle', { transform: `rotate(-90 ${font} ${middle})` }),
  ];
}

/** The points of a curve that a line needs, within what SVG draws rightly. */
function pathOf({ x: xs, y: ys }: Curve, x: Axis, y: Axis): string {
  const [px, py] = [new Float64Array(ys.length), new Float64Array(ys.length)];
  let count = 0;
  const far = 20 * (y.from - y.to);
  for (let k = 0; k < ys.length; k++) {
    if (Number.isNaN(xs[k]!) || Number.isNaN(ys[k]!)) continue;
    px[count] = position(x, xs[k]!);
    py[count] = Math.min(Math.max(position(y, ys[k]!), y.to - far), y.from + far);
    count++;
  }
  const kept = new Uint32Array(count);
  const points = count === 0 ? 0 : thin(px, py, 0, count, kept);
  const places = Array.from({ length: points }, (_, k) => kept[k]!);
  return lineThrough(places.map((k) => ({ x: px[k]!, y: py[k]! })));
}

function bandOf(band: NonNullable<Scene['band']>, x: Axis, y: Axis): SVGElement[] {
  return bandAreas(band, x, y).map(({ points, alpha }) =>
    alpha === null
      ? element('path', { d: lineThrough(points), stroke: 'var(--ink)', 'stroke-width': 2 })
      : element('path', { d: `${lineThrough(points)}Z`, fill: 'var(--ink)', opacity: alpha }),
  );
}

function crossesOf(curves: readonly Curve[], { x, y }: Frame, { metric }: Scene): SVGElement[] {
  return curves.flatMap((curve) => {
    const place = crossOf(x, y, curve, metric);
    if (!place) return [];
    const [left, right, up, down] = [place.x - ARM, place.x + ARM, place.y - ARM, place.y + ARM];
    const d = `M${left} ${up}L${right} ${down}M${left} ${down}L${right} ${up}`;
    return [element('path', { d, stroke: curve.colour, 'stroke-width': LINE.cross })];
  });
}

function namesIn({ names, size }: ReturnType<typeof namesOf>): SVGElement[] {
  const leads = names.map(({ lead }) =>
    element('path', { d: lineThrough(lead), stroke: 'var(--line-strong)', 'stroke-width': 0.7 }),
  );
  const texts = names.map(({ text, x, y, anchor, turn }) => {
    const halo = { 'paint-order': 'stroke', stroke: 'var(--surface)', 'stroke-width': 2 };
    const turned = turn === 0 ? {} : { transform: `rotate(${-turn} ${x} ${y})` };
    const place = { x, y, 'text-anchor': anchor, 'font-size': size };
    const name = element('text', {
      class: 'name',
      ...place,
      fill: 'var(--ink)',
      ...halo,
      ...turned,
    });
    name.textContent = text;
    return name;
  });
  return [...leads, ...texts];
}
