import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Board } from '../../../client/live/board.ts';
import { Balls } from '../../../client/pictures/landscape/balls.ts';
import { sliceVerdict, sliceWeight } from '../../../client/pictures/landscape/slice.ts';
import {
  contourAt,
  contourLevels,
  costAt,
  valleyOf,
} from '../../../client/pictures/landscape/valley.ts';
import { Walk } from '../../../client/pictures/landscape/walk.ts';
import { leavesAt, mapWindow, xOf, yOf } from '../../../client/pictures/landscape/window.ts';
import { WORKSHOP, WORKSHOP_START } from '../../../shared/data/linear.ts';
import { Column } from '../../../shared/live/column.ts';
import { Perceptron } from '../../../shared/model/perceptron.ts';
import type { ParticipantView, RunView } from '../../../shared/protocol/views.ts';
import { createLearner } from '../../../shared/run/learner.ts';
import type { LinearSettings } from '../../../shared/run/settings.ts';
import { Training } from '../../../shared/run/training.ts';

const NOISY = { x: [-1, 0.2, 0.9, 2], y: [0.3, 1.1, 2.5, 5.4] };
const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
const SETTINGS: LinearSettings = {
  experiment: 'linear',
  model: 'perceptron',
  seed: 1,
  steps: 400,
  init: { kind: 'values', ...WORKSHOP_START },
};

describe('the valley', () => {
  it('is the cost of the perceptron, its bottom the least-squares line', () => {
    const { bottom, floor } = valleyOf(WORKSHOP);
    expect(bottom.w).toBeCloseTo(2, 12);
    expect(bottom.b).toBeCloseTo(1, 12);
    expect(floor).toBeCloseTo(0, 12);
    fc.assert(
      fc.property(coordinate, coordinate, (w, b) => {
        for (const points of [WORKSHOP, NOISY]) {
          const found = costAt(valleyOf(points), { w, b });
          expect(found).toBeCloseTo(new Perceptron(w, b).cost(points), 9);
        }
      }),
    );
  });

  it('has the same cost all along a contour', () => {
    for (const points of [WORKSHOP, NOISY]) {
      const valley = valleyOf(points);
      const level = valley.floor + 0.7;
      const { first, second, angle } = contourAt(valley, level);
      for (let turn = 0; turn < 6.3; turn += 0.3) {
        const along = first * Math.cos(turn);
        const across = second * Math.sin(turn);
        const w = valley.bottom.w + along * Math.cos(angle) - across * Math.sin(angle);
        const b = valley.bottom.b + along * Math.sin(angle) + across * Math.cos(angle);
        expect(new Perceptron(w, b).cost(points)).toBeCloseTo(level, 9);
      }
    }
  });

  it('has two contours a decade, within the bounds', () => {
    const levels = contourLevels(valleyOf(WORKSHOP), 10, 0.1);
    expect(levels.map((level) => Number(level.toPrecision(3)))).toEqual([0.1, 0.316, 1, 3.16, 10]);
  });
});

describe('a walk', () => {
  it('is where the run of that learning rate is, bit for bit', () => {
    for (const rate of [0.01, 0.9, 1.35]) {
      const walk = new Walk(SETTINGS, rate, WORKSHOP, 0.01);
      const learner = createLearner(SETTINGS, rate, { experiment: 'linear', points: WORKSHOP });
      const training = new Training(SETTINGS, learner);
      for (const step of [1, 17, 400]) {
        training.advance(step, () => false);
        expect(walk.goTo(step, () => false)).toBe(true);
        expect([walk.w, walk.b]).toEqual([...learner.parameters[0]!]);
      }
    }
  });

  it('keeps a bounded trail, whose end is near where it stands', () => {
    const walk = new Walk(SETTINGS, 1.3677, WORKSHOP, 0.001);
    walk.goTo(5_000, () => false);
    expect(walk.trailEnd - walk.trailStart).toBeLessThanOrEqual(1_200);
    const last = walk.trail(walk.trailEnd - 1);
    expect(Math.hypot(last.w - walk.w, last.b - walk.b)).toBeLessThan(0.001);
  });

  it('stops when told, and goes on from there', () => {
    const walk = new Walk(SETTINGS, 0.1, WORKSHOP, 0.01);
    expect(walk.goTo(400, () => true)).toBe(false);
    expect(walk.steps).toBe(64);
    expect(walk.goTo(400, () => false)).toBe(true);
  });
});

describe('the balls', () => {
  it('go back with their columns, and stay where nothing is known of them', () => {
    const run: RunView = {
      ...{ number: 1, settings: SETTINGS, pace: { kind: 'race' }, clock: null, reference: null },
      rates: { kind: 'list', rates: [0.1] },
    };
    const ada: ParticipantView = {
      ...{ index: 0, name: 'Ada', simulated: false, rate: 0.1, status: { state: 'training' } },
    };
    const board = new Board();
    board.follow(run);
    const balls = new Balls();
    const at = (windows: number) => {
      board.losses.set(0, new Column(400));
      board.losses.get(0)!.append(0, new Float32Array(windows));
      return follow();
    };
    const follow = () => {
      const { balls: all, arrived } = balls.follow(run, new Map([[0, ada]]), board, () => false);
      expect(arrived).toBe(true);
      const { walk } = all[0]!;
      const last = walk.trail(walk.trailEnd - 1);
      return { steps: walk.steps, w: walk.w, left: Math.hypot(last.w - walk.w, last.b - walk.b) };
    };
    const early = at(10);
    expect(at(300).steps).toBe(300);
    expect(at(10)).toEqual(early);
    // Its trail ends there as well.
    expect(early.left).toBeLessThan(0.006);
    expect(at(0)).toMatchObject({ steps: 0, w: WORKSHOP_START.w });
    at(20);
    board.losses.clear();
    expect(follow().steps).toBe(20);
  });
});

describe('the slice', () => {
  it('is gradient descent on w alone', () => {
    const valley = valleyOf(NOISY);
    const model = new Perceptron(-1, 1);
    for (let k = 0; k < 20; k++) {
      expect(sliceWeight(valley, 1, -1, 0.9, k)).toBeCloseTo(model.w, 9);
      model.trainStep(NOISY, 0.9);
      model.b = 1;
    }
  });

  it('zigzags from 1/xx on and climbs from 2/xx on', () => {
    const valley = valleyOf(WORKSHOP);
    expect(sliceVerdict(valley, 0.9 / valley.xx)).toBe('slides');
    expect(sliceVerdict(valley, 1.1 / valley.xx)).toBe('zigzags');
    expect(sliceVerdict(valley, 2.1 / valley.xx)).toBe('climbs');
  });
});

describe('the map', () => {
  const valley = valleyOf(WORKSHOP);
  const map = mapWindow(valley, WORKSHOP_START, 800, 500, 20);

  it('has the bottom in its middle and the start within', () => {
    expect(xOf(map, valley.bottom.w)).toBe(400);
    expect(yOf(map, valley.bottom.b)).toBe(250);
    const { w, b } = WORKSHOP_START;
    expect(leavesAt(map, xOf(map, w), yOf(map, b), 20)).toBeNull();
  });

  it('says where a ball leaves it', () => {
    expect(leavesAt(map, 400, -1e9, 10)).toEqual({ x: 400, y: 10 });
    const right = leavesAt(map, 4_000, 250, 10)!;
    expect(right.x).toBeCloseTo(790, 9);
    expect(leavesAt(map, NaN, 0, 10)).toEqual({ x: 400, y: 10 });
  });
});
