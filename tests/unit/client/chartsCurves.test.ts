import { describe, expect, it } from 'vitest';
import { position, type Axis } from '../../../client/charts/axis.ts';
import { weigh, type Curve } from '../../../client/charts/curves.ts';
import { nearestCurve } from '../../../client/charts/nearestCurve.ts';
import { layoutSweep, type Margins } from '../../../client/charts/sweep.ts';
import { reportingGrid } from '../../../shared/run/settings.ts';

const grid = reportingGrid(100);
const x: Axis = { spacing: 'linear', range: { min: 0, max: 100 }, from: 0, to: 500 };
const y: Axis = { spacing: 'linear', range: { min: 0, max: 1 }, from: 200, to: 0 };

function curve(participant: number, ...values: number[]): Curve {
  return {
    participant,
    name: `S${participant}`,
    rate: 0.1,
    colour: '#000',
    values: Float32Array.from(values),
    raw: null,
    divergedAt: null,
  };
}

describe('an axis', () => {
  it('puts its ends where they belong, the loss upwards', () => {
    expect([position(y, 0), position(y, 1), position(x, 50)]).toEqual([200, 0, 250]);
  });

  it('shows a loss of zero at the bottom of a log axis', () => {
    const log: Axis = { ...y, spacing: 'log', range: { min: 1e-6, max: 1 } };
    expect(position(log, 0)).toBe(200);
    expect(position(log, 1e-3)).toBeCloseTo(100);
  });
});

describe('the nearest curve', () => {
  const flat = curve(3, 0.5, 0.5, 0.5, 0.5);
  const low = curve(7, 0.1, 0.1, 0.1, 0.1);

  it('is found between two of its points', () => {
    expect(nearestCurve([flat, low], grid, x, y, 12, 104, 20)?.participant).toBe(3);
    expect(nearestCurve([flat, low], grid, x, y, 12, 170, 20)?.participant).toBe(7);
  });

  it('is none where no curve is in reach, or none has begun', () => {
    expect(nearestCurve([flat, low], grid, x, y, 12, 140, 20)).toBeNull();
    expect(nearestCurve([flat, low], grid, x, y, 400, 100, 20)).toBeNull();
    expect(nearestCurve([curve(1)], grid, x, y, 12, 100, 20)).toBeNull();
  });

  it('is met at the upper edge where it has left the picture', () => {
    expect(nearestCurve([curve(9, 0.5, 80, 9_000)], grid, x, y, 13, 2, 20)?.participant).toBe(9);
  });

  it('is the steep one where the pointer is on its flank', () => {
    expect(nearestCurve([curve(5, 0.9, 0.1)], grid, x, y, 7.5, 100, 10)?.participant).toBe(5);
  });
});

describe('the order of drawing', () => {
  const curves = [curve(0), curve(1), curve(2)];
  const order = (own: number | null, focused: number | null) =>
    weigh(curves, own, focused).map(({ curve: { participant }, weight }) => [participant, weight]);

  it('is plain while nothing stands out', () => {
    expect(order(null, null)).toEqual([
      [0, 'plain'],
      [1, 'plain'],
      [2, 'plain'],
    ]);
  });

  it('raises the focused curve above the own one and dims the others', () => {
    expect(order(0, 1)).toEqual([
      [2, 'faint'],
      [0, 'strong'],
      [1, 'strong'],
    ]);
  });

  it('dims nobody for a participant that has no curve', () => {
    expect(order(null, 99).every(([, weight]) => weight === 'plain')).toBe(true);
  });
});

describe('the sweep', () => {
  const margins: Margins = { left: 50, right: 10, top: 10, bottom: 30, rail: 20 };
  const size = { width: 460, height: 260 };
  const losses = { min: 0, max: 1 };
  const lay = (points: Parameters<typeof layoutSweep>[0], edge: number | null = null) =>
    layoutSweep(points, { from: 0.01, to: 1 }, edge, losses, 'linear', size, margins);

  it('spaces rates evenly by their factor', () => {
    const { dots } = lay([0.01, 0.1, 1].map((rate, k) => ({ participant: k, rate, loss: 0.5 })));
    expect(dots[1]!.x - dots[0]!.x).toBeCloseTo(dots[2]!.x - dots[1]!.x);
    expect(dots[0]!.x).toBeGreaterThan(50);
    expect(dots[2]!.x).toBeLessThan(450);
  });

  it('puts diverged runs on the rail above the plot', () => {
    const { crosses, dots, y: loss } = lay([{ participant: 4, rate: 1, loss: null }]);
    expect(dots).toEqual([]);
    expect(crosses).toEqual([{ participant: 4, x: expect.any(Number), y: 20 }]);
    expect(crosses[0]!.y).toBeLessThan(loss.to);
  });

  it('keeps a loss above the axis at its upper end', () => {
    expect(lay([{ participant: 0, rate: 0.1, loss: 70 }]).dots[0]!.y).toBe(30);
  });

  it('draws the edge when it is near the rates in use, and makes room for it', () => {
    expect(lay([], 1.365).edge).toBeLessThanOrEqual(450);
    expect(lay([], 0.1).edge).toBeCloseTo(250);
    expect(lay([], 40).edge).toBeNull();
  });
});
