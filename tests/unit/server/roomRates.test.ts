import { describe, expect, it } from 'vitest';
import { pick } from '../../../server/rooms/reports.ts';
import { TIMING } from '../../../shared/limits.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { Classroom } from './classroom.ts';

const PICK: RunPlan['rates'] = { kind: 'pick', from: 0.01, to: 1 };

const rejected = (code: string) => expect.objectContaining({ ok: false, code });

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
