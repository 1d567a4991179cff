import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Coalescer } from '../../../server/rooms/coalescer.ts';
import { Run } from '../../../server/rooms/run.ts';
import { Column } from '../../../shared/live/column.ts';
import type { MnistSettings } from '../../../shared/run/settings.ts';
import { timed } from '../timed.ts';
import { PLAN } from './classroom.ts';

const STEPS = 500;

function runOf(participants: number): Run {
  const run = new Run(1, { ...PLAN, settings: { ...PLAN.settings, steps: STEPS } });
  for (let k = 0; k < participants; k++) run.enter(k, 0.1);
  return run;
}

function grow(run: Run, participant: number, values: number[]): void {
  const { losses, times } = run.entry(participant)!;
  losses.append(losses.length, values);
  while (times.length < losses.length) times.push(times.length / 100);
}

describe('the coalescer', () => {
  it('[P19] gives what is new once, however often it was marked', () => {
    const run = runOf(2);
    const coalescer = new Coalescer(run);
    grow(run, 1, [3, 2]);
    coalescer.mark(1);
    grow(run, 1, [1]);
    coalescer.mark(1);
    const [only, ...others] = coalescer.take();
    expect(only?.participant).toBe(1);
    expect(only?.losses).toEqual(timed({ from: 0, values: Float32Array.of(3, 2, 1) }));
    expect(others).toEqual([]);
    expect(coalescer.isEmpty).toBe(true);
    expect(coalescer.take()).toEqual([]);
  });

  it('counts what the columns hold at its beginning as passed on', () => {
    const run = runOf(1);
    grow(run, 0, [3, 2]);
    const coalescer = new Coalescer(run);
    grow(run, 0, [1]);
    coalescer.mark(0);
    expect(coalescer.take()[0]?.losses).toEqual(timed({ from: 2, values: Float32Array.of(1) }));
  });

  it('tells of a run that diverged without a further value', () => {
    const run = runOf(1);
    const coalescer = new Coalescer(run);
    run.entry(0)!.divergedAt = 0;
    coalescer.mark(0);
    expect(coalescer.take()[0]).toMatchObject({ divergedAt: 0, losses: { from: 0 } });
  });

  it('has nothing of a participant who was removed', () => {
    const run = runOf(1);
    const coalescer = new Coalescer(run);
    grow(run, 0, [1]);
    coalescer.mark(0);
    run.leave(0);
    expect(coalescer.take()).toEqual([]);
    expect(coalescer.isEmpty).toBe(true);
  });

  it('stops at its size and lets nobody wait for ever', () => {
    const run = runOf(3);
    const coalescer = new Coalescer(run);
    for (const k of [0, 1, 2]) {
      grow(
        run,
        k,
        Array.from({ length: 100 }, () => 1),
      );
      coalescer.mark(k);
    }
    expect(coalescer.take(100).map(({ participant }) => participant)).toEqual([0]);
    coalescer.mark(0);
    expect(coalescer.take(700).map(({ participant }) => participant)).toEqual([1, 2]);
    expect(coalescer.take().map(({ participant }) => participant)).toEqual([0]);
  });

  it('counts evaluations towards its size as it does losses', () => {
    const settings: MnistSettings = {
      ...{ experiment: 'mnist', model: 'softmax', seed: 1, steps: 60, init: { kind: 'zeros' } },
      ...{ images: 2_000, batchSize: 32, order: 'shuffle' },
    };
    const run = new Run(1, { ...PLAN, settings });
    const coalescer = new Coalescer(run);
    for (const k of [0, 1]) {
      run.enter(k, 0.1);
      run.entry(k)!.evaluations.append(0, [2, 0.1, 1, 0.5]);
      coalescer.mark(k);
    }
    // More than one costs without its values, and less than with them.
    expect(coalescer.take(20).map(({ participant }) => participant)).toEqual([0]);
  });

  it('brings every column over whole and in order, whatever the sizes and ticks', () => {
    const moves = fc.array(
      fc.record({
        participant: fc.integer({ min: 0, max: 3 }),
        length: fc.integer({ min: 1, max: 10 }),
        tick: fc.option(fc.integer({ min: 1, max: 100 })),
      }),
      { maxLength: 45 },
    );
    fc.assert(
      fc.property(moves, (list) => {
        const run = runOf(4);
        const coalescer = new Coalescer(run);
        const received = [0, 1, 2, 3].map(() => new Column(STEPS));
        const tick = (bytes: number) => {
          for (const { participant, losses } of coalescer.take(bytes)) {
            expect(losses.from).toBe(received[participant]!.length);
            received[participant]!.append(losses.from, losses.values);
          }
        };
        for (const { participant, length, tick: bytes } of list) {
          grow(
            run,
            participant,
            Array.from({ length }, (_, k) => k),
          );
          coalescer.mark(participant);
          if (bytes !== null) tick(bytes);
        }
        while (!coalescer.isEmpty) tick(64);
        for (const { participant, losses } of run.all) {
          expect([...received[participant]!.slice(0)]).toEqual([...losses.slice(0)]);
        }
      }),
    );
  });
});
