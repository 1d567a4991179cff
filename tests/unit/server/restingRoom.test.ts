import { expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../../shared/protocol/events.ts';
import { TIMING } from '../../../shared/limits.ts';
import { Wire } from './wire.ts';

/** More turns than it takes to let a room go, and to find one. */
const TURNS = 40;
const secret = 'a'.repeat(22);

async function turns(count: number): Promise<void> {
  for (let k = 0; k < count; k++) await Promise.resolve();
}

async function session(wire: Wire): Promise<string> {
  const created = await wire.rooms.create();
  if ('refusal' in created) throw new Error(created.refusal);
  return created.code;
}

it('[P44] who joins at any moment at which an idle session leaves the memory is in the session that stays', async () => {
  for (let late = 0; late < TURNS; late++) {
    const wire = new Wire();
    const code = await session(wire);
    wire.time.pass(TIMING.sessionIdle - 1);
    const phone = wire.connect();
    wire.time.pass(1);
    await turns(late);
    const ack = await phone.ask('join', { version: PROTOCOL_VERSION, code, name: 'Ada', secret });
    expect(ack, `after ${late} turns`).toMatchObject({ ok: true, index: 0 });
    await wire.settle();
    const room = wire.rooms.find(code);
    expect(room?.roster.connected, `after ${late} turns`).toBe(1);
    expect(await room?.journal.flush()).toBe(true);
    expect(wire.failures).toEqual([]);
  }
});

it('[P45] who joins at any moment at which the session is deleted hears that it is over', async () => {
  for (let late = 0; late < TURNS; late++) {
    const wire = new Wire();
    const code = await session(wire);
    const phone = wire.connect();
    const ending = wire.rooms.end(code);
    await turns(late);
    const ack = await phone.ask('join', { version: PROTOCOL_VERSION, code, name: 'Ada', secret });
    await ending;
    await wire.settle();
    wire.time.pass(1);
    const farewell = phone.heard.some(({ event }) => event === 'farewell');
    expect(ack.ok ? farewell : ack['code'], `after ${late} turns`).toBe(
      ack.ok ? true : 'unknown_code',
    );
    expect(wire.rooms.codes).toEqual([]);
  }
});
