import { describe, expect, it } from 'vitest';
import { expectSimulated, remove } from '../../../server/rooms/conduct.ts';
import { instruct, join, leave, resume, watch } from '../../../server/rooms/entrance.ts';
import { pick, takeEvaluations } from '../../../server/rooms/reports.ts';
import { newSecret } from '../../../server/rooms/secrets.ts';
import { MAX_PARTICIPANTS, MAX_SCREENS, MAX_SIMULATED, TIMING } from '../../../shared/limits.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { Classroom, INSTRUCTOR_SECRET, PLAN } from './classroom.ts';

const PICK: RunPlan['rates'] = { kind: 'pick', from: 0.01, to: 1 };

const newcomer = (name: string, simulated: boolean) => ({ name, secret: newSecret(), simulated });

const rejected = (code: string) => expect.objectContaining({ ok: false, code });

describe('who is in a room', () => {
  it('[P8] nicknames are made unique, and free again when their owner is removed', () => {
    const classroom = new Classroom();
    expect(['Ada', 'ada', 'Ada'].map((name) => classroom.join(name).name)).toEqual([
      'Ada',
      'ada 2',
      'Ada 3',
    ]);
    remove(classroom.room, 0);
    expect(classroom.join('Ada')).toMatchObject({ name: 'Ada', index: 3 });
  });

  it('[P6] a place is given back for its secret alone', () => {
    const classroom = new Classroom();
    const ada = classroom.join('Ada');
    const bob = classroom.join('Bob');
    expect(resume(classroom.room, 'x', 1, ada.secret)).toEqual(rejected(REFUSALS.wrongSecret));
    expect(resume(classroom.room, 'x', 7, ada.secret)).toEqual(rejected(REFUSALS.wrongSecret));
    expect(resume(classroom.room, 'x', 1, bob.secret)).toMatchObject({ ok: true, name: 'Bob' });
  });

  it('[P7] a newer connection replaces the older, whose late end changes nothing', () => {
    const classroom = new Classroom();
    const { secret } = classroom.join('Ada');
    classroom.said = [];
    resume(classroom.room, 'newer', 0, secret);
    expect(classroom.said).toContainEqual({ to: 'Ada', event: 'cutOff', message: 'replaced' });
    leave(classroom.room, 'Ada');
    expect(classroom.status(0)).toBe('ready');
    leave(classroom.room, 'newer');
    expect(classroom.status(0)).toBe('away');
  });

  it('[P9] who is removed is told, stays out, and leaves the run and its ranking', () => {
    const classroom = new Classroom();
    const { secret } = classroom.join('Ada');
    classroom.join('Bob');
    classroom.run();
    classroom.losses(0, 0, [1]);
    classroom.losses(1, 0, [2]);
    classroom.time.pass(TIMING.tick);
    classroom.said = [];
    expect(remove(classroom.room, 0)).toBeNull();
    expect(classroom.said).toContainEqual({ to: 'Ada', event: 'cutOff', message: 'removed' });
    classroom.time.pass(TIMING.tick);
    expect(classroom.said).toContainEqual({ to: 'students', event: 'gone', message: [0] });
    const heard = classroom.heard('screens');
    expect(heard).toContainEqual({ to: 'screens', event: 'gone', message: [0] });
    expect(Classroom.frames(heard).at(-1)?.standings?.order).toEqual([1]);
    expect(resume(classroom.room, 'x', 0, secret)).toEqual(rejected(REFUSALS.removed));
    expect(resume(classroom.room, 'x', 0, 'wrong')).toEqual(rejected(REFUSALS.wrongSecret));
    expect(remove(classroom.room, 0)).toBe(REFUSALS.badMessage);
    expect(classroom.room.participants().map(({ name }) => name)).toEqual(['Bob']);
  });

  it('[P26] a join repeated with its secret is the same one: also elsewhere, locked or renamed', () => {
    const classroom = new Classroom();
    const { room } = classroom;
    const ada = { name: 'Ada', secret: newSecret(), simulated: false };
    const first = join(room, 'x', ada);
    expect(first).toMatchObject({ ok: true, index: 0, name: 'Ada' });
    expect(join(room, 'x', ada)).toEqual(first);
    room.locked = true;
    const renamed = { ...ada, name: 'Augusta' };
    expect(join(room, 'y', renamed)).toMatchObject({ ok: true, index: 0, name: 'Ada' });
    expect(classroom.said).toContainEqual({ to: 'x', event: 'cutOff', message: 'replaced' });
    expect(room.participants().map(({ name }) => name)).toEqual(['Ada']);
    remove(room, 0);
    expect(join(room, 'y', ada)).toEqual(rejected(REFUSALS.removed));
  });

  it('[P9] a locked room refuses newcomers, not those who return', () => {
    const classroom = new Classroom();
    const { secret } = classroom.join('Ada');
    classroom.room.locked = true;
    expect(join(classroom.room, 'x', newcomer('Bob', false))).toEqual(
      rejected(REFUSALS.roomLocked),
    );
    expect(resume(classroom.room, 'x', 0, secret).ok).toBe(true);
  });

  it('[P94] is full at its limit; who is removed makes room', () => {
    const classroom = new Classroom();
    for (let k = 0; k < MAX_PARTICIPANTS; k++) classroom.join(`S${k}`);
    const { room } = classroom;
    expect(join(room, 'x', newcomer('Bob', false))).toEqual(rejected(REFUSALS.roomFull));
    remove(room, 5);
    expect(join(room, 'x', newcomer('Bob', false))).toMatchObject({ index: MAX_PARTICIPANTS });
    expect(join(classroom.room, 'x', newcomer('Bob', false))).toEqual(rejected(REFUSALS.roomFull));
    expect(expectSimulated(classroom.room, 1)).toEqual({ refusal: REFUSALS.roomFull });
  });

  it('has a bounded number of screens; each that leaves makes room', () => {
    const { room } = new Classroom();
    expect(instruct(room, 'i', 'wrong')).toEqual(rejected(REFUSALS.wrongSecret));
    for (let k = 0; k < MAX_SCREENS; k++) expect(watch(room, `p${k}`).ok).toBe(true);
    expect(watch(room, 'one too many')).toEqual(rejected(REFUSALS.tooManyScreens));
    expect(watch(room, 'p1').ok).toBe(true);
    leave(room, 'p1');
    expect(watch(room, 'one too many').ok).toBe(true);
  });

  it('[P92] projectors never take an instructor the place, nor instructors a projector', () => {
    const { room } = new Classroom();
    for (let k = 0; k < MAX_SCREENS; k++) watch(room, `p${k}`);
    for (let k = 0; k < MAX_SCREENS; k++) {
      expect(instruct(room, `i${k}`, INSTRUCTOR_SECRET).ok).toBe(true);
    }
    const oneMore = instruct(room, 'one too many', INSTRUCTOR_SECRET);
    expect(oneMore).toEqual(rejected(REFUSALS.tooManyScreens));
    leave(room, 'p1');
    expect(watch(room, 'p').ok).toBe(true);
  });

  it('bounds simulated students, those on their way included', () => {
    const { room } = new Classroom();
    const asked = expectSimulated(room, MAX_SIMULATED);
    expect(expectSimulated(room, 1)).toEqual({ refusal: REFUSALS.tooManySimulated });
    if ('release' in asked) asked.release();
    join(room, 's', newcomer('Sim', true));
    expect(expectSimulated(room, MAX_SIMULATED)).toEqual({ refusal: REFUSALS.tooManySimulated });
    leave(room, 's');
    expect(expectSimulated(room, MAX_SIMULATED)).toHaveProperty('release');
  });

  it('is idle when nobody has been there for long, and not before', () => {
    const classroom = new Classroom();
    classroom.time.pass(TIMING.sessionIdle - 1);
    const { secret } = classroom.join('Ada');
    classroom.time.pass(2 * TIMING.sessionIdle);
    leave(classroom.room, 'Ada');
    classroom.time.pass(TIMING.sessionIdle - 1);
    resume(classroom.room, 'again', 0, secret);
    leave(classroom.room, 'again');
    classroom.time.pass(TIMING.sessionIdle - 1);
    expect(classroom.idle).toBe(0);
    classroom.time.pass(1);
    expect(classroom.idle).toBe(1);
  });
});

describe('learning rates in a room', () => {
  it('[P12] are dealt when the run is prepared, and to whoever joins later by the same rule', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.join('Bob');
    expect(classroom.rates()).toEqual([null, null]);
    classroom.run();
    classroom.join('Zoe');
    expect(classroom.rates()).toEqual([0.01, 1, 0.1]);
    expect(pick(classroom.room, 2, { run: 1, rate: 0.5 })).toEqual(rejected(REFUSALS.rateFixed));
  });

  it('are picked in the lobby within the range; who has not is dealt one at the start', () => {
    const classroom = new Classroom();
    for (const name of ['Ada', 'Bob', 'Zoe']) classroom.join(name);
    const { room } = classroom;
    expect(pick(room, 0, { run: 1, rate: 0.5 })).toEqual(rejected(REFUSALS.noRun));
    classroom.prepare({ rates: PICK });
    expect(pick(room, 0, { run: 2, rate: 0.5 })).toEqual(rejected(REFUSALS.wrongRun));
    expect(pick(room, 0, { run: 1, rate: 1.5 })).toEqual(rejected(REFUSALS.badRate));
    expect(pick(room, 0, { run: 1, rate: 0.5 })).toEqual({ ok: true });
    expect(pick(room, 0, { run: 1, rate: 0.7 })).toEqual({ ok: true });
    classroom.command('start');
    expect(classroom.rates()).toEqual([0.7, 1, 0.1]);
    expect(pick(room, 0, { run: 1, rate: 0.5 })).toEqual(rejected(REFUSALS.rateFixed));
    expect(pick(room, 0, { run: 1, rate: 0.7 })).toEqual({ ok: true });
  });

  it('are picked by a late joiner, for whom nobody waits until then', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run({ rates: PICK });
    classroom.join('Zoe');
    expect(classroom.status(1)).toBe('choosing');
    expect(classroom.losses(1, 0, [1])).toEqual(rejected(REFUSALS.wrongPhase));
    expect(pick(classroom.room, 1, { run: 1, rate: 0.3 })).toEqual({ ok: true });
    expect(classroom.status(1)).toBe('training');
    classroom.join('Tom');
    for (const index of [0, 1])
      classroom.losses(
        index,
        0,
        Array.from({ length: 10 }, () => 1),
      );
    classroom.time.pass(TIMING.tick);
    expect(classroom.room.phase).toBe('finished');
    expect(classroom.status(2)).toBe('choosing');
    expect(pick(classroom.room, 2, { run: 1, rate: 0.3 })).toEqual({ ok: true });
    expect(classroom.losses(2, 0, Array<number>(10).fill(0.5))).toEqual({ ok: true, held: 10 });
    classroom.time.pass(TIMING.tick);
    expect(classroom.room.run?.standings).toEqual({ arrived: 10, order: [2, 0, 1] });
    expect(pick(classroom.room, 2, { run: 1, rate: 0.4 })).toEqual(rejected(REFUSALS.rateFixed));
  });

  it('that were picked stay with the next plan where they fit', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.join('Bob');
    classroom.prepare({ rates: PICK });
    pick(classroom.room, 0, { run: 1, rate: 0.5 });
    pick(classroom.room, 1, { run: 1, rate: 0.02 });
    classroom.prepare({ rates: { kind: 'pick', from: 10, to: 0.1 } });
    expect(classroom.rates()).toEqual([0.5, null]);
    classroom.prepare();
    expect(classroom.rates()).toEqual([0.01, 1]);
    classroom.prepare({ rates: PICK });
    expect(classroom.rates()).toEqual([null, null]);
  });
});

describe('reports', () => {
  it('[P13] [P14] repeats change nothing, a gap says where to go on', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    expect(classroom.losses(0, 0, [9, 8])).toEqual({ ok: true, held: 2 });
    expect(classroom.losses(0, 0, [1, 1])).toEqual({ ok: true, held: 2 });
    expect(classroom.losses(0, 3, [6])).toEqual({ ok: false, code: REFUSALS.gap, held: 2 });
    expect([...classroom.room.run!.entry(0)!.losses.slice(0)]).toEqual([9, 8]);
  });

  it('[P15] nothing reaches past the grid of the run', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    expect(classroom.losses(0, 9, [1, 1])).toEqual(rejected(REFUSALS.badLosses));
    const evaluations = { run: 1, from: 0, losses: [1], accuracies: [1] };
    const { room } = classroom;
    expect(takeEvaluations(room, 0, evaluations)).toEqual(rejected(REFUSALS.badLosses));
  });

  it('[P16] the step at which a run diverged has to fit the windows that it leaves', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run({ settings: { ...PLAN.settings, steps: 2_500 } });
    // Three steps make a window, so after two windows the loss left at step 6, 7 or 8.
    for (const step of [0, 5, 9, 2_499]) {
      expect(classroom.losses(0, 0, [9, 99], step)).toEqual(rejected(REFUSALS.badLosses));
    }
    expect(classroom.losses(0, 3, [9], 10)).toEqual(rejected(REFUSALS.gap));
    expect(classroom.room.run?.held(0).losses).toBe(0);
    expect(classroom.losses(0, 0, [9, 99], 7)).toEqual({ ok: true, held: 2 });
    expect(classroom.losses(0, 2, [1])).toEqual({ ok: true, held: 2 });
    expect(classroom.losses(0, 0, [9, 99], 7)).toEqual({ ok: true, held: 2 });
    const [ada] = classroom.room.participants();
    expect(ada?.status).toEqual({ state: 'diverged', atStep: 7 });
    leave(classroom.room, 'Ada');
    expect(classroom.status(0)).toBe('diverged');
  });

  it('[P16] a run that only its last evaluation showed to have diverged ends with a full curve', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    expect(classroom.losses(0, 0, Array<number>(9).fill(1), 9)).toEqual({ ok: true, held: 9 });
    classroom.join('Bob');
    expect(classroom.losses(1, 0, Array<number>(10).fill(1), 9)).toEqual({ ok: true, held: 10 });
    expect(classroom.status(1)).toBe('diverged');
  });

  it('[P16] evaluations of before that step are still taken, later ones are not', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run({
      settings: {
        experiment: 'mnist',
        model: 'softmax',
        seed: 1,
        steps: 40,
        init: { kind: 'zeros' },
        images: 2_000,
        batchSize: 10,
        order: 'file',
      },
    });
    // Evaluated after 8, 16, 24, 32 and 40 steps.
    classroom.losses(0, 0, Array<number>(10).fill(1), 10);
    const send = (from: number) =>
      takeEvaluations(classroom.room, 0, { run: 1, from, losses: [2], accuracies: [0.5] });
    expect(send(0)).toEqual({ ok: true, held: 1 });
    expect(send(1)).toEqual({ ok: true, held: 1 });
    expect([...classroom.room.run!.entry(0)!.evaluations.slice(0)]).toEqual([2, 0.5]);
  });
});
