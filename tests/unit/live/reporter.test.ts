import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Reporter } from '../../../shared/live/reporter.ts';
import { MAX_RUN_SECONDS, TIMING } from '../../../shared/limits.ts';
import { reportingGrid } from '../../../shared/run/settings.ts';
import { FaultyServer, type Fault, WINDOWS } from './faultyServer.ts';

const RUN = 3;

function report(server: FaultyServer): Reporter {
  return new Reporter({
    run: RUN,
    grid: reportingGrid(WINDOWS),
    evaluations: 5,
    send: {
      losses: (message) => server.take(message),
      evaluations: (message) => server.evaluate(message),
    },
    after(ms, fn) {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
  });
}

const value = (k: number) => Math.fround(1 / (k + 1));
const values = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => value(from + i));

/** Adds the losses one by one, `ms` apart. */
async function train(reporter: Reporter, from: number, to: number, ms = 20): Promise<void> {
  for (let k = from; k < to; k++) {
    reporter.addLosses(k, values(k, k + 1), 0);
    await vi.advanceTimersByTimeAsync(ms);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Reporter', () => {
  it('[P13] brings every value once, each report going on where the last one ended', async () => {
    const server = new FaultyServer();
    const reporter = report(server);
    await train(reporter, 0, WINDOWS);
    await vi.advanceTimersByTimeAsync(TIMING.report);
    expect([...server.losses.slice(0)]).toEqual(values(0, WINDOWS));
    expect(server.reports.flatMap(({ losses }) => losses)).toEqual(values(0, WINDOWS));
    expect(server.reports.every(({ run }) => run === RUN)).toBe(true);
    expect(reporter.isSettled).toBe(true);
  });

  it('leaves at least the report interval between two reports', async () => {
    const server = new FaultyServer();
    await train(report(server), 0, WINDOWS, 7);
    await vi.advanceTimersByTimeAsync(1_000);
    const gaps = server.sentAt.slice(1).map((at, k) => at - server.sentAt[k]!);
    expect(gaps.length).toBeGreaterThan(1);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(TIMING.report);
  });

  it('sends again what nobody answered, whether or not it had arrived', async () => {
    for (const fault of ['lostReport', 'lostAnswer'] as const) {
      const server = new FaultyServer();
      server.faults = [fault];
      const reporter = report(server);
      await train(reporter, 0, 10);
      await vi.advanceTimersByTimeAsync(TIMING.ackTimeout + 1_000);
      expect([...server.losses.slice(0)]).toEqual(values(0, 10));
      expect(reporter.isSettled).toBe(true);
    }
  });

  it('[P14] goes back to where the server says after a gap', async () => {
    const server = new FaultyServer();
    const reporter = report(server);
    await train(reporter, 0, 20);
    await vi.advanceTimersByTimeAsync(500);
    server.forget(7);
    await train(reporter, 20, 30);
    await vi.advanceTimersByTimeAsync(500);
    expect([...server.losses.slice(0)]).toEqual(values(0, 30));
  });

  it('[P18] goes on after a resume from what the server holds, fewer or more than is known here', async () => {
    const server = new FaultyServer();
    const first = report(server);
    first.addEvaluations(0, [0.5, 0.75]);
    await train(first, 0, 20);
    await vi.advanceTimersByTimeAsync(500);
    server.forget(4);
    first.connected(false);
    first.connected(true);
    first.settle({ losses: 4, evaluations: 0 });
    await vi.advanceTimersByTimeAsync(500);
    expect([...server.losses.slice(0)]).toEqual(values(0, 20));
    expect([...server.evaluations.slice(0)]).toEqual([0.5, 0.75]);

    // A reloaded page computes all again and sends only what is new.
    server.reports.length = 0;
    const reloaded = report(server);
    reloaded.settle({ losses: 20, evaluations: 1 });
    reloaded.addLosses(0, values(0, 25), 0);
    await vi.advanceTimersByTimeAsync(500);
    expect(server.reports.map(({ from }) => from)).toEqual([20]);
    expect([...server.losses.slice(0)]).toEqual(values(0, 25));
  });

  it('keeps everything while there is no connection', async () => {
    const server = new FaultyServer();
    const reporter = report(server);
    await train(reporter, 0, 5);
    await vi.advanceTimersByTimeAsync(500);
    const before = server.reports.length;
    reporter.connected(false);
    await train(reporter, 5, 40);
    expect(server.reports.length).toBe(before);
    reporter.connected(true);
    await vi.advanceTimersByTimeAsync(500);
    expect([...server.losses.slice(0)]).toEqual(values(0, 40));
  });

  it('lets no late answer of an earlier connection disturb the present one', async () => {
    const server = new FaultyServer();
    server.faults = ['lostAnswer'];
    const reporter = report(server);
    reporter.addLosses(0, values(0, 10), 0);
    await vi.advanceTimersByTimeAsync(100);
    reporter.connected(false);
    reporter.settle({ losses: 10, evaluations: 0 });
    reporter.connected(true);
    reporter.addLosses(10, values(10, 12), 0);
    await vi.advanceTimersByTimeAsync(TIMING.ackTimeout + 1_000);
    expect(server.reports.map(({ from }) => from)).toEqual([0, 10]);
    expect(reporter.isSettled).toBe(true);
  });

  it('[P16] tells the divergence with the last losses, after them, and again after a restart', async () => {
    const server = new FaultyServer();
    const reporter = report(server);
    reporter.connected(false);
    reporter.addLosses(0, values(0, 3), 0);
    reporter.diverge(3);
    reporter.connected(true);
    await vi.advanceTimersByTimeAsync(500);
    expect(server.reports).toMatchObject([
      { run: RUN, from: 0, losses: values(0, 3), divergedAt: 3 },
    ]);
    expect(reporter.isSettled).toBe(true);

    const other = new FaultyServer();
    const later = report(other);
    later.addLosses(0, values(0, 3), 0);
    await vi.advanceTimersByTimeAsync(500);
    later.diverge(3);
    await vi.advanceTimersByTimeAsync(500);
    expect(other.reports.at(-1)).toEqual({ run: RUN, from: 3, losses: [], divergedAt: 3 });

    other.forget(0);
    later.settle({ losses: 0, evaluations: 0 });
    await vi.advanceTimersByTimeAsync(500);
    expect(other.divergedAt).toBe(3);
    expect([...other.losses.slice(0)]).toEqual(values(0, 3));
  });

  it('tells a divergence at the very first step, when there are no losses at all', async () => {
    const server = new FaultyServer();
    const reporter = report(server);
    reporter.diverge(0);
    await vi.advanceTimersByTimeAsync(500);
    expect(server.reports).toEqual([{ run: RUN, from: 0, losses: [], divergedAt: 0 }]);
    expect(reporter.isSettled).toBe(true);
  });

  it('waits before it tries again what the server could not take now', async () => {
    for (const fault of ['internal', 'wrong_phase'] as const) {
      const server = new FaultyServer();
      server.faults = [fault, fault];
      const reporter = report(server);
      reporter.addLosses(0, values(0, 5), 0);
      await vi.advanceTimersByTimeAsync(900);
      expect(server.reports.length).toBe(1);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(server.reports.length).toBe(3);
      expect([...server.losses.slice(0)]).toEqual(values(0, 5));
    }
  });

  it('stops after a refusal that a repeat cannot mend, and when told to', async () => {
    const server = new FaultyServer();
    const refused = report(server);
    server.take = (message) => {
      server.reports.push(message);
      return Promise.resolve({ ok: false, code: 'wrong_run' });
    };
    refused.addLosses(0, values(0, 5), 0);
    await vi.advanceTimersByTimeAsync(10_000);
    refused.addLosses(5, values(5, 6), 0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.reports.length).toBe(1);

    const stopped = report(server);
    stopped.stop();
    stopped.addLosses(0, values(0, 5), 0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.reports.length).toBe(1);
  });

  it('[P110] says when the first and the last loss of a report were there', async () => {
    const server = new FaultyServer();
    const reporter = report(server);
    reporter.addLosses(0, values(0, 1), 0.104);
    reporter.addLosses(1, values(1, 3), 0.2);
    reporter.addLosses(3, values(3, 4), 1e9);
    await vi.advanceTimersByTimeAsync(10_000);
    const seconds = server.reports.map(({ seconds }) => seconds);
    expect(seconds).toEqual([
      [0.1, 0.1],
      [0.2, MAX_RUN_SECONDS],
    ]);
  });

  it('says so when values are missing on this side', () => {
    const reporter = report(new FaultyServer());
    expect(() => reporter.addLosses(1, [0.5], 0)).toThrow(RangeError);
    expect(() => reporter.addEvaluations(1, [0.5, 0.5])).toThrow(RangeError);
  });

  it('brings the whole column to the server through any series of faults', async () => {
    const fault = fc.constantFrom<Fault>(
      'none',
      'lostReport',
      'lostAnswer',
      'internal',
      'wrong_phase',
    );
    const happening = fc.oneof(
      fc.record({ kind: fc.constant('train' as const), count: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ kind: fc.constant('restart' as const), held: fc.integer({ min: 0, max: 60 }) }),
      fc.record({ kind: fc.constant('reconnect' as const), ms: fc.integer({ min: 0, max: 9e3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 12 }),
        fc.array(happening, { maxLength: 12 }),
        fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
        async (faults, happenings, divergedAt) => {
          const server = new FaultyServer();
          server.faults = faults;
          const reporter = report(server);
          for (const each of happenings) {
            const { length } = reporter.losses;
            if (each.kind === 'train') {
              await train(reporter, length, Math.min(length + each.count, WINDOWS));
            } else if (each.kind === 'restart') {
              server.forget(Math.min(each.held, server.losses.length));
            } else {
              reporter.connected(false);
              await vi.advanceTimersByTimeAsync(each.ms);
            }
            reporter.connected(true);
            reporter.settle({
              losses: server.losses.length,
              evaluations: server.evaluations.length,
            });
          }
          if (divergedAt !== null) reporter.diverge(divergedAt);
          await vi.advanceTimersByTimeAsync(20 * TIMING.ackTimeout);
          expect([...server.losses.slice(0)]).toEqual(values(0, reporter.losses.length));
          expect(server.divergedAt).toBe(divergedAt);
          expect(reporter.isSettled).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
