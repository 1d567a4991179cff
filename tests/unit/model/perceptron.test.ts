import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WORKSHOP, WORKSHOP_START } from '../../../shared/data/linear.ts';
import { edgeOfStability } from '../../../shared/model/edge.ts';
import { Perceptron } from '../../../shared/model/perceptron.ts';
import { LinearLearner } from '../../../shared/run/learner.ts';
import { Training } from '../../../shared/run/training.ts';
import type { LinearSettings } from '../../../shared/run/settings.ts';
import reference from '../../reference/linear.json' with { type: 'json' };

function train(learningRate: number, steps: number) {
  const settings: LinearSettings = {
    experiment: 'linear',
    model: 'perceptron',
    init: { kind: 'values', ...WORKSHOP_START },
    seed: 1,
    steps,
  };
  const learner = new LinearLearner(settings, learningRate, WORKSHOP);
  const training = new Training(settings, learner, { steps, every: 1, windows: steps });
  training.advance(steps, () => false);
  return { training, model: learner.model };
}

describe('perceptron', () => {
  it('has the points and the start of the reference', () => {
    expect(WORKSHOP).toEqual({ x: reference.x, y: reference.y });
    expect(WORKSHOP_START).toEqual({ w: reference.w0, b: reference.b0 });
  });

  const edge = reference.edge_of_stability_lr;

  it.each(reference.runs.filter((run) => run.learning_rate < edge))(
    'follows the reference at learning rate $learning_rate',
    (run) => {
      const { training, model } = train(run.learning_rate, run.epochs);
      let compared = 0;
      for (const [epoch, loss] of Object.entries(run.loss_at_epoch)) {
        if (loss <= 1e-6) continue;
        expect(Math.abs(training.losses.at(Number(epoch)) - loss) / loss).toBeLessThan(1e-4);
        compared += 1;
      }
      expect(compared).toBeGreaterThanOrEqual(5);
      expect(model.w).toBeCloseTo(run.w, 3);
      expect(model.b).toBeCloseTo(run.b, 3);
      expect(training.divergedAt).toBeNull();
    },
  );

  it.each(reference.runs.filter((run) => run.learning_rate > edge))(
    'follows the reference for the first 20 epochs at the diverging rate $learning_rate',
    (run) => {
      const { training } = train(run.learning_rate, 21);
      expect(training.losses.length).toBe(21);
      for (const [epoch, loss] of Object.entries(run.loss_at_epoch)) {
        if (Number(epoch) > 20) continue;
        expect(Math.abs(training.losses.at(Number(epoch)) - loss) / loss).toBeLessThan(0.01);
      }
    },
  );

  it('knows the edge of stability', () => {
    expect(edgeOfStability(WORKSHOP.x)).toBeCloseTo(edge, 12);
    expect(train(edge * 0.99, 5_000).training.divergedAt).toBeNull();
    expect(train(edge * 1.01, 5_000).training.divergedAt).not.toBeNull();
  });

  it('has the gradient that finite differences give', () => {
    const number = fc.double({ min: -5, max: 5, noNaN: true });
    const points = fc
      .array(fc.tuple(number, number), { minLength: 1, maxLength: 8 })
      .map((pairs) => ({ x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) }));
    fc.assert(
      fc.property(number, number, points, (w, b, data) => {
        const h = 1e-4;
        const slope = (dw: number, db: number) =>
          (new Perceptron(w + dw, b + db).cost(data) - new Perceptron(w - dw, b - db).cost(data)) /
          (2 * h);
        const { dw, db } = new Perceptron(w, b).gradient(data);
        expect(dw).toBeCloseTo(slope(h, 0), 5);
        expect(db).toBeCloseTo(slope(0, h), 5);
      }),
    );
  });

  it('starts where the seed says', () => {
    const start = (seed: number) => Perceptron.start({ kind: 'seed' }, seed);
    expect(start(7)).toEqual(start(7));
    expect(start(7)).not.toEqual(start(8));
    expect(Perceptron.start({ kind: 'zeros' }, 7)).toEqual(new Perceptron(0, 0));
  });
});
