import { describe, expect, it } from 'vitest';
import { instruct, watch } from '../../../server/rooms/entrance.ts';
import { defaultForm } from '../../../shared/plan/defaultForm.ts';
import { formOf } from '../../../shared/plan/formOf.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import { Classroom, INSTRUCTOR_SECRET, PLAN } from './classroom.ts';

describe('[P103] what is being set for the next run', () => {
  it('changes field by field, for instructors alone', () => {
    const { room, said } = new Classroom();
    said.length = 0;
    expect(room.draft.change({ seed: '7', from: undefined })).toBeNull();
    expect(room.draft.change({ to: '1,5' })).toBeNull();
    const form = { ...defaultForm('linear'), seed: '7' };
    expect(said).toEqual([
      { to: 'instructors', event: 'draft', message: form },
      { to: 'instructors', event: 'draft', message: { ...form, to: '1,5' } },
    ]);
  });

  it('is in the welcome of a later instructor, and of no projector', () => {
    const { room } = new Classroom();
    room.draft.change({ list: 'no number at all' });
    const draft = { ...defaultForm('linear'), list: 'no number at all' };
    expect(instruct(room, 'phone', INSTRUCTOR_SECRET)).toMatchObject({ draft });
    expect(watch(room, 'wall')).toMatchObject({ ok: true, draft: null });
  });

  it('is the run that was prepared last, as soon as one is, and after the server was away', async () => {
    const classroom = new Classroom();
    const { room, said } = classroom;
    room.draft.change({ seed: '7' });
    said.length = 0;
    classroom.prepare();
    const form = formOf(PLAN);
    expect(said).toContainEqual({ to: 'instructors', event: 'draft', message: form });
    const back = async () => {
      await room.journal.flush();
      const stored = (await classroom.store.load('ACDEFG')) ?? undefined;
      return new Classroom({ store: classroom.store, stored }).room.draft.form;
    };
    expect(await back()).toEqual(form);
    room.draft.change({ seed: '8' });
    expect(await back()).toEqual({ ...form, seed: '8' });
    classroom.prepare();
    expect(await back()).toEqual(form);
  });

  it('stays while a run is under way, and has no model that its experiment has not', () => {
    const classroom = new Classroom();
    const { room } = classroom;
    classroom.join('Ada');
    classroom.run();
    expect(room.draft.change({ experiment: 'mnist', model: 'convnet' })).toBeNull();
    const form = room.draft.form;
    classroom.said = [];
    expect(room.draft.change({ experiment: 'toy' })).toBe(REFUSALS.badMessage);
    expect(room.draft.change({ model: 'perceptron' })).toBe(REFUSALS.badMessage);
    expect(room.draft.form).toEqual(form);
    expect(classroom.said).toEqual([]);
    classroom.command('stop');
    classroom.command('next');
    expect(room.draft.form).toEqual(form);
  });
});
