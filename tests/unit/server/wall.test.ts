import { describe, expect, it } from 'vitest';
import { remove } from '../../../server/rooms/conduct.ts';
import { instruct, leave, watch } from '../../../server/rooms/entrance.ts';
import { USUAL_WALL, type WallView } from '../../../shared/wall.ts';
import { Classroom, INSTRUCTOR_SECRET, PLAN } from './classroom.ts';

const SOFTMAX = {
  settings: {
    experiment: 'mnist' as const,
    model: 'softmax' as const,
    seed: 1,
    steps: 10,
    init: { kind: 'zeros' as const },
    images: 2_000 as const,
    batchSize: 32,
    order: 'file' as const,
  },
};

/** A class of three with a run under way, and an instructor's page. */
function classroom() {
  const room = new Classroom();
  for (const name of ['Ada', 'Bob', 'Eve']) room.join(name);
  room.run();
  instruct(room.room, 'desk', INSTRUCTOR_SECRET);
  room.said = [];
  return room;
}

const walls = (said: readonly { event: string; message: unknown }[]) =>
  said.filter(({ event }) => event === 'wall').map(({ message }) => message as WallView);

describe('[P100] how the wall looks', () => {
  it('changes by the fields that are given, for screens alone, and is told again where it is the same', () => {
    const { room, said } = classroom();
    room.wall.conduct({ beside: 'brain', spacing: 'linear', memory: undefined });
    room.wall.conduct({ pins: [2, 0], metric: 'test' });
    room.wall.conduct({ metric: 'test' });
    const pinned = { ...USUAL_WALL, beside: 'brain', spacing: 'linear', pins: [2, 0] };
    expect(walls(said)).toEqual([
      { ...pinned, pins: [] },
      { ...pinned, metric: 'test' },
      { ...pinned, metric: 'test' },
    ]);
    expect(new Set(said.map(({ to }) => to))).toEqual(new Set(['screens']));
  });

  it('is in the welcome of every screen that comes later, with how many projectors there are', () => {
    const { room } = classroom();
    room.wall.conduct({ asTable: true });
    room.wall.point('desk', 1);
    const seen = { wall: { ...USUAL_WALL, asTable: true }, pointed: 1, replay: null };
    expect(watch(room, 'wall')).toMatchObject({ ok: true, ...seen, projectors: 1 });
    expect(watch(room, 'another')).toMatchObject({ ok: true, ...seen, projectors: 2 });
    expect(instruct(room, 'phone', INSTRUCTOR_SECRET)).toMatchObject({ ...seen, projectors: 2 });
  });

  it('outlives the server, and what nobody has conducted is stored as nothing', async () => {
    const before = classroom();
    await before.room.journal.flush();
    expect((await before.store.load('ACDEFG'))?.session.wall).toBeNull();
    before.room.wall.conduct({ unit: 'seconds', hidden: [1] });
    before.room.wall.point('desk', 1);
    await before.room.journal.flush();
    const stored = (await before.store.load('ACDEFG')) ?? undefined;
    const after = new Classroom({ store: before.store, stored });
    expect(watch(after.room, 'wall')).toMatchObject({
      wall: { ...USUAL_WALL, unit: 'seconds', hidden: [1] },
      pointed: null,
    });
  });

  it('has nobody in it who is not in the room', () => {
    const { room, said } = classroom();
    room.wall.conduct({ pins: [0, 7, 1], hidden: [2, 4_000] });
    expect(room.wall.view).toMatchObject({ pins: [0, 1], hidden: [2] });
    room.wall.point('desk', 1);
    said.length = 0;
    remove(room, 1);
    expect(room.wall.view).toMatchObject({ pins: [0], hidden: [2] });
    expect(walls(said).at(-1)).toMatchObject({ pins: [0], hidden: [2] });
    expect(said).toContainEqual({ to: 'projectors', event: 'pointed', message: null });
    room.wall.point('desk', 7);
    expect(room.wall.pointed).toBeNull();
  });
});

describe('[P101] a finger', () => {
  it('is shown to projectors, each change once, and stored nowhere', async () => {
    const { room, said } = classroom();
    await room.journal.flush();
    said.length = 0;
    for (const participant of [1, 1, 2]) room.wall.point('desk', participant);
    // Another page lets go of nothing that it does not hold.
    room.wall.point('phone', null);
    expect(said).toEqual([
      { to: 'projectors', event: 'pointed', message: 1 },
      { to: 'projectors', event: 'pointed', message: 2 },
    ]);
    room.wall.point('phone', 0);
    room.wall.point('desk', null);
    expect(room.wall.pointed).toBe(0);
  });

  it('goes with the page that points', () => {
    const { room, said } = classroom();
    instruct(room, 'phone', INSTRUCTOR_SECRET);
    room.wall.point('desk', 1);
    leave(room, 'phone');
    expect(room.wall.pointed).toBe(1);
    leave(room, 'desk');
    expect(said.at(-1)).toEqual({ to: 'projectors', event: 'pointed', message: null });
  });
});

describe('[P101] a finger in the course of a run', () => {
  it('stays through a pause and goes with the run', () => {
    const teacher = classroom();
    const { room } = teacher;
    room.wall.point('desk', 1);
    teacher.command('pause');
    teacher.command('resume');
    expect(room.wall.pointed).toBe(1);
    teacher.command('stop');
    expect(room.phase).toBe('finished');
    expect(room.wall.pointed).toBeNull();
    expect(teacher.said).toContainEqual({ to: 'projectors', event: 'pointed', message: null });
    room.wall.point('desk', 1);
    teacher.command('next');
    expect(room.wall.pointed).toBeNull();
  });
});

describe('[P102] the wall of the next run', () => {
  const CHOSEN = {
    beside: 'brain',
    spacing: 'linear',
    zoom: { x: { min: 2, max: 5 }, y: null },
    memory: 0.5,
    state: 'done',
    asTable: true,
    pins: [0],
    hidden: [1],
    sweep: { measure: 'steps', goal: 0.2, asTable: true },
  } as const;

  it('keeps how curves are read, and nothing of the moment', () => {
    const room = classroom();
    room.room.wall.conduct(CHOSEN);
    room.room.wall.point('desk', 0);
    room.command('stop');
    expect(room.room.wall.view).toMatchObject(CHOSEN);
    room.command('next');
    const sweep = { measure: 'steps', goal: 0.2, asTable: false };
    const next = { ...USUAL_WALL, spacing: 'linear', memory: 0.5, sweep };
    expect(room.room.wall.view).toEqual(next);
    expect(room.room.wall.pointed).toBeNull();
    room.prepare({ settings: { ...PLAN.settings, steps: 20 } });
    expect(room.room.wall.view).toEqual(next);
  });

  it('begins anew with another experiment', () => {
    const room = classroom();
    room.room.wall.conduct(CHOSEN);
    room.command('stop');
    room.command('next');
    room.prepare(SOFTMAX);
    expect(room.room.wall.view).toEqual(USUAL_WALL);
  });
});

it('[P100] instructors are told how many projectors there are', () => {
  const { room, said } = classroom();
  watch(room, 'wall');
  watch(room, 'wall');
  leave(room, 'wall');
  const told = said.filter(({ event }) => event === 'projectors');
  expect(told).toEqual([
    { to: 'instructors', event: 'projectors', message: 1 },
    { to: 'instructors', event: 'projectors', message: 0 },
  ]);
});
