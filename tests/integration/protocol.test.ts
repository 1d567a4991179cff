import { describe, expect, it } from 'vitest';
import {
  MAX_MESSAGE_BYTES,
  MAX_PARTICIPANTS,
  MAX_REFUSALS,
  MAX_SCREENS,
  MAX_SIMULATED,
} from '../../shared/limits.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN, start } from './client.ts';

/** A server with one session, its instructor and one student. */
async function classroom() {
  const server = await startServer();
  const { code, secret } = await createSession(server.url);
  const teacher = await connect(server.url);
  accepted(await teacher.instruct(code, secret));
  const student = await connect(server.url);
  const place = accepted(await student.join(code, 'Ada'));
  return { ...server, code, secret, teacher, student, place };
}

/** The same, with a race under way. */
async function race() {
  const room = await classroom();
  accepted(await room.teacher.ask('prepare', PLAN));
  await start(room.teacher, room.time);
  await room.student.until(() => room.student.session?.phase === 'running');
  return room;
}

describe('messages', () => {
  it('[P1] are validated field by field and answered with a code', async () => {
    const { student, teacher, code } = await classroom();
    for (const [event, message] of [
      ['join', { version: 1, code }],
      ['join', { version: 1, code, name: 7 }],
      ['join', null],
      ['losses', { run: 1, from: 0, losses: 'many' }],
      ['losses', { run: -1, from: 0, losses: [] }],
      ['losses', { run: 1, from: 0.5, losses: [1] }],
      ['evaluations', { run: 1, from: 0, losses: [1, 2], accuracies: [0.5] }],
      ['pick', { run: 1, rate: 0 }],
      ['pick', { run: 1, rate: -1 }],
      ['pick', { run: 1, rate: 1e9 }],
      ['pick', { run: 1, rate: null }],
      ['time', 'now'],
    ] as const) {
      expect(await student.ask(event, message), JSON.stringify(message)).toEqual({
        ok: false,
        code: 'bad_message',
      });
    }
    for (const message of [
      { ...PLAN, settings: { ...PLAN.settings, model: 'transformer' } },
      { ...PLAN, settings: { ...PLAN.settings, steps: 0 } },
      { ...PLAN, settings: { ...PLAN.settings, experiment: 'mnist' } },
      { ...PLAN, pace: { kind: 'paced', stepsPerSecond: 1e9 } },
      { ...PLAN, rates: { kind: 'list', rates: [] } },
      { ...PLAN, rates: { kind: 'spread', from: 0, to: 1 } },
    ]) {
      expect(await teacher.ask('prepare', message)).toMatchObject({ code: 'bad_message' });
    }
    expect(await teacher.ask('command', { command: 'explode' })).toMatchObject({
      code: 'bad_message',
    });
    expect(await student.ask('__proto__', {})).toMatchObject({ code: 'unknown_event' });
    expect(await student.ask('constructor', {})).toMatchObject({ code: 'unknown_event' });
  });

  it('[P2] that are refused cost at most the socket that sent them', async () => {
    const { student, teacher, url, code } = await classroom();
    // The last ones are cut off before they are answered.
    for (let k = 0; k < MAX_REFUSALS; k++) student.ask('pick', {}).catch(() => null);
    await student.until(() => student.heard.includes('disconnect'));
    expect(student.heard).toContain('refused');
    expect(accepted(await teacher.ask('time', {}))['now']).toBeTypeOf('number');
    accepted(await (await connect(url)).join(code, 'Alan'));
  });

  it('[P3] of another version are refused', async () => {
    const { url, code } = await classroom();
    const client = await connect(url);
    expect(await client.ask('watch', { version: 999, code })).toMatchObject({
      code: 'wrong_version',
    });
  });

  it('[P4] a hundred times too large close the socket that sent them and nothing else', async () => {
    const { student, teacher } = await classroom();
    student.socket.emit('losses', 'x'.repeat(100 * MAX_MESSAGE_BYTES) as never, () => {});
    await student.until(() => student.heard.includes('disconnect'));
    accepted(await teacher.ask('time', {}));
  });

  it('[P5] that the role does not allow are refused', async () => {
    const { student, teacher, code, secret, url } = await classroom();
    const refusal = { ok: false, code: 'not_allowed' };
    for (const [event, message] of [
      ['prepare', PLAN],
      ['command', { command: 'start' }],
      ['lock', { locked: true }],
      ['draft', { seed: '2' }],
      ['wall', { beside: 'brain' }],
      ['point', { participant: 0 }],
      ['recall', { run: 1 }],
      ['replay', { shown: 'none' }],
      ['remove', { index: 0 }],
      ['rehearse', { students: 3 }],
    ] as const) {
      expect(await student.ask(event, message)).toEqual(refusal);
    }
    expect(await teacher.ask('losses', { run: 1, from: 0, losses: [1] })).toEqual(refusal);
    expect(await teacher.ask('pick', { run: 1, rate: 0.1 })).toEqual(refusal);
    expect(await student.join(code, 'Ada again')).toEqual(refusal);
    expect(await student.instruct(code, secret)).toEqual(refusal);
    expect(await (await connect(url)).ask('snapshot', {})).toEqual(refusal);
  });
});

describe('who is who', () => {
  it('[P6] is proved with a secret', async () => {
    const { url, code, place, secret } = await classroom();
    const other = await connect(url);
    expect(await other.resume(code, place.index, secret)).toMatchObject({ code: 'wrong_secret' });
    expect(await other.resume(code, 7, place.secret)).toMatchObject({ code: 'wrong_secret' });
    expect(await other.instruct(code, place.secret)).toMatchObject({ code: 'wrong_secret' });
    expect(await other.instruct('AAAAAA', secret)).toMatchObject({ code: 'unknown_code' });
    expect(await other.join('no code at all', 'Eve')).toMatchObject({ code: 'unknown_code' });
  });

  it('[P7] a newer socket replaces the older, which can do nothing more', async () => {
    const { url, code, place, student } = await classroom();
    const newer = await connect(url);
    expect(accepted(await newer.resume(code, place.index, place.secret)).name).toBe('Ada');
    await student.until(() => student.heard.includes('disconnect'));
    expect(student.heard).toContain('replaced');
    const [ada] = accepted(await newer.resume(code, place.index, place.secret)).participants;
    expect(ada!.status.state).toBe('ready');
  });

  it('[P8] a nickname in use gets a number; one that cannot be shown is refused with its reason', async () => {
    const { url, code } = await classroom();
    const names = async (name: string) => (await connect(url)).join(code, name);
    expect(accepted(await names('ada')).name).toBe('ada 2');
    expect(accepted(await names('  Ada  ')).name).toBe('Ada 3');
    expect(await names('   ')).toMatchObject({ code: 'name_empty' });
    expect(await names('a'.repeat(25))).toMatchObject({ code: 'name_too_long' });
    expect(await names('a\u0007b')).toMatchObject({ code: 'name_bad_characters' });
    expect(await names('a\u202eb')).toMatchObject({ code: 'name_bad_characters' });
  });

  it('[P9] the removed cannot return; a locked room takes back its own and nobody else', async () => {
    const { url, code, teacher, student, place } = await classroom();
    accepted(await teacher.ask('lock', { locked: true }));
    const newcomer = await connect(url);
    expect(await newcomer.join(code, 'Alan')).toMatchObject({ code: 'room_locked' });
    accepted(await (await connect(url)).resume(code, place.index, place.secret));
    accepted(await teacher.ask('remove', { index: place.index }));
    await student.until(() => student.heard.includes('disconnect'));
    const back = await connect(url);
    expect(await back.resume(code, place.index, place.secret)).toMatchObject({ code: 'removed' });
    await teacher.until(() => teacher.heard.includes('gone'));
  });

  it('a full room and too many screens are refused, to simulated students too', async () => {
    const { url, app, code, teacher, secret } = await classroom();
    expect(await teacher.ask('rehearse', { students: MAX_SIMULATED + 1 })).toMatchObject({
      code: 'bad_message',
    });
    for (let k = 1; k < MAX_SCREENS; k++)
      accepted(await (await connect(url)).instruct(code, secret));
    expect(await (await connect(url)).instruct(code, secret)).toMatchObject({
      code: 'too_many_screens',
    });
    const { roster } = app.rooms.find(code)!;
    for (let k = 1; k < MAX_PARTICIPANTS; k++) {
      const newcomer = { name: `Student ${k}`, secret: `${k}`, simulated: false };
      expect(roster.add(newcomer, `peer ${k}`)).toHaveProperty('participant');
    }
    expect(await (await connect(url)).join(code, 'One more')).toMatchObject({ code: 'room_full' });
    expect(await teacher.ask('rehearse', { students: 1 })).toMatchObject({ code: 'room_full' });
  });
});

describe('the session', () => {
  it('[P10] refuses what makes no sense in its phase', async () => {
    const { teacher, student, url } = await classroom();
    const command = (name: string) => teacher.ask('command', { command: name });
    expect(await command('start')).toMatchObject({ code: 'no_run' });
    for (const name of ['pause', 'resume', 'step', 'stop', 'next']) {
      expect(await command(name), name).toMatchObject({ code: 'wrong_phase' });
    }
    expect(await student.ask('losses', { run: 1, from: 0, losses: [1] })).toMatchObject({
      code: 'wrong_run',
    });
    const empty = await createSession(url);
    const alone = await connect(url);
    accepted(await alone.instruct(empty.code, empty.secret));
    accepted(await alone.ask('prepare', PLAN));
    expect(await alone.ask('command', { command: 'start' })).toMatchObject({ code: 'no_students' });
  });

  it('[P12] fixes settings and rates from the countdown on; a race has no single steps', async () => {
    const { teacher, student, url, code } = await race();
    expect(await teacher.ask('prepare', PLAN)).toMatchObject({ code: 'wrong_phase' });
    expect(await student.ask('pick', { run: 1, rate: 0.5 })).toMatchObject({ code: 'rate_fixed' });
    accepted(await teacher.ask('command', { command: 'pause' }));
    expect(await teacher.ask('command', { command: 'step' })).toMatchObject({
      code: 'not_in_race',
    });
    const late = accepted(await (await connect(url)).join(code, 'Alan'));
    expect(late.participants.find(({ index }) => index === late.index)!.rate).toBe(1);
  });

  it('lets students pick within the range, before the start', async () => {
    const { teacher, student } = await classroom();
    accepted(await teacher.ask('prepare', { ...PLAN, rates: { kind: 'pick', from: 0.1, to: 1 } }));
    expect(await student.ask('pick', { run: 1, rate: 2 })).toMatchObject({ code: 'bad_rate' });
    expect(await student.ask('pick', { run: 2, rate: 0.2 })).toMatchObject({ code: 'wrong_run' });
    accepted(await student.ask('pick', { run: 1, rate: 0.2 }));
  });
});

describe('loss points', () => {
  const report = (from: number, losses: number[]) => ({ run: 1, from, losses });

  it('[P13] [P14] are kept once, whatever is repeated, and a gap is answered with where to go on', async () => {
    const { student, teacher, place } = await race();
    expect(await student.ask('losses', report(0, [3, 2, 1]))).toEqual({ ok: true, held: 3 });
    expect(await student.ask('losses', report(0, [3, 2, 1]))).toEqual({ ok: true, held: 3 });
    expect(await student.ask('losses', report(1, [9, 9, 0.5]))).toEqual({ ok: true, held: 4 });
    expect(await student.ask('losses', report(6, [1]))).toEqual({
      ok: false,
      code: 'gap',
      held: 4,
    });
    await teacher.until(() => teacher.losses(place.index).length === 4);
    expect(teacher.losses(place.index)).toEqual([3, 2, 1, 0.5]);
  });

  it('[P15] [P22] that cannot be true are refused: NaN, infinite, negative, of 64 bits, past the end', async () => {
    const { student } = await race();
    for (const loss of [NaN, Infinity, -1, 0.1, 1e39, null, '1']) {
      expect(
        await student.ask('losses', { run: 1, from: 0, losses: [1, loss] }),
        String(loss),
      ).toEqual({ ok: false, code: 'bad_losses' });
    }
    expect(await student.ask('losses', report(49, [1, 1]))).toMatchObject({ code: 'bad_losses' });
    expect(await student.ask('losses', { ...report(0, [1]), run: 2 })).toMatchObject({
      code: 'wrong_run',
    });
    expect(await student.ask('losses', report(0, [1]))).toEqual({ ok: true, held: 1 });
  });

  it('[P16] [P21] end where a run diverged, and "finished" never overtakes them', async () => {
    const { student, teacher, place } = await race();
    expect(await student.ask('losses', { ...report(0, [1, 2]), divergedAt: 7 })).toMatchObject({
      code: 'bad_losses',
    });
    accepted(await student.ask('losses', { ...report(0, [1, 2]), divergedAt: 2 }));
    await teacher.until(() => teacher.session?.phase === 'finished');
    expect(teacher.losses(place.index)).toEqual([1, 2]);
    const finished = teacher.heard.lastIndexOf('session');
    expect(teacher.heard.indexOf('frame')).toBeLessThan(finished);
    expect(await student.ask('losses', report(2, [3]))).toEqual({ ok: true, held: 2 });
  });

  it('[P18] [P20] who returns hears what the server holds; who comes late gets all columns', async () => {
    const { student, url, code, place } = await race();
    accepted(await student.ask('losses', report(0, [3, 2])));
    student.socket.disconnect();
    const back = await connect(url);
    const again = accepted(await back.resume(code, place.index, place.secret));
    expect(again.held).toEqual({ losses: 2, evaluations: 0 });
    await back.until(() => back.losses(place.index).length === 2);
    const late = await connect(url);
    accepted(await late.join(code, 'Late'));
    await late.until(() => late.frames.length > 0);
    expect(late.losses(place.index)).toEqual([3, 2]);
  });
});

it('sessions know nothing of one another', async () => {
  const one = await race();
  const { code, secret } = await createSession(one.url);
  const other = await connect(one.url);
  accepted(await other.instruct(code, secret));
  accepted(await one.student.ask('losses', { run: 1, from: 0, losses: [1] }));
  await one.teacher.until(() => one.teacher.losses(0).length === 1);
  expect(other.heard.filter((event) => event === 'frame' || event === 'roster')).toEqual([]);
  expect(await other.resume(code, one.place.index, one.place.secret)).toMatchObject({ ok: false });
});
