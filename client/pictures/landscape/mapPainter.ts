import { leavesAt, xOf, yOf, type MapWindow } from './window.ts';
import type { Ball } from './balls.ts';

/** Share of the way to its place that a ball goes in a frame. */
const GLIDE = 0.35;
/** Pixels from which on a ball has arrived. */
const NEAR = 0.5;

/** Opacity of a trail that steps back. */
const FAINT = 0.15;

/** How a ball is to look. */
export interface Look {
  colour: string;
  /** Stands out; all others step back where any does. */
  lit: boolean;
}

export interface Style {
  font: string;
  size: number;
  ink: string;
  surface: string;
  /** Written at the edge where a ball has left. */
  left: (step: number) => string;
}

/**
 * Draws balls and trails. A trail is drawn on as its ball goes, and its finished pixels stay; only
 * the balls are drawn anew in each frame.
 */
export class MapPainter {
  /** Where each ball is drawn, in pixels, on its way to its place. */
  private readonly shown = new Map<number, { x: number; y: number }>();
  /** How far each trail has been drawn, and of which walk. */
  private readonly drawn = new Map<number, { walk: Ball['walk']; end: number }>();
  /** Those that have left the picture: their zigzags would bury the others' ways. */
  private readonly gone = new WeakSet<Ball['walk']>();

  constructor(
    private readonly trails: CanvasRenderingContext2D,
    private readonly marks: CanvasRenderingContext2D,
  ) {}

  /** Begins an empty picture, as after a change of size, colours or emphasis. */
  clear({ width, height }: MapWindow, ratio: number): void {
    for (const context of [this.trails, this.marks]) {
      context.canvas.width = Math.round(width * ratio);
      context.canvas.height = Math.round(height * ratio);
      context.scale(ratio, ratio);
    }
    this.drawn.clear();
    this.shown.clear();
  }

  /** Whether a trail is drawn that its ball has not gone: one that began anew. */
  isStale(balls: readonly Ball[]): boolean {
    return balls.some(({ participant: { index }, walk }) => {
      const known = this.drawn.get(index);
      return known !== undefined && known.walk !== walk;
    });
  }

  /** @returns whether all balls are where they belong */
  paint(
    map: MapWindow,
    balls: readonly Ball[],
    look: (ball: Ball) => Look,
    style: Style,
    glide: boolean,
  ): boolean {
    const looks = balls.map((ball) => ({ ball, ...look(ball) }));
    const emphasis = looks.some(({ lit }) => lit);
    // Those that stand out come last, on top of the others.
    looks.sort((a, b) => Number(a.lit) - Number(b.lit));
    this.noteLeaving(map, balls, style.size);
    for (const { ball, colour, lit } of looks) this.drawTrail(map, ball, colour, lit, emphasis);
    this.marks.clearRect(0, 0, map.width, map.height);
    this.marks.font = style.font;
    const labels: { x: number; y: number }[] = [];
    let settled = true;
    for (const { ball, colour, lit } of looks) {
      const at = this.place(map, ball, glide);
      settled &&= at.settled;
      const edge = leavesAt(map, at.x, at.y, style.size * 0.8);
      this.marks.globalAlpha = lit || !emphasis ? 1 : 0.35;
      if (edge) {
        this.drawExit(map, edge, ball, colour, style, labels);
      } else this.drawBall(at, ball, colour, lit, style);
    }
    this.marks.globalAlpha = 1;
    return settled;
  }

  /** The ball drawn nearest to a place, within `reach` pixels of it. */
  nearest(x: number, y: number, reach: number): number | null {
    let best: number | null = null;
    let distance = reach;
    for (const [participant, at] of this.shown) {
      const away = Math.hypot(at.x - x, at.y - y);
      if (away >= distance) continue;
      best = participant;
      distance = away;
    }
    return best;
  }

  /** Trails are drawn once; those of a ball that leaves step back, so that all are drawn anew. */
  private noteLeaving(map: MapWindow, balls: readonly Ball[], size: number): void {
    for (const { walk } of balls) {
      if (this.gone.has(walk)) continue;
      if (!leavesAt(map, xOf(map, walk.w), yOf(map, walk.b), size)) continue;
      this.gone.add(walk);
      this.trails.clearRect(0, 0, map.width, map.height);
      this.drawn.clear();
    }
  }

  private place(map: MapWindow, { participant, walk }: Ball, glide: boolean) {
    const goal = { x: xOf(map, walk.w), y: yOf(map, walk.b) };
    const from = this.shown.get(participant.index);
    const far = from ? Math.hypot(goal.x - from.x, goal.y - from.y) : 0;
    // From out of the picture there is no way to show.
    if (!from || !glide || !(far > NEAR) || far > map.width) {
      this.shown.set(participant.index, goal);
      return { ...goal, settled: true };
    }
    from.x += (goal.x - from.x) * GLIDE;
    from.y += (goal.y - from.y) * GLIDE;
    return { ...from, settled: false };
  }

  private drawTrail(
    map: MapWindow,
    { participant, walk }: Ball,
    colour: string,
    lit: boolean,
    emphasis: boolean,
  ): void {
    const { trails } = this;
    const known = this.drawn.get(participant.index);
    const from = known?.walk === walk ? known.end : 0;
    this.drawn.set(participant.index, { walk, end: walk.trailEnd });
    const first = Math.max(from - 1, walk.trailStart);
    if (walk.trailEnd - first < 2) return;
    trails.globalAlpha = lit ? 1 : emphasis || this.gone.has(walk) ? FAINT : 0.5;
    trails.strokeStyle = colour;
    trails.lineWidth = lit ? 2.5 : 1.25;
    trails.lineJoin = 'round';
    trails.beginPath();
    for (let k = first; k < walk.trailEnd; k++) {
      const { w, b } = walk.trail(k);
      const x = xOf(map, w);
      const y = yOf(map, b);
      // Far outside coordinates strain the renderer, and the line there is not seen.
      if (!(Math.abs(x) < 1e5 && Math.abs(y) < 1e5)) break;
      if (k === first) trails.moveTo(x, y);
      else trails.lineTo(x, y);
    }
    trails.stroke();
  }

  private drawBall(
    { x, y }: { x: number; y: number },
    { participant }: Ball,
    colour: string,
    lit: boolean,
    style: Style,
  ): void {
    const { marks } = this;
    marks.beginPath();
    marks.arc(x, y, style.size * (lit ? 0.55 : 0.4), 0, 2 * Math.PI);
    marks.fillStyle = colour;
    marks.fill();
    marks.lineWidth = lit ? 2.5 : 1.25;
    marks.strokeStyle = lit ? style.ink : style.surface;
    marks.stroke();
    if (lit) this.write(participant.name, x + style.size * 0.9, y, 'left', style);
  }

  /** An arrow head that points outwards, and the step, where no other step is in its way. */
  private drawExit(
    map: MapWindow,
    { x, y }: { x: number; y: number },
    { walk, divergedAt }: Ball,
    colour: string,
    style: Style,
    labels: { x: number; y: number }[],
  ): void {
    const { marks } = this;
    const angle = Math.atan2(y - map.height / 2, x - map.width / 2);
    marks.save();
    marks.translate(x, y);
    marks.rotate(angle);
    marks.beginPath();
    marks.moveTo(style.size * 0.7, 0);
    marks.lineTo(-style.size * 0.4, style.size * 0.45);
    marks.lineTo(-style.size * 0.4, -style.size * 0.45);
    marks.closePath();
    marks.fillStyle = colour;
    marks.fill();
    marks.lineWidth = 1.25;
    marks.strokeStyle = style.surface;
    marks.stroke();
    marks.restore();
    const near = (at: { x: number; y: number }) =>
      Math.abs(at.x - x) < style.size * 6 && Math.abs(at.y - y) < style.size * 1.4;
    if (labels.some(near)) return;
    labels.push({ x, y });
    const right = x > map.width / 2;
    // Clear of the numbers along the lower edge.
    const up = y > map.height / 2 ? -1.3 : 0.2;
    this.write(
      style.left(divergedAt ?? walk.steps),
      x + (right ? -1 : 1) * style.size,
      y + up * style.size,
      right ? 'right' : 'left',
      style,
    );
  }

  private write(text: string, x: number, y: number, align: CanvasTextAlign, style: Style): void {
    const { marks } = this;
    marks.textAlign = align;
    marks.textBaseline = 'middle';
    marks.lineWidth = 4;
    marks.lineJoin = 'round';
    marks.strokeStyle = style.surface;
    marks.strokeText(text, x, y);
    marks.fillStyle = style.ink;
    marks.fillText(text, x, y);
  }
}
