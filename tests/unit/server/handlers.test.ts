import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Context } from '../../../server/handlers/context.ts';
import { studying } from '../../../server/handlers/student.ts';
import { UNWATCHED } from '../../../server/rooms/meter.ts';
import { resume } from '../../../server/rooms/entrance.ts';
import { Rooms } from '../../../server/rooms/rooms.ts';
import { Classroom } from './classroom.ts';

it('[P7] what is still under way from a connection that was replaced is refused', () => {
  const classroom = new Classroom();
  const { secret } = classroom.join('Ada');
  classroom.run();
  const { room, time, store, verifier } = classroom;
  const log = pino({ level: 'silent' });
  const outletFor = () => room.context.outlet;
  const context: Context = {
    find: () => expect.unreachable(),
    newcomers: { take: () => expect.unreachable(), giveBack: () => expect.unreachable() },
    rooms: new Rooms({
      time,
      store,
      log,
      meter: UNWATCHED,
      verifier,
      outletFor,
      joinUrl: () => '',
    }),
    count: { message() {}, refused() {} },
    rehearse: () => Promise.reject(new Error('no rehearsal')),
    log,
    localUrl: () => '',
    now: () => time.now(),
    after: () => () => {},
    peer: 'Ada',
    seat: { role: 'student', room, index: 0 },
    sit: () => expect.unreachable(),
  };
  const report = { run: 1, from: 0, losses: [1] };
  expect(studying.losses(context, report)).toEqual({ ok: true, held: 1 });
  resume(room, 'newer', 0, secret);
  const late = { run: 1, from: 1, losses: [1] };
  expect(studying.losses(context, late)).toEqual({ ok: false, code: 'not_allowed' });
  expect(studying.losses({ ...context, peer: 'newer' }, late)).toEqual({ ok: true, held: 2 });
});
