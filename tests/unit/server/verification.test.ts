import { describe, expect, it } from 'vitest';
import { remove } from '../../../server/rooms/conduct.ts';
import { MAX_STEPS, TIMING, VERIFICATION } from '../../../shared/limits.ts';
import type { RunPlan, Verdict } from '../../../shared/protocol/views.ts';
import { Classroom, PLAN } from './classroom.ts';

const refuted: Verdict = { state: 'refuted', atStep: 3 };

/** Three replays of it are in the budget. */
const DEAR: Partial<RunPlan> = {
  settings: {
    ...{ experiment: 'mnist', model: 'convnet', seed: 1, steps: 200 },
    ...{ init: { kind: 'seed' }, images: 60_000, batchSize: 500, order: 'file' },
  },
  pace: { kind: 'race' },
};

/** A class that has run to its end, the lower index with the better loss. */
function finished(students = 3, plan: Partial<RunPlan> = {}): Classroom {
  const classroom = new Classroom();
  for (let k = 0; k < students; k++) classroom.join(`S${k}`);
  classroom.run(plan);
  const { windows } = classroom.room.run!.grid;
  for (let k = 0; k < students; k++) {
    classroom.losses(k, 0, [...new Array<number>(windows - 1).fill(9), k]);
  }
  classroom.time.pass(TIMING.tick);
  expect(classroom.room.phase).toBe('finished');
  return classroom;
}

/** A class that was stopped after its first window, in a run where more could be reported. */
function long(students: number): Classroom {
  const classroom = new Classroom();
  for (let k = 0; k < students; k++) classroom.join(`S${k}`);
  classroom.run({ settings: { ...PLAN.settings, steps: MAX_STEPS }, pace: { kind: 'race' } });
  for (let k = 0; k < students; k++) classroom.losses(k, 0, [9 - k]);
  classroom.time.pass(TIMING.tick);
  classroom.command('stop');
  return classroom;
}

function replayed(classroom: Classroom, verdicts: Record<number, Verdict> = {}): void {
  classroom.time.pass(TIMING.verifyAfter);
  classroom.verifier.conclude(verdicts);
  classroom.time.pass(TIMING.tick);
}

const verdicts = ({ room }: Classroom) =>
  room.participants().map(({ verdict }) => verdict?.state ?? null);

describe('the replay of an ended run', () => {
  it('[P50] is ordered for everybody, the leader first, with all that they reported', () => {
    const classroom = finished();
    expect(classroom.verifier.orders).toEqual([]);
    classroom.time.pass(TIMING.verifyAfter);
    expect([...classroom.verifier.participants].sort()).toEqual([0, 1, 2]);
    const { settings, claims, limit } = classroom.verifier.orders[0]!.order;
    expect(settings).toEqual(classroom.room.run?.plan.settings);
    expect(limit).toBe(VERIFICATION.limit);
    const rate = classroom.rates()[0];
    const losses = Float32Array.of(9, 9, 9, 9, 9, 9, 9, 9, 9, 0);
    expect(claims[0]).toMatchObject({ participant: 0, rate, losses, divergedAt: null });
  });

  it('[P51] moves who is refuted to the end of the ranking, and every page is told', () => {
    const classroom = finished();
    classroom.heard();
    replayed(classroom, { 0: refuted });
    const heard = classroom.heard();
    expect(heard.find(({ event }) => event === 'roster')?.message).toMatchObject([
      { index: 0, verdict: refuted, status: { state: 'done' } },
      { index: 1, verdict: { state: 'verified' } },
      { index: 2, verdict: { state: 'verified' } },
    ]);
    expect(Classroom.frames(heard).at(-1)?.standings?.order).toEqual([1, 2, 0]);
  });

  it('comes for a stopped run as well, after its last points, and for nobody without points', () => {
    const classroom = new Classroom();
    for (const name of ['Ada', 'Bob', 'Zoe']) classroom.join(name);
    classroom.run();
    classroom.losses(0, 0, [9]);
    classroom.losses(1, 0, [9], 1);
    classroom.command('stop');
    classroom.time.pass(TIMING.verifyAfter - 100);
    classroom.losses(0, 1, [8]);
    classroom.time.pass(TIMING.verifyAfter - 100);
    expect(classroom.verifier.orders).toEqual([]);
    classroom.time.pass(100);
    const { claims } = classroom.verifier.orders[0]!.order;
    expect(claims.map(({ participant }) => participant).sort()).toEqual([0, 1]);
    expect(claims.find(({ participant }) => participant === 0)?.losses.length).toBe(2);
  });

  it('[P50] starts again for who reports more afterwards; what was refuted stays so', () => {
    const classroom = new Classroom();
    for (const name of ['Ada', 'Bob']) classroom.join(name);
    classroom.run();
    classroom.losses(0, 0, [9]);
    classroom.losses(1, 0, [9]);
    classroom.command('stop');
    replayed(classroom, { 1: refuted });
    expect(verdicts(classroom)).toEqual(['verified', 'refuted']);
    classroom.losses(0, 1, [8]);
    classroom.losses(1, 1, [8]);
    expect(verdicts(classroom)).toEqual([null, 'refuted']);
    classroom.time.pass(TIMING.verifyAfter);
    expect(classroom.verifier.participants).toEqual([0]);
    // Of a claim that is no longer all that was reported the verdict counts for nothing.
    classroom.losses(0, 2, [7]);
    classroom.verifier.conclude();
    expect(verdicts(classroom)).toEqual([null, 'refuted']);
    expect(classroom.verifier.orders).toHaveLength(3);
    classroom.verifier.conclude();
    expect(verdicts(classroom)).toEqual(['verified', 'refuted']);
  });

  it('goes on when the class goes on, one run after the other', () => {
    const classroom = finished(2);
    classroom.time.pass(TIMING.verifyAfter);
    classroom.command('next');
    classroom.command('start');
    classroom.time.pass(TIMING.countdown);
    classroom.losses(0, 0, [9]);
    classroom.command('stop');
    classroom.time.pass(TIMING.verifyAfter);
    expect(classroom.verifier.orders).toHaveLength(1);
    classroom.verifier.conclude({ 1: refuted });
    expect(classroom.room.history[0]?.entry(1)?.verdict).toEqual(refuted);
    expect(verdicts(classroom)).toEqual([null, null]);
    expect(classroom.verifier.orders).toHaveLength(2);
    classroom.verifier.conclude();
    expect(verdicts(classroom)).toEqual(['verified', null]);
  });

  it('[P50] is not put off for ever by a student who goes on reporting', () => {
    const classroom = long(2);
    let window = 1;
    for (let ms = 0; ms < TIMING.verifyAtLatest; ms += TIMING.verifyAfter / 2) {
      expect(classroom.verifier.orders).toEqual([]);
      classroom.losses(1, window++, [8]);
      classroom.time.pass(TIMING.verifyAfter / 2);
    }
    expect([...classroom.verifier.participants].sort()).toEqual([0, 1]);
  });

  it('[P50] looks at who leads by later points, though repeats have used the budget up', () => {
    const classroom = long(2);
    replayed(classroom);
    let window = 1;
    // Honest, point after point, until nothing is left for one who does not lead.
    for (; verdicts(classroom)[0] === 'verified' && window < 900; window++) {
      classroom.losses(0, window, [9]);
      replayed(classroom);
    }
    expect(verdicts(classroom)).toEqual(['unchecked', 'verified']);
    // Now with invented points, which bring it to the front.
    const { windows } = classroom.room.run!.grid;
    classroom.losses(1, 1, new Array<number>(windows - 1).fill(8));
    replayed(classroom);
    const before = classroom.verifier.orders.length;
    classroom.losses(0, window, new Array<number>(windows - window).fill(0));
    classroom.time.pass(TIMING.verifyAfter);
    expect(classroom.verifier.orders).toHaveLength(before + 1);
    expect(classroom.verifier.participants).toEqual([0]);
  });

  it('[P50] of one student, again and again, takes nothing from the others', () => {
    const classroom = long(3);
    replayed(classroom);
    for (let window = 1; verdicts(classroom)[0] === 'verified' && window < 900; window++) {
      classroom.losses(0, window, [9]);
      replayed(classroom);
    }
    expect(verdicts(classroom)).toEqual(['unchecked', 'verified', 'verified']);
    // Neither of them leads.
    const { windows } = classroom.room.run!.grid;
    classroom.losses(1, 1, new Array<number>(windows - 1).fill(8.5));
    classroom.time.pass(TIMING.verifyAfter);
    expect(classroom.verifier.participants).toEqual([1]);
  });

  it('[P50] is made of whoever leads when a leader is refuted or removed, within bounds', () => {
    const dear = finished(30, DEAR);
    dear.time.pass(TIMING.verifyAfter);
    const replayedNow = () =>
      Object.fromEntries(dear.verifier.participants.map((k) => [k, refuted]));
    const seen = new Set(dear.verifier.participants);
    const sample = seen.size;
    for (let orders = 1; dear.verifier.orders.length === orders; orders++) {
      dear.verifier.conclude(replayedNow());
      if (dear.verifier.orders.length === orders) break;
      const next = [...new Array(30).keys()].find((k) => !seen.has(k));
      expect(dear.verifier.participants).toEqual([next]);
      seen.add(next!);
    }
    // As much again, though all of them cheat.
    expect(seen.size).toBe(2 * sample);
    dear.time.pass(TIMING.tick);
    expect(dear.room.run!.standings.order[0]).toBe(
      [...new Array(30).keys()].find((k) => !seen.has(k)),
    );

    const other = finished(30, DEAR);
    replayed(other);
    const unchecked = verdicts(other).indexOf('unchecked');
    const before = other.verifier.orders.length;
    for (let k = 0; k < unchecked; k++) remove(other.room, k);
    other.time.pass(TIMING.crowdTick);
    other.time.pass(TIMING.verifyAfter);
    expect(other.verifier.orders).toHaveLength(before + 1);
    expect(other.verifier.participants).toEqual([unchecked]);
  });

  it('[P50] of a dear model is made for a sample, the leader in it; the others are said to be unchecked', () => {
    const dear = finished(30, DEAR);
    dear.time.pass(TIMING.verifyAfter);
    const chosen = dear.verifier.participants;
    expect(chosen[0]).toBe(0);
    expect(chosen.length).toBeGreaterThan(1);
    expect(chosen.length).toBeLessThan(30);
    const states = verdicts(dear);
    expect(states.filter((state) => state === 'unchecked').length).toBe(30 - chosen.length);
    replayed(dear);
    expect(verdicts(dear).filter((state) => state === 'verified').length).toBe(chosen.length);
  });

  it('is called off when the room closes, and taken up when it is back', async () => {
    const before = finished(2);
    before.time.pass(TIMING.verifyAfter);
    const [{ listener, order }] = before.verifier.orders as [(typeof before.verifier.orders)[0]];
    listener.found(
      order.claims.find(({ participant }) => participant === 1)!,
      refuted,
    );
    await before.room.close();
    expect(before.verifier.orders[0]?.calledOff).toBe(true);

    const { time, store } = before;
    const stored = await store.load(before.room.code);
    const after = new Classroom({ time, store, stored: stored ?? undefined });
    expect(verdicts(after)).toEqual([null, 'refuted']);
    expect(after.room.run?.standings.order).toEqual([0, 1]);
    after.time.pass(TIMING.verifyAfter);
    expect(after.verifier.participants).toEqual([0]);
  });

  it('loses nothing when one of them is removed meanwhile', () => {
    const classroom = finished(2);
    classroom.time.pass(TIMING.verifyAfter);
    remove(classroom.room, 1);
    classroom.verifier.conclude();
    expect(verdicts(classroom)).toEqual(['verified']);
  });
});
