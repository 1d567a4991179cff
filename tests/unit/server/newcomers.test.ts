import { beforeEach, expect, it } from 'vitest';
import { JOINS } from '../../../shared/limits.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/events.ts';
import { Wire } from './wire.ts';

const SCHOOL = '203.0.113.7';
const tooMany = { ok: false, code: 'too_many_requests', retryAfter: expect.any(Number) };

let wire: Wire;
let codes: string[];

beforeEach(async () => {
  wire = new Wire();
  codes = [];
  for (let k = 0; k < 2; k++) {
    const opened = await wire.rooms.create();
    if ('refusal' in opened) throw new Error(opened.refusal);
    codes.push(opened.code);
  }
});

/** Joins over a connection of its own, as one client can do as often as it wants. */
async function join(k: number, { code = codes[0]!, from = SCHOOL, name = `S${k}` } = {}) {
  const secret = `${k}`.padStart(24, 's');
  return wire.connect(from).ask('join', { version: PROTOCOL_VERSION, code, name, secret });
}

async function fill() {
  const all = Array.from({ length: JOINS.burst }, (_, k) => join(k));
  for (const answer of await Promise.all(all)) expect(answer).toHaveProperty('ok', true);
}

it('[P93] a crowd from one address is let in at once, and then few; others are not held up', async () => {
  await fill();
  const late = await join(JOINS.burst);
  expect(late).toEqual(tooMany);
  expect(wire.rooms.find(codes[0]!)?.roster.size).toBe(JOINS.burst);
  expect(await join(JOINS.burst, { from: '198.51.100.1' })).toHaveProperty('ok', true);
  expect(await join(JOINS.burst, { code: codes[1]! })).toHaveProperty('ok', true);
  wire.time.pass(late['retryAfter'] as number);
  expect(await join(JOINS.burst + 1)).toHaveProperty('ok', true);
  expect(await join(JOINS.burst + 2)).toEqual(tooMany);
});

it('[P93] who has a place already comes back beyond the limit, joining again or resuming', async () => {
  await fill();
  expect(await join(5)).toMatchObject({ ok: true, index: 5 });
  const place = {
    version: PROTOCOL_VERSION,
    code: codes[0]!,
    index: 6,
    secret: '6'.padStart(24, 's'),
  };
  expect(await wire.connect(SCHOOL).ask('resume', place)).toMatchObject({ ok: true, index: 6 });
});

it('[P93] joins that the room refuses do not count', async () => {
  for (let k = 0; k < JOINS.burst; k++) {
    expect(await join(k, { name: ' ' })).toMatchObject({ code: 'name_empty' });
  }
  await fill();
});
