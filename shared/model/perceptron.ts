import type { Points } from '../data/linear.ts';
import type { Init } from '../run/settings.ts';
import { Random, STREAM } from './random.ts';
import { sine } from './trigonometry.ts';

/**
 * The perceptron ŷ = w·x + b with identity activation, trained on the cost C = MSE/2.
 *
 * Its two parameters are 64-bit: + − × ÷ are exact to the last bit in every engine in 64 bits as
 * well, and just below the edge of stability the rounding of the data to 32 bits alone would move
 * the curve by more than a ten-thousandth.
 */
export class Perceptron {
  constructor(
    public w: number,
    public b: number,
  ) {}

  static start(init: Init, seed: number): Perceptron {
    switch (init.kind) {
      case 'zeros':
        return new Perceptron(0, 0);
      case 'values':
        return new Perceptron(init.w, init.b);
      case 'ramp':
        // The sine of 1 rad and 2 rad.
        return new Perceptron(sine(1), sine(2));
      case 'seed': {
        const random = new Random(seed, STREAM.weights);
        return new Perceptron(random.uniform(-1, 1), random.uniform(-1, 1));
      }
    }
  }

  /** Output ŷ for one input. */
  output(x: number): number {
    return this.w * x + this.b;
  }

  /** C = (1/2n) Σ (ŷ − y)², half the mean squared error over all n points. */
  cost({ x, y }: Points): number {
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const error = this.output(x[i]!) - y[i]!;
      sum += error * error;
    }
    return sum / (2 * x.length);
  }

  /** dC/dw = (1/n) Σ (ŷ − y)·x and dC/db = (1/n) Σ (ŷ − y), by the chain rule. */
  gradient({ x, y }: Points): { dw: number; db: number } {
    let dw = 0;
    let db = 0;
    for (let i = 0; i < x.length; i++) {
      const error = this.output(x[i]!) - y[i]!;
      dw += error * x[i]!;
      db += error;
    }
    return { dw: dw / x.length, db: db / x.length };
  }

  /** One step of gradient descent on all points. Returns the cost before it. */
  trainStep(points: Points, learningRate: number): number {
    const cost = this.cost(points);
    const { dw, db } = this.gradient(points);
    this.w -= learningRate * dw;
    this.b -= learningRate * db;
    return cost;
  }
}
