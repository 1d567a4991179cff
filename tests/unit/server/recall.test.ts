import { describe, expect, it } from 'vitest';
import { pastRunOf } from '../../../client/history/pastRun.ts';
import { resultOf } from '../../../client/history/recalledRun.ts';
import { remove } from '../../../server/rooms/conduct.ts';
import { recall } from '../../../server/rooms/recall.ts';
import { resultsOf } from '../../../server/rooms/results.ts';
import { MAX_RUNS } from '../../../shared/limits.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { Classroom, PLAN } from './classroom.ts';

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
