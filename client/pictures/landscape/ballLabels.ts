/** A ball, or the place at the edge where it has left, in pixels of the map, and what is said of it. */
export interface Labelled {
  key: number;
  x: number;
  y: number;
  rate: number;
  text: string;
}

export interface BallLabel {
  key: number;
  text: string;
  /** Of the text's left foot. */
  x: number;
  y: number;
  /** From the ball to its text. */
  lead: readonly { x: number; y: number }[];
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** In heights of the letters: a letter's width, and how far off a text may stand from its ball. */
const LETTER = 0.6;
const RINGS = [1.2, 2.4, 3.8, 5.4, 7.2, 9.2, 11.5, 14];
/** Directions in which a text is tried, in turns: level ones first. */
const TURNS = [0, 0.5, 0.08, 0.42, 0.92, 0.58, 0.17, 0.33, 0.83, 0.67, 0.25, 0.75];

/**
 * Places for the balls' texts: the nearest to each ball at which it lies on no ball and no other
 * text and within the map. Who finds none has none. Balls of the same text at one place have one.
 * @param size height of the letters
 * @param radius of a ball
 */
export function ballLabels(
  balls: readonly Labelled[],
  map: { width: number; height: number },
  size: number,
  radius: number,
): BallLabel[] {
  const taken: Box[] = balls.map(({ x, y }) => around(x, y, radius));
  const labels: BallLabel[] = [];
  const said = new Set<string>();
  for (const { key, x, y, text } of balls.toSorted((a, b) => a.rate - b.rate)) {
    const name = `${text} ${Math.round(x)} ${Math.round(y)}`;
    if (said.has(name)) continue;
    said.add(name);
    const width = text.length * LETTER * size;
    const placed = places(x, y, width, size, radius).find(
      (box) =>
        box.left >= 0 &&
        box.right <= map.width &&
        box.top >= 0 &&
        box.bottom <= map.height &&
        !taken.some((other) => overlap(box, other)),
    );
    if (!placed) continue;
    taken.push(placed);
    const middle = (placed.top + placed.bottom) / 2;
    const near = Math.min(Math.max(x, placed.left), placed.right);
    labels.push({
      ...{ key, text, x: placed.left, y: placed.bottom - 0.1 * size },
      lead: [
        { x, y },
        { x: near, y: near === x ? (middle < y ? placed.bottom : placed.top) : middle },
      ],
    });
  }
  return labels;
}

function places(x: number, y: number, width: number, size: number, radius: number): Box[] {
  return RINGS.flatMap((ring) =>
    TURNS.map((turn) => {
      const away = radius + ring * size * 0.7;
      const right = Math.cos(2 * Math.PI * turn);
      const middle = {
        x: x + right * (away + width / 2),
        y: y - Math.sin(2 * Math.PI * turn) * away,
      };
      return {
        ...{ left: middle.x - width / 2, right: middle.x + width / 2 },
        ...{ top: middle.y - size / 2, bottom: middle.y + size / 2 },
      };
    }),
  );
}

function around(x: number, y: number, radius: number): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
