import { describe, expect, it } from 'vitest';
import { setReference } from '../../../server/rooms/conduct.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import { Classroom, PLAN } from './classroom.ts';

describe('[P83] the reference', () => {
  it('needs a run, is told to everybody, and a repeat says nothing', () => {
    const classroom = new Classroom();
    const { room } = classroom;
    expect(setReference(room, 0.1)).toBe(REFUSALS.noRun);
    classroom.join('Ada');
    classroom.run();
    classroom.said = [];
    expect(setReference(room, 0.3)).toBeNull();
    expect(Classroom.views(classroom.heard('screens')).at(-1)?.run?.reference).toBe(0.3);
    expect(setReference(room, 0.3)).toBeNull();
    expect(classroom.said).toEqual([]);
  });

  it('is no participant: it has no rank, and the run ends without it', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    setReference(classroom.room, 0.3);
    expect(classroom.room.participants()).toHaveLength(1);
    classroom.losses(
      0,
      0,
      Array.from({ length: 10 }, () => 0.5),
    );
    classroom.time.pass(1_000);
    expect(classroom.room.phase).toBe('finished');
    expect(classroom.room.run?.standings.order).toEqual([0]);
  });

  it('goes on into the next run, and not into another plan', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    setReference(classroom.room, 0.3);
    classroom.command('stop');
    classroom.command('next');
    expect(classroom.room.view().run).toMatchObject({ number: 2, reference: 0.3 });
    classroom.prepare({ settings: { ...PLAN.settings, steps: 20 } });
    expect(classroom.room.view().run?.reference).toBeNull();
  });

  it('outlives the server', async () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.run();
    setReference(classroom.room, 0.3);
    await classroom.room.journal.flush();
    const stored = (await classroom.store.load('ACDEFG')) ?? undefined;
    const after = new Classroom({ store: classroom.store, stored });
    expect(after.room.view().run?.reference).toBe(0.3);
  });
});
