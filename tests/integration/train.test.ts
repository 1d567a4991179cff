import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLearner, toyData } from '../../shared/run/learner.ts';
import { savedModel } from '../../shared/run/savedModel.ts';
import type { ToySettings } from '../../shared/run/settings.ts';
import { temporaryFolder } from '../support.ts';

const program = path.resolve('dist/server/cli/train.js');

/** Runs the built program and returns its exit code and what it printed. */
async function train(line: string): Promise<{ exitCode: number; out: string[]; err: string }> {
  const run = promisify(execFile)(process.execPath, [program, ...line.split(' ')]);
  const { stdout, stderr, code } = await run.then(
    (done) => ({ ...done, code: 0 }),
    (failed: { stdout: string; stderr: string; code: number }) => failed,
  );
  return { exitCode: code, out: stdout.split('\n').filter(Boolean), err: stderr };
}

describe('npm run train', () => {
  it('computes the same bits where there is no WebAssembly', async () => {
    const line =
      '--experiment toy --hidden 9 --activation tanh --lr 0.3 --steps 200 --seed 3 --json';
    const fingerprints = await Promise.all(
      [[], ['--jitless']].map(async (options) => {
        const args = [...options, program, ...line.split(' ')];
        const { stdout } = await promisify(execFile)(process.execPath, args);
        return (JSON.parse(stdout.trim().split('\n').at(-1)!) as { fingerprint: string })
          .fingerprint;
      }),
    );
    expect(fingerprints[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprints[1]).toBe(fingerprints[0]);
  });

  it('prints a line a window and the parameters at the end', async () => {
    const { exitCode, out } = await train(
      '--experiment linear --model perceptron --lr 1 --steps 1001 --every 10 --json',
    );
    expect(exitCode).toBe(0);
    const lines = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.length).toBe(102);
    expect(lines[0]!['step']).toBe(9);
    expect(lines[100]!['step']).toBe(1_000);
    expect(lines.at(-1)).toMatchObject({
      done: true,
      steps: 1_001,
      testLoss: null,
      testAccuracy: null,
      divergedAt: null,
    });
    const { w, b } = lines.at(-1)!['params'] as { w: number; b: number };
    expect(w).toBeCloseTo(2, 6);
    expect(b).toBeCloseTo(1, 6);
  });

  it('trains on the real images', { timeout: 30_000 }, async () => {
    const { exitCode, out } = await train(
      '--experiment mnist --model softmax --lr 0.1 --epochs 3 --images 2000 --every 63 --json',
    );
    expect(exitCode).toBe(0);
    expect(out.length).toBe(4);
    const last = JSON.parse(out[3]!) as { testAccuracy: number; trainLoss: number; steps: number };
    expect(last.steps).toBe(189);
    expect(last.testAccuracy).toBeGreaterThan(0.8);
    expect(last.trainLoss).toBeLessThan(0.5);
  });

  it('names the step of a divergence, which is a result and not an error', async () => {
    const { exitCode, out } = await train(
      '--experiment linear --model perceptron --lr 5 --epochs 1000 --json',
    );
    expect(exitCode).toBe(0);
    const last = JSON.parse(out.at(-1)!) as { divergedAt: number; trainLoss: null; steps: number };
    expect(last.divergedAt).toBe(out.length - 1);
    expect(last.steps).toBe(last.divergedAt);
    expect(last.trainLoss).toBeNull();
    expect(out.join('')).not.toMatch(/NaN|Infinity/);
  });

  it.each(['-1', '0x10', '5\n6'])(
    'refuses bad arguments with exit code 2 and one line: --lr %j',
    async (rate) => {
      const line = `--experiment linear --lr ${rate} --epochs 3 --json`;
      const { exitCode, out, err } = await train(line);
      expect(exitCode).toBe(2);
      expect(out).toEqual([]);
      expect(err).toMatch(/^train: --lr .*\n$/);
    },
  );
});

describe('npm run train -- --from', () => {
  it('goes on with a model that was taken home, to the bits of one that was not', async () => {
    const settings: ToySettings = {
      ...{ experiment: 'toy', model: 'mlp', seed: 3, steps: 40, init: { kind: 'seed' } },
      ...{ shape: 'moons', points: 60, hidden: 4, activation: 'tanh', batchSize: 8, order: 'file' },
    };
    const learner = createLearner(settings, 0.3, toyData(settings));
    for (let step = 0; step < 40; step++) learner.step(step);
    const at = { step: 40, divergedAt: null, losses: [] };
    const file = path.join(temporaryFolder(), 'model.json');
    writeFileSync(file, JSON.stringify(savedModel(settings, 0.3, at, learner.parameters)));
    const rest = await train(`--from ${file} --steps 60 --json`);
    const options = '--experiment toy --shape moons --points 60 --hidden 4 --activation tanh';
    const whole = await train(
      `${options} --batch 8 --order file --seed 3 --lr 0.3 --steps 100 --json`,
    );
    expect(rest.err).toBe('');
    expect(rest.out.slice(0, -1)).toEqual(whole.out.slice(40, -1));
    const [last, expected] = [rest, whole].map(
      ({ out }) => JSON.parse(out.at(-1)!) as Record<string, unknown>,
    );
    expect(last).toMatchObject({ steps: 100, fingerprint: expected!['fingerprint'] });

    const refused = await train(`--from ${file} --lr 0.1 --steps 60 --json`);
    expect([refused.exitCode, refused.err]).toEqual([
      2,
      'train: --lr is what the file of --from says\n',
    ]);
    const missing = await train('--from nothing.json --steps 60 --json');
    expect(missing.err).toBe('train: nothing.json cannot be read: ENOENT\n');
  });
});
