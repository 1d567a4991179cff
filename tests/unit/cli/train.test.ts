import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../../server/cli/argumentValues.ts';
import { parseTrainArguments } from '../../../server/cli/trainArguments.ts';

const linear = '--experiment linear --model perceptron --lr 0.1 --epochs 10 --json';
const mnist = '--experiment mnist --model softmax --lr 0.1 --epochs 2 --json';
const parse = (line: string) => parseTrainArguments(line.split(' '));

describe('arguments of train', () => {
  it('default to the workshop', () => {
    expect(parse(linear)).toEqual({
      learningRate: 0.1,
      kernels: true,
      grid: { steps: 10, every: 1, windows: 10 },
      settings: {
        experiment: 'linear',
        model: 'perceptron',
        init: { kind: 'values', w: 0.6476885381006925, b: 1.5230298564080254 },
        seed: 1,
        steps: 10,
      },
    });
    expect(parse(mnist).settings).toEqual({
      experiment: 'mnist',
      model: 'softmax',
      init: { kind: 'zeros' },
      seed: 1,
      steps: 3_750,
      images: 60_000,
      batchSize: 32,
      order: 'file',
    });
  });

  it('are taken as given', () => {
    const line = `${mnist} --batch 64 --images 2000 --init seed:7 --order shuffle --every 5`;
    expect(parse(line)).toMatchObject({
      grid: { every: 5, steps: 64 },
      settings: { batchSize: 64, images: 2_000, seed: 7, init: { kind: 'seed' }, order: 'shuffle' },
    });
    expect(parse(`${linear} --init 1,-2.5`).settings.init).toEqual({
      kind: 'values',
      w: 1,
      b: -2.5,
    });
  });

  it('choose among all models', () => {
    expect(parse(mnist.replace('softmax', 'mlp')).settings.init).toEqual({ kind: 'seed' });
    expect(parse(`${mnist.replace('softmax', 'convnet')} --init ramp`).settings).toMatchObject({
      model: 'convnet',
      init: { kind: 'ramp' },
    });
    const toy = '--experiment toy --model mlp --lr 0.1 --steps 9 --json';
    expect(parse(toy).settings).toMatchObject({ shape: 'moons', points: 200, hidden: 8 });
    expect(
      parse(`${toy} --shape spirals --points 50 --hidden 32 --activation tanh --code readable`),
    ).toMatchObject({
      kernels: false,
      settings: { shape: 'spirals', points: 50, hidden: 32, activation: 'tanh' },
    });
  });

  it('may say for the perceptron what is so anyway', () => {
    expect(parse(`${linear} --order file`)).toEqual(parse(linear));
  });

  it('may be negative numbers', () => {
    expect(parse(`${linear} --init -1,-2.5`).settings.init).toEqual({
      kind: 'values',
      w: -1,
      b: -2.5,
    });
  });

  it.each([
    linear.replace('0.1', '0'),
    linear.replace('0.1', '-1'),
    linear.replace('0.1', 'NaN'),
    linear.replace('0.1', '1e9'),
    linear.replace('--lr 0.1 ', ''),
    linear.replace('perceptron', 'softmax'),
    linear.replace('linear', 'cubic'),
    linear.replace(' --json', ''),
    linear.replace('--epochs 10', ''),
    linear.replace('10', '0'),
    linear.replace('10', '1.5'),
    linear.replace('10', '99999999999'),
    `${linear} --steps 3`,
    `${linear} --batch 32`,
    `${linear} --init 1`,
    `${linear} --init one,two`,
    `${linear} --what`,
    `${linear} extra`,
    `${mnist} --images 3000`,
    `${mnist} --batch 0`,
    `${mnist} --init 1,2`,
    `${mnist} --init seed:x`,
    `${mnist} --order random`,
    `${mnist} --init seed:1 --seed 2`,
    `${mnist} --every 0`,
    `${mnist} --lr 0.2`,
    `${mnist} --hidden 8`,
    `${mnist} --code fast`,
    mnist.replace('softmax', 'transformer'),
    `${linear} --order shuffle`,
    '--experiment toy --lr 0.1 --steps 9 --hidden 33 --json',
    '--experiment toy --lr 0.1 --steps 9 --points 19 --json',
    '--experiment toy --lr 0.1 --steps 9 --shape square --json',
    '--experiment toy --lr 0.1 --steps 9 --activation step --json',
    '--experiment toy --lr 0.1 --steps 9 --images 2000 --json',
  ])('are refused in one line: %s', (line) => {
    let message = '';
    try {
      parse(line);
    } catch (error) {
      expect(error).toBeInstanceOf(ArgumentError);
      message = (error as ArgumentError).message;
    }
    expect(message).toMatch(/^[^\n]{10,160}$/);
  });
});
