import { describe, expect, it } from 'vitest';
import { command, lock, prepare, remove } from '../../../server/rooms/conduct.ts';
import { leave, resume } from '../../../server/rooms/entrance.ts';
import { MAX_RUNS, TIMING } from '../../../shared/limits.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import type { Command } from '../../../shared/session.ts';
import { Classroom, PLAN } from './classroom.ts';

const TEN = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0];

describe('a room through a run', () => {
  it('[P10] goes from the lobby through countdown, running, pause and step to the end and back', () => {
    const classroom = new Classroom();
    const { room, time } = classroom;
    classroom.join('Ada');
    classroom.prepare();
    expect(room.view()).toMatchObject({ phase: 'lobby', run: { number: 1, clock: null } });

    classroom.command('start');
    const at = time.now() + TIMING.countdown;
    expect(room.view()).toMatchObject({ phase: 'countdown', run: { clock: { at, until: 10 } } });
    time.pass(TIMING.countdown - 1);
    expect(room.phase).toBe('countdown');
    time.pass(1);
    expect(room.phase).toBe('running');

    time.pass(200);
    classroom.command('pause');
    expect(room.view()).toMatchObject({ phase: 'paused', run: { clock: { until: 5 } } });
    time.pass(1_000);
    classroom.command('step', 2);
    expect(room.run?.clock).toMatchObject({ step: 7, until: 7 });
    classroom.command('resume');
    const resumed = { step: 7, at: time.now() + TIMING.resumeLead, until: 10 };
    expect(room.run?.clock).toMatchObject(resumed);

    classroom.command('stop');
    expect(room.view()).toMatchObject({ phase: 'finished', run: { clock: { until: 7 } } });
    classroom.command('next');
    expect(room.view()).toMatchObject({
      phase: 'lobby',
      run: { number: 2, clock: null, settings: PLAN.settings },
    });
    expect(room.history.map(({ number }) => number)).toEqual([1]);
  });

  it('a race has no single step; halted, it stops for all', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run({ pace: { kind: 'race' } });
    classroom.command('pause');
    expect(classroom.room.run?.clock).toMatchObject({ kind: 'race', going: false });
    expect(command(classroom.room, 'step')).toBe(REFUSALS.notInRace);
    classroom.command('resume');
    expect(classroom.room.run?.clock).toMatchObject({ going: true });
    classroom.command('stop');
    expect(classroom.room.run?.clock).toMatchObject({ going: false });
  });

  it('a countdown that is stopped leads back to the lobby, and never starts', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.prepare();
    classroom.command('start');
    classroom.time.pass(1_000);
    classroom.command('stop');
    expect(classroom.room.view()).toMatchObject({ phase: 'lobby', run: { clock: null } });
    classroom.time.pass(60_000);
    expect(classroom.room.phase).toBe('lobby');
  });

  it('a new plan takes the number of the one it replaces, unless a countdown had begun for that', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.prepare();
    classroom.prepare();
    expect(classroom.room.run?.number).toBe(1);
    classroom.command('start');
    classroom.command('stop');
    classroom.prepare();
    expect(classroom.room.run?.number).toBe(2);
  });

  it('[P10] refuses to start without a run or without students, and to prepare once begun', () => {
    const classroom = new Classroom();
    expect(command(classroom.room, 'start')).toBe(REFUSALS.noRun);
    classroom.prepare();
    expect(command(classroom.room, 'start')).toBe(REFUSALS.noStudents);
    classroom.join('Ada');
    expect(command(classroom.room, 'pause')).toBe(REFUSALS.wrongPhase);
    classroom.command('start');
    expect(prepare(classroom.room, PLAN)).toBe(REFUSALS.wrongPhase);
    expect(command(classroom.room, 'resume')).toBe(REFUSALS.wrongPhase);
  });

  it('[P10] agrees to what has been done already, as after a double click, and does it once', () => {
    const classroom = new Classroom();
    const { room, time } = classroom;
    classroom.join('Ada');
    classroom.prepare();
    const twice = (asked: Command) => {
      classroom.command(asked);
      const once = JSON.stringify(room.view());
      time.pass(10);
      classroom.command(asked);
      expect(JSON.stringify(room.view())).toBe(once);
    };
    twice('start');
    twice('stop');
    classroom.command('start');
    time.pass(TIMING.countdown);
    for (const asked of ['pause', 'resume', 'stop', 'next'] as const) twice(asked);
    expect(room.phase).toBe('lobby');
    expect(room.history).toHaveLength(1);
  });

  it('remembers a bounded number of runs', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.prepare();
    for (let k = 0; k < MAX_RUNS + 5; k++) {
      classroom.command('start');
      classroom.time.pass(TIMING.countdown);
      classroom.command('stop');
      classroom.command('next');
    }
    expect(classroom.room.history).toHaveLength(MAX_RUNS - 1);
    expect(classroom.room.run?.number).toBe(MAX_RUNS + 6);
    expect(classroom.room.history[0]?.number).toBe(7);
  });
});

describe('the end of a run', () => {
  it('comes when everybody has ended, diverged or not', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.join('Bob');
    classroom.run();
    classroom.losses(0, 0, TEN);
    classroom.time.pass(TIMING.tick);
    expect(classroom.room.phase).toBe('running');
    classroom.losses(1, 0, [9, 99], 2);
    classroom.time.pass(TIMING.tick);
    expect(classroom.room.phase).toBe('finished');
    expect([0, 1].map((index) => classroom.status(index))).toEqual(['done', 'diverged']);
  });

  it('waits a moment for somebody whose connection is lost, and no longer', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.join('Bob');
    classroom.run();
    classroom.losses(0, 0, TEN);
    leave(classroom.room, 'Bob');
    classroom.time.pass(TIMING.awayGrace - 1);
    expect(classroom.room.phase).toBe('running');
    classroom.time.pass(TIMING.tick + 1);
    expect(classroom.room.phase).toBe('finished');
    expect(classroom.status(1)).toBe('away');
  });

  it('does not come while nobody has ended, though all are away', () => {
    const classroom = new Classroom();
    const { secret } = classroom.join('Ada');
    classroom.run();
    leave(classroom.room, 'Ada');
    classroom.time.pass(60_000);
    expect(classroom.room.phase).toBe('running');
    expect(resume(classroom.room, 'Ada again', 0, secret).ok).toBe(true);
    expect(classroom.status(0)).toBe('training');
  });

  it('comes when the one that all waited for is removed', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.join('Bob');
    classroom.run();
    classroom.losses(0, 0, TEN);
    classroom.time.pass(TIMING.tick);
    expect(remove(classroom.room, 1)).toBeNull();
    classroom.time.pass(TIMING.tick);
    expect(classroom.room.phase).toBe('finished');
  });

  it('[P21] is told after the last points', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    classroom.time.pass(TIMING.tick);
    classroom.heard();
    classroom.losses(0, 0, TEN);
    classroom.command('stop');
    expect(classroom.heard().map(({ event }) => event)).toEqual(['roster', 'frame', 'session']);
  });

  it('[P17] takes reports until the next run', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    classroom.command('stop');
    expect(classroom.losses(0, 0, [9])).toEqual({ ok: true, held: 1 });
    classroom.command('next');
    const { room } = classroom;
    expect(classroom.losses(0, 1, [8])).toMatchObject({ code: REFUSALS.wrongPhase });
    room.run = null;
    expect(classroom.losses(0, 1, [8])).toMatchObject({ code: REFUSALS.wrongRun });
  });
});

describe('what pages are told', () => {
  it('[P11] the whole view at each change, nothing when nothing changes', () => {
    const classroom = new Classroom();
    lock(classroom.room, true);
    lock(classroom.room, true);
    const views = Classroom.views(classroom.heard());
    const reportEvery = TIMING.report;
    expect(views).toEqual([
      {
        code: 'ACDEFG',
        phase: 'lobby',
        locked: true,
        pseudonyms: null,
        reportEvery,
        run: null,
        unsavedSince: null,
        unattended: false,
      },
    ]);
  });

  it('[P19] one frame a tick, only while there is something new', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.join('Bob');
    classroom.run();
    classroom.time.pass(1_000);
    classroom.heard('screens');
    for (let k = 0; k < 5; k++) {
      classroom.losses(0, k, [9 - k]);
      classroom.losses(1, k, [8 - k]);
    }
    expect(classroom.heard('screens')).toEqual([]);
    classroom.time.pass(TIMING.tick);
    const [frame, ...others] = Classroom.frames(classroom.heard('screens'));
    expect(others).toEqual([]);
    expect(frame?.losses.map(({ participant, values }) => [participant, values.length])).toEqual([
      [0, 5],
      [1, 5],
    ]);
    expect(frame?.standings).toEqual({ arrived: 5, order: [1, 0] });
    classroom.time.pass(TIMING.silence / 2);
    expect(classroom.heard('screens')).toEqual([]);
  });

  it('[P20] a snapshot holds what the frames before it held', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    classroom.losses(0, 0, [9, 8]);
    classroom.time.pass(TIMING.tick);
    classroom.losses(0, 2, [7]);
    classroom.said = [];
    classroom.room.sendSnapshot('projector');
    expect(classroom.said.map(({ to }) => to)).toEqual(['projector']);
    expect(Classroom.frames(classroom.said)[0]).toMatchObject({
      run: 1,
      losses: [{ participant: 0, from: 0, values: Float32Array.of(9, 8, 7) }],
      standings: { arrived: 2, order: [0] },
    });
  });

  it('[P12] a rate before the countdown that fixes it', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.prepare({ rates: { kind: 'pick', from: 0.01, to: 1 } });
    classroom.heard();
    classroom.command('start');
    const heard = classroom.heard();
    expect(heard.map(({ event }) => event)).toEqual(['roster', 'session']);
    expect(heard[0]?.message).toMatchObject([{ index: 0, rate: 0.01, status: { state: 'ready' } }]);
  });
});
