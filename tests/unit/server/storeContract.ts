import { USUAL_WALL } from '../../../shared/wall.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord, SeriesRecord, SessionRecord, Store } from '../../../server/store/store.ts';
import { MAX_ADMITTED } from '../../../shared/limits.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { PLAN } from './classroom.ts';
import { timed } from '../timed.ts';

const SESSION: SessionRecord = {
  instructorHash: 'aa'.repeat(32),
  createdAt: 1_000,
  usedAt: 2_000,
  locked: false,
  pseudonyms: null,
  wall: null,
  draft: null,
  phase: 'lobby',
};
const ADA = {
  index: 0,
  name: 'Ada',
  secretHash: 'bb'.repeat(32),
  simulated: false,
  removed: false,
};
const BOB = { ...ADA, index: 1, name: 'Bob', simulated: true };
const RUN: RunRecord = {
  ...{ number: 1, plan: PLAN, clock: null, arrived: 0, reference: null },
  ...{ rates: [], bets: [], verdicts: [] },
};
const BETS: RunRecord['bets'] = [
  { participant: 2, bet: 'diverged' },
  { participant: 0, bet: 'tooLow' },
];
const VERDICTS: RunRecord['verdicts'] = [
  { participant: 1, verdict: { state: 'refuted', atStep: 7 } },
  { participant: 0, verdict: { state: 'verified' } },
  { participant: 2, verdict: { state: 'unchecked' } },
];

function series(
  participant: number,
  from: number,
  losses: number[],
  rest: Partial<SeriesRecord> = {},
): SeriesRecord {
  return {
    run: 1,
    participant,
    losses: timed({ from, values: Float32Array.from(losses) }),
    evaluations: { from: 0, values: new Float32Array(0) },
    divergedAt: null,
    ...rest,
  };
}

/** Any 32-bit floats, those that are no losses included. */
function floats(minLength: number, maxLength: number) {
  return fc.float32Array({ minLength, maxLength, noNaN: true });
}

function bits(values: Float32Array): number[] {
  return [...new Uint32Array(values.slice().buffer)];
}

/** What every store has to do, whatever it is made of. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    it('begins empty', async () => {
      const store = await open();
      expect(await store.count()).toBe(0);
      expect(await store.load('AAAAAA')).toBeNull();
      expect(await store.unusedSince(9e15)).toEqual([]);
      await store.close();
    });

    it('gives back what was written, in order of index and number', async () => {
      const store = await open();
      await store.write('AAAAAA', { session: SESSION, participants: [BOB], runs: [RUN] });
      const two = { ...RUN, number: 2, reference: 0.1, rates: [{ participant: 0, rate: null }] };
      await store.write('AAAAAA', { participants: [ADA], runs: [two] });
      const wall = { ...USUAL_WALL, beside: 'brain' as const, memory: 0.3, pins: [2, 0] };
      const chosen = { locked: true, pseudonyms: 'fr' as const, wall };
      await store.write('CCCCCC', { session: { ...SESSION, ...chosen } });
      expect(await store.load('AAAAAA')).toEqual({
        code: 'AAAAAA',
        session: SESSION,
        participants: [ADA, BOB],
        runs: [RUN, two],
        series: [],
      });
      expect(await store.load('CCCCCC')).toEqual({
        code: 'CCCCCC',
        session: { ...SESSION, ...chosen },
        participants: [],
        runs: [],
        series: [],
      });
      expect(await store.count()).toBe(2);
      await store.close();
    });

    it('replaces records of the same session, index and number', async () => {
      const store = await open();
      await store.write('AAAAAA', { session: SESSION, participants: [ADA], runs: [RUN] });
      const session = { ...SESSION, phase: 'running' as const };
      const clock = { kind: 'race' as const, at: 5, going: true, gone: 0 };
      await store.write('AAAAAA', {
        session,
        participants: [{ ...ADA, removed: true }],
        runs: [{ ...RUN, clock, arrived: 3, bets: BETS, verdicts: VERDICTS }],
      });
      expect(await store.load('AAAAAA')).toMatchObject({
        session,
        participants: [{ removed: true }],
        runs: [{ clock, arrived: 3, bets: BETS, verdicts: VERDICTS }],
      });
      await store.close();
    });

    it('joins the pieces of a series; a repeat changes nothing', async () => {
      const store = await open();
      await store.write('AAAAAA', {
        session: SESSION,
        runs: [RUN],
        series: [series(1, 0, [3, 2])],
      });
      const evaluations = { from: 0, values: Float32Array.of(1, 0.5) };
      await store.write('AAAAAA', { series: [series(1, 2, [1], { evaluations })] });
      await store.write('AAAAAA', { series: [series(0, 0, [9]), series(0, 1, [8])] });
      await store.write('AAAAAA', { series: [series(1, 1, [2, 1, 0], { divergedAt: 4 })] });
      await store.write('AAAAAA', { series: [series(1, 0, [3])] });
      const stored = await store.load('AAAAAA');
      expect(stored?.series).toEqual([
        series(0, 0, [9, 8]),
        series(1, 0, [3, 2, 1, 0], { evaluations, divergedAt: 4 }),
      ]);
      await store.close();
    });

    it('keeps a participant of the highest index that a session admits', async () => {
      const store = await open();
      const participants = Array.from({ length: MAX_ADMITTED }, (_, index) => ({
        ...{ ...ADA, index, removed: index < MAX_ADMITTED - 1 },
      }));
      const last = MAX_ADMITTED - 1;
      const run: RunRecord = {
        ...RUN,
        rates: [{ participant: last, rate: 0.5 }],
        bets: [{ participant: last, bet: 'good' }],
        verdicts: [{ participant: last, verdict: { state: 'verified' } }],
      };
      await store.write('AAAAAA', { session: SESSION, participants, runs: [run] });
      const stored = await store.load('AAAAAA');
      expect(stored?.participants.at(-1)).toEqual({ ...ADA, index: last });
      expect(stored?.runs).toEqual([run]);
      await store.close();
    });

    it('keeps copies: what is changed afterwards, or in what it gave, is not changed in it', async () => {
      const store = await open();
      const values = Float32Array.of(3, 2);
      const one = series(0, 0, [], { losses: timed({ from: 0, values }) });
      await store.write('AAAAAA', { session: SESSION, runs: [RUN], series: [one] });
      values[0] = 99;
      const first = await store.load('AAAAAA');
      first!.series[0]!.losses.values[1] = 99;
      first!.session.locked = true;
      const again = await store.load('AAAAAA');
      expect(again?.series[0]?.losses.values).toEqual(Float32Array.of(3, 2));
      expect(again?.session.locked).toBe(false);
      await store.close();
    });

    it('forgets runs with their series; what still comes of them is dropped', async () => {
      const store = await open();
      const two = { ...RUN, number: 2 };
      await store.write('AAAAAA', {
        session: SESSION,
        runs: [RUN, two],
        series: [series(0, 0, [1]), series(0, 0, [2], { run: 2 })],
      });
      await store.write('AAAAAA', { forgottenRuns: [1, 77], series: [series(0, 1, [5])] });
      const stored = await store.load('AAAAAA');
      expect(stored?.runs).toEqual([two]);
      expect(stored?.series).toEqual([series(0, 0, [2], { run: 2 })]);
      await store.close();
    });

    it('forgets a session with all that belongs to it', async () => {
      const store = await open();
      await store.write('AAAAAA', { session: SESSION, participants: [ADA], runs: [RUN] });
      await store.remove('AAAAAA');
      await store.remove('AAAAAA');
      expect(await store.load('AAAAAA')).toBeNull();
      await store.write('AAAAAA', { session: SESSION });
      expect(await store.load('AAAAAA')).toMatchObject({ participants: [], runs: [], series: [] });
      await store.close();
    });

    it('rejects a change that cannot be made, and makes no part of it', async () => {
      const store = await open();
      const orphan = store.write('AAAAAA', { participants: [ADA] });
      await expect(orphan).rejects.toMatchObject({ code: 'not_stored' });
      expect(await store.count()).toBe(0);
      await store.write('AAAAAA', { session: SESSION, runs: [RUN], series: [series(0, 0, [1])] });
      const before = await store.load('AAAAAA');
      const gap = { session: { ...SESSION, locked: true }, series: [series(0, 3, [1])] };
      await expect(store.write('AAAAAA', gap)).rejects.toMatchObject({ code: 'gap' });
      expect(await store.load('AAAAAA')).toEqual(before);
      await store.close();
    });

    it('says which sessions were last used before a time', async () => {
      const store = await open();
      for (const [code, usedAt] of [
        ['AAAAAA', 10],
        ['CCCCCC', 20],
        ['DDDDDD', 30],
      ] as const) {
        await store.write(code, { session: { ...SESSION, usedAt } });
      }
      expect((await store.unusedSince(21)).sort()).toEqual(['AAAAAA', 'CCCCCC']);
      await store.write('AAAAAA', { session: { ...SESSION, usedAt: 40 } });
      expect(await store.unusedSince(30)).toEqual(['CCCCCC']);
      await store.close();
    });

    it('has nothing damaged to forget where nothing was', async () => {
      const store = await open();
      await store.write('AAAAAA', { session: SESSION });
      expect(await store.forgetDamaged(9e15)).toEqual({ deleted: [], left: [] });
      expect(await store.count()).toBe(1);
      await store.close();
    });

    it('gives back every bit: whole columns in whatever pieces, rates, weights, any name', async () => {
      const store = await open();
      const plan: RunPlan = {
        ...PLAN,
        settings: {
          ...PLAN.settings,
          experiment: 'linear',
          model: 'perceptron',
          init: { kind: 'values', w: 0.1 + 0.2, b: -1e-300 },
        },
      };
      const rates = [1 / 3, 5e-324, Math.PI * 1e3].map((rate, participant) => ({
        participant,
        rate,
      }));
      const ada = { ...ADA, name: `Ada'); -- "\u{1F9E0}é` };
      const run = { ...RUN, plan, rates };
      await store.write('AAAAAA', { session: SESSION, participants: [ada], runs: [run] });
      await fc.assert(
        fc.asyncProperty(floats(1, 1_000), fc.array(fc.nat(130)), async (losses, cuts) => {
          await store.write('AAAAAA', { forgottenRuns: [1] });
          await store.write('AAAAAA', { runs: [run] });
          let from = 0;
          for (const cut of [...cuts, losses.length]) {
            const values = losses.subarray(from, from + cut);
            // Half of the pieces repeat the value before them.
            const again = from > 0 && cut % 2 === 0 ? 1 : 0;
            const piece = { from: from - again, values: losses.subarray(from - again, from + cut) };
            const record = series(0, 0, [], { losses: timed(piece) });
            await store.write('AAAAAA', { series: [record] });
            from += values.length;
          }
          const stored = await store.load('AAAAAA');
          expect(stored?.participants).toEqual([ada]);
          expect(stored?.runs).toEqual([run]);
          const values = stored?.series[0]?.losses.values;
          expect(values && bits(values)).toEqual(bits(losses));
          const { times } = timed({ from: 0, values: losses });
          expect(stored?.series[0]?.losses.times).toEqual(times);
        }),
        { numRuns: 20 },
      );
      await store.close();
    });
  });
}
