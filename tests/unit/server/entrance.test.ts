import { expect, it } from 'vitest';
import { TIMING } from '../../../shared/limits.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/events.ts';
import { Wire } from './wire.ts';

it('a connection that enters no session is closed after a while; one that has, stays', async () => {
  const wire = new Wire();
  const opened = await wire.rooms.create();
  if ('refusal' in opened) throw new Error(opened.refusal);
  const [idle, teacher] = [wire.connect(), wire.connect()];
  await teacher.ask('instruct', { version: PROTOCOL_VERSION, ...opened });
  wire.time.pass(TIMING.entrance - 1);
  expect(idle.connected).toBe(true);
  wire.time.pass(1);
  expect([idle.connected, teacher.connected]).toEqual([false, true]);
});

it('who hangs up while the session is fetched is not in it', async () => {
  const wire = new Wire();
  const opened = await wire.rooms.create();
  if ('refusal' in opened) throw new Error(opened.refusal);
  const hasty = wire.connect();
  const { code } = opened;
  const join = { version: PROTOCOL_VERSION, code, name: 'Hasty', secret: 'h'.repeat(24) };
  const answer = hasty.ask('join', join);
  hasty.disconnect();
  wire.time.pass(10_000);
  await wire.settle();
  wire.time.pass(10_000);
  await answer;
  expect(wire.rooms.find(code)?.participants()).toMatchObject([{ status: { state: 'away' } }]);
  expect(wire.rooms.find(code)?.isOccupied).toBe(false);
});
