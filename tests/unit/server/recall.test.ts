import { describe, expect, it } from 'vitest';
import { pastRunOf } from '../../../client/history/pastRun.ts';
import { presentRun } from '../../../client/history/presentRun.ts';
import { resultOf } from '../../../client/history/recalledRun.ts';
import { remove } from '../../../server/rooms/conduct.ts';
import { instruct, leave, watch } from '../../../server/rooms/entrance.ts';
import { recall } from '../../../server/rooms/recall.ts';
import { resultsOf } from '../../../server/rooms/results.ts';
import { MAX_RUNS } from '../../../shared/limits.ts';
import { USUAL_WALL } from '../../../shared/wall.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { Classroom, INSTRUCTOR_SECRET, PLAN } from './classroom.ts';

const TOY: Partial<RunPlan> = {
  settings: {
    experiment: 'toy',
    model: 'mlp',
    shape: 'moons',
    points: 20,
    hidden: 2,
    activation: 'tanh',
    batchSize: 4,
    order: 'file',
    seed: 1,
    steps: 10,
    init: { kind: 'seed' },
  },
};

/** Three students with a run behind them, of which one diverged, and the next one prepared. */
function classroom() {
  const teacher = new Classroom();
  for (const name of ['Ada', 'Bob', 'Eve']) teacher.join(name);
  teacher.run();
  for (const [index, losses, divergedAt] of [
    [0, [3, 2, 1.5]],
    [1, [4, 3.5]],
    [2, [5, 1e30], 2],
  ] as const) {
    teacher.losses(index, 0, [...losses], divergedAt);
  }
  teacher.command('stop');
  teacher.command('next');
  return teacher;
}

describe('[P100] the run that is laid under the present one', () => {
  it('is one before it with which it can be compared, and lies under the next of its kind as well', () => {
    const teacher = classroom();
    const { room } = teacher;
    room.wall.conduct({ laid: 1 });
    expect(room.wall.view.laid).toBe(1);
    for (const laid of [2, 3, 65_535]) {
      room.wall.conduct({ laid });
      expect(room.wall.view.laid).toBeNull();
    }
    room.wall.conduct({ laid: 1 });
    teacher.run();
    teacher.command('stop');
    teacher.command('next');
    expect(room.wall.view.laid).toBe(1);
    teacher.prepare(TOY);
    expect(room.wall.view.laid).toBeNull();
    room.wall.conduct({ laid: 1 });
    expect(room.wall.view.laid).toBeNull();
  });

  it('goes when the session no longer remembers it', () => {
    const teacher = classroom();
    teacher.room.wall.conduct({ laid: 1 });
    for (let run = 2; run <= MAX_RUNS; run++) {
      expect(teacher.room.wall.view.laid).toBe(1);
      teacher.run();
      teacher.command('stop');
      teacher.command('next');
    }
    expect(teacher.room.runs[0]?.number).toBe(2);
    expect(teacher.room.wall.view.laid).toBeNull();
  });
});

describe('[P104] a run that a page asks for', () => {
  it('says, with the names that the page knows, what the results say of it', () => {
    const { room } = classroom();
    remove(room, 1);
    const told = recall(room, 'instructor', 1);
    if ('refusal' in told) throw new Error(told.refusal);
    const people = new Map(room.participants().map((each) => [each.index, each]));
    const [{ participants, ...run }] = resultsOf(room) as [ReturnType<typeof resultsOf>[0]];
    const result = resultOf(told.run, people);
    const nothing = { rank: null, verdict: null, bet: null, outcome: null, betPoints: null };
    expect(result).toEqual({
      ...run,
      participants: [...participants()].map((each) => ({ ...each, ...nothing })),
    });
    expect(result.participants.map(({ name, state }) => [name, state])).toEqual([
      ['Ada', 'unfinished'],
      ['Eve', 'diverged'],
    ]);
    expect([...pastRunOf(result).students.get(0)!.losses.slice(0)]).toEqual([3, 2, 1.5]);
    expect(JSON.stringify(told)).not.toMatch(/Ada|Eve/);
    // Whoever is renamed or leaves afterwards is so in what is shown already.
    people.set(0, { ...people.get(0)!, name: 'Grace' });
    people.delete(2);
    const [grace, ...others] = presentRun(result, people).participants;
    expect([grace, others]).toEqual([{ ...result.participants[0], name: 'Grace' }, []]);
  });

  it('is told to a projector only while it is shown there, and to nobody where there is none', () => {
    const { room } = classroom();
    expect(recall(room, 'projector', 1)).toEqual({ refusal: 'not_allowed' });
    room.wall.conduct({ laid: 1 });
    expect(recall(room, 'projector', 1)).toMatchObject({ run: { number: 1, ...PLAN } });
    expect(recall(room, 'projector', 2)).toEqual({ refusal: 'not_allowed' });
    // The second one is prepared and has not begun.
    for (const number of [2, 7]) {
      expect(recall(room, 'instructor', number)).toEqual({ refusal: 'wrong_run' });
    }
    room.wall.conduct({ laid: null });
    expect(recall(room, 'projector', 1)).toEqual({ refusal: 'not_allowed' });
  });
});

describe('[P105] a run that projectors show again', () => {
  const seen = { run: 1, step: 4, view: USUAL_WALL };

  it('is told to screens, without what cannot be shown, and to those that come later', () => {
    const { room, said } = classroom();
    instruct(room, 'desk', INSTRUCTOR_SECRET);
    said.length = 0;
    const view = { ...USUAL_WALL, pins: [7, 2], hidden: [9], laid: 1 };
    expect(room.wall.replay('desk', { run: 1, step: 400, view })).toBeNull();
    const shown = { run: 1, step: 10, view: { ...view, pins: [2], hidden: [], laid: null } };
    expect(said).toEqual([{ to: 'screens', event: 'replay', message: shown }]);
    expect(watch(room, 'late')).toMatchObject({ replay: shown });
    expect(recall(room, 'projector', 1)).toMatchObject({ run: { number: 1 } });
    for (const run of [2, 7]) expect(room.wall.replay('desk', { ...seen, run })).toBe('wrong_run');
    expect(room.wall.replayed).toEqual(shown);
  });

  it('lies over the run that is laid under it, which a projector may ask for too', () => {
    const teacher = classroom();
    teacher.run();
    teacher.command('stop');
    teacher.command('next');
    const view = { ...USUAL_WALL, laid: 2 };
    expect(teacher.room.wall.replay('desk', { run: 1, step: 1, view })).toBeNull();
    expect(recall(teacher.room, 'projector', 2)).toMatchObject({ run: { number: 2 } });
  });

  it('ends with the page that shows it, not with another, by any hand, and with the countdown of a run', () => {
    const teacher = classroom();
    const { room } = teacher;
    for (const peer of ['desk', 'phone']) instruct(room, peer, INSTRUCTOR_SECRET);
    room.wall.replay('desk', seen);
    room.wall.replay('phone', { ...seen, step: 5 });
    room.wall.replay('desk', null);
    leave(room, 'desk');
    expect(room.wall.replayed?.step).toBe(5);
    leave(room, 'phone');
    expect(room.wall.replayed).toBeNull();
    const ended = { to: 'screens', event: 'replay', message: null };
    expect(teacher.said.at(-1)).toEqual(ended);

    // Any instructor may end it by hand.
    room.wall.replay('desk', seen);
    room.wall.endReplay();
    expect(room.wall.replayed).toBeNull();
    expect(teacher.said.at(-1)).toEqual(ended);

    room.wall.replay('desk', seen);
    teacher.command('start');
    expect(room.wall.replayed).toBeNull();
    expect(room.wall.replay('desk', seen)).toBe('wrong_phase');
    teacher.time.pass(3_000);
    expect(room.wall.replay('desk', seen)).toBeNull();
    teacher.command('stop');
    expect(room.wall.replayed).toEqual(seen);
  });

  it('ends when the session no longer remembers it, and is stored nowhere', async () => {
    const teacher = classroom();
    await teacher.room.journal.flush();
    const before = await teacher.store.load('ACDEFG');
    for (let run = 2; run <= MAX_RUNS; run++) {
      teacher.run();
      teacher.room.wall.replay('desk', seen);
      teacher.command('stop');
      expect(teacher.room.wall.replayed).toEqual(seen);
      teacher.command('next');
    }
    expect(teacher.room.wall.replayed).toBeNull();
    expect(before?.session.wall).toBeNull();
    await teacher.room.journal.flush();
    expect((await teacher.store.load('ACDEFG'))?.session.wall).toBeNull();
  });
});
