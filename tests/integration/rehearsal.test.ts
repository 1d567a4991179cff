import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../../server/store/memory.ts';
import { MAX_SIMULATED } from '../../shared/limits.ts';
import { createSession, startServer } from '../support.ts';
import { expectSameBits, observe } from '../browser/headless.ts';
import { accepted, connect, PLAN, start } from './client.ts';

describe('simulated students', () => {
  it('join from a process of their own, train for real, and end with the bits of a headless run', async () => {
    const { url } = await startServer();
    const { code, secret } = await createSession(url);
    const teacher = await connect(url);
    accepted(await teacher.instruct(code, secret));
    accepted(await teacher.ask('rehearse', { students: 8 }));
    const plan = { ...PLAN, rates: { kind: 'spread', from: 0.01, to: 3 } };
    accepted(await teacher.ask('prepare', plan));
    accepted(await teacher.ask('command', { command: 'start' }));
    await teacher.until(() => teacher.session?.phase === 'finished');
    const { welcome, frame } = await observe(url, code);
    expect(welcome.participants.length).toBe(8);
    expect(welcome.participants.every(({ simulated }) => simulated)).toBe(true);
    expect(welcome.participants.map(({ status }) => status.state)).toContain('diverged');
    await expectSameBits(welcome.session.run!, welcome.participants, frame);
  });

  it('are capped, those still on their way included', async () => {
    let arrive = () => {};
    const arrival = new Promise<void>((resolve) => (arrive = resolve));
    const { url } = await startServer({ rehearse: () => arrival });
    const { code, secret } = await createSession(url);
    const teacher = await connect(url);
    accepted(await teacher.instruct(code, secret));
    const first = teacher.ask('rehearse', { students: MAX_SIMULATED });
    expect(await teacher.ask('rehearse', { students: 1 })).toMatchObject({
      code: 'too_many_simulated',
    });
    arrive();
    accepted(await first);
  });

  it('that cannot be started, or not in a locked room, are said to be refused', async () => {
    const { url } = await startServer({
      rehearse: () => Promise.reject(new Error('no processes left')),
    });
    const { code, secret } = await createSession(url);
    const teacher = await connect(url);
    accepted(await teacher.instruct(code, secret));
    expect(await teacher.ask('rehearse', { students: 3 })).toMatchObject({
      code: 'rehearsal_failed',
    });
    accepted(await teacher.ask('lock', { locked: true }));
    expect(await teacher.ask('rehearse', { students: 3 })).toMatchObject({ code: 'room_locked' });
  });
});

it('a second server over the same store has session, roster, run and columns back', async () => {
  const store = new MemoryStore();
  const first = await startServer({ store });
  const { code, secret } = await createSession(first.url);
  const teacher = await connect(first.url);
  accepted(await teacher.instruct(code, secret));
  const student = await connect(first.url);
  const place = accepted(await student.join(code, 'Ada'));
  accepted(await teacher.ask('prepare', PLAN));
  await start(teacher, first.time);
  await student.until(() => student.session?.phase === 'running');
  accepted(await student.ask('losses', { run: 1, from: 0, losses: [3, 2, 1] }));
  await first.app.close();

  const second = await startServer({ store });
  const back = await connect(second.url);
  const again = accepted(await back.resume(code, place.index, place.secret));
  expect(again.held).toEqual({ losses: 3, evaluations: 0 });
  expect(again.session).toMatchObject({
    phase: 'running',
    run: { number: 1, settings: PLAN.settings },
  });
  await back.until(() => back.losses(place.index).length === 3);
  expect(back.losses(place.index)).toEqual([3, 2, 1]);
  const instructor = await connect(second.url);
  accepted(await instructor.instruct(code, secret));
});
