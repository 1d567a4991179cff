import express from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { limitRequests } from '../../server/http/limit.ts';
import { Proxies } from '../../server/http/proxies.ts';
import {
  CODE_GUESSES,
  MAX_BODY_BYTES,
  MESSAGE_RATES,
  OPENINGS,
  PASSWORD_TRIES,
  SLOW_LINE,
} from '../../shared/limits.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect } from './client.ts';

const SCHOOL = '203.0.113.7';
const tooMany = { code: 'too_many_requests', retryAfter: expect.any(Number) };

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return [response.status, (await response.json()) as unknown];
}

it('[P27] a kind of message that comes too often is refused until later; other kinds and sockets go on', async () => {
  const { url } = await startServer();
  const { code } = await createSession(url);
  const eager = await connect(url);
  const place = accepted(await eager.join(code, 'Eager'));
  const { burst } = MESSAGE_RATES.snapshot;
  const answers = await Promise.all(
    Array.from({ length: burst + 3 }, () => eager.ask('snapshot', {})),
  );
  expect(answers.slice(0, burst)).toEqual(Array.from({ length: burst }, () => ({ ok: true })));
  for (const answer of answers.slice(burst)) expect(answer).toEqual({ ok: false, ...tooMany });
  expect(answers.at(-1)?.['retryAfter']).toBeLessThanOrEqual(
    1_000 / MESSAGE_RATES.snapshot.perSecond,
  );
  accepted(await eager.ask('time', {}));
  const other = await connect(url);
  accepted(await other.resume(code, place.index, place.secret));
  accepted(await other.ask('snapshot', {}));
});

it('[P28] join codes cannot be tried out, over HTTP and sockets together; classes in use stay open', async () => {
  const { url, app } = await startServer();
  const { code } = await createSession(url);
  const unused = await app.rooms.create();
  if ('refusal' in unused) throw new Error(unused.refusal);
  const ask = async (typed: string) => (await fetch(`${url}/api/sessions/${typed}`)).status;
  for (let k = 0; k < CODE_GUESSES.burst; k += 50) {
    const statuses = await Promise.all(Array.from({ length: 50 }, () => ask('AAAAAA')));
    expect(new Set(statuses)).toEqual(new Set([404]));
  }
  // One or two more, which were earned meanwhile.
  await expect.poll(() => ask('AAAAAA')).toBe(429);
  expect(await ask(unused.code)).toBe(429);
  const guesser = await connect(url);
  expect(await guesser.join('AAAAAA', 'Eve')).toEqual({ ok: false, ...tooMany });
  expect(await guesser.join(unused.code, 'Eve')).toEqual({ ok: false, ...tooMany });
  accepted(await guesser.join(code, 'Ada'));
  expect(await ask(code)).toBe(200);
});

it('opens no more sessions for one address than a school needs at once', async () => {
  const { url } = await startServer({ config: { trustProxy: 1 } });
  const from = (address: string) => post(url, {}, { 'x-forwarded-for': address });
  for (let k = 0; k < OPENINGS.burst; k++) expect((await from('192.0.2.1'))[0]).toBe(201);
  expect(await from('192.0.2.1')).toEqual([429, tooMany]);
  expect((await from('192.0.2.2'))[0]).toBe(201);
});

it('opens sessions for those who know the password, and for nobody else', async () => {
  const password = 'correct horse';
  const { url } = await startServer({ config: { instructorPassword: password } });
  expect(await post(url, {})).toEqual([401, { code: 'password_needed' }]);
  expect((await post(url, { password }))[0]).toBe(201);
  for (const body of [{ password: 7 }, { password, ticket: 7 }]) {
    expect(await post(url, body)).toEqual([400, { code: 'bad_message' }]);
  }
  expect(await post(url, { password: 'battery' })).toEqual([403, { code: 'wrong_password' }]);
});

/** A server at whose address somebody has tried passwords until they are checked slowly. */
async function guessedAt(password: string) {
  const server = await startServer({ config: { instructorPassword: password, trustProxy: 1 } });
  const from = (address: string, body: object) =>
    post(server.url, body, { 'x-forwarded-for': address });
  const [, first] = await from(SCHOOL, { password });
  for (let k = 0; k < PASSWORD_TRIES.burst; k++) {
    const wrong = await from(SCHOOL, { password: `guess ${k}` });
    expect(wrong).toEqual([403, { code: 'wrong_password' }]);
  }
  const { ticket } = first as { ticket: string };
  return { ...server, from, ticket };
}

it('[P95] whoever guesses passwords at a teacher’s address makes the teacher wait for a turn, no longer', async () => {
  const password = 'correct horse';
  const { from, time } = await guessedAt(password);
  const inLine = (passwords: string[]) => passwords.map((each) => from(SCHOOL, { password: each }));
  const statuses = async (answers: ReturnType<typeof inLine>) =>
    (await Promise.all(answers)).map(([status]) => status);
  const few = inLine([password, 'more', password]);
  const tooManyAsk = Array.from({ length: SLOW_LINE.places - 2 }, () => password);
  // Of so many there is one too many: whichever comes last.
  const all = [...few, ...inLine(tooManyAsk)];
  const last = await Promise.race(all.map((answer, k) => answer.then(() => k)));
  expect(await all[last]).toEqual([429, tooMany]);
  expect((await from('192.0.2.1', { password }))[0]).toBe(201);
  // As many are drawn as there are turns; the others are told to ask again.
  time.pass(SLOW_LINE.patience);
  const drawn = (await statuses(all)).filter((status) => status !== 429);
  expect(drawn.length).toBeGreaterThanOrEqual(SLOW_LINE.patience / SLOW_LINE.pause - 1);
  expect(drawn.length).toBeLessThanOrEqual(SLOW_LINE.patience / SLOW_LINE.pause);
  let answered: unknown[] | null = null;
  void statuses(inLine(['more', password])).then((all) => (answered = all));
  await expect
    .poll(() => {
      time.pass(SLOW_LINE.pause);
      return answered;
    })
    .toEqual([403, 201]);
  expect(await from(SCHOOL, {})).toEqual([401, { code: 'password_needed' }]);
});

it('[P95] a ticket opens nothing, and lets its holder in beside whoever guesses', async () => {
  const password = 'correct horse';
  const { from, ticket } = await guessedAt(password);
  expect((await from(SCHOOL, { password, ticket }))[0]).toBe(201);
  expect(await from(SCHOOL, { ticket })).toEqual([401, { code: 'password_needed' }]);
  // Whoever took one away has no more tries by it than without.
  for (let k = 0; k < PASSWORD_TRIES.burst; k++) {
    expect((await from('192.0.2.1', { password: 'guess', ticket }))[0]).toBe(403);
  }
  expect((await from('192.0.2.1', { password: 'guess' }))[0]).toBe(403);
});

it('reads no body that is too large or no JSON', async () => {
  const { url } = await startServer();
  expect(await post(url, { password: 'x'.repeat(MAX_BODY_BYTES) })).toEqual([
    413,
    { code: 'bad_message' },
  ]);
  const broken = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  });
  expect([broken.status, await broken.json()]).toEqual([400, { code: 'bad_message' }]);
});

it('limits the requests of an address, and says when to come again', async () => {
  const refused: string[] = [];
  const web = express();
  web.use(limitRequests(3, new Proxies(1), (code) => refused.push(code)));
  web.get('/', (_request, response) => response.json('here'));
  const server = createServer(web).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const from = (address: string) => fetch(url, { headers: { 'x-forwarded-for': address } });
  for (let k = 0; k < 3; k++) expect((await from('192.0.2.1')).status).toBe(200);
  const late = await from('192.0.2.1');
  expect([late.status, await late.json()]).toEqual([429, tooMany]);
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await from('192.0.2.2')).status).toBe(200);
  expect(refused).toEqual(['too_many_requests']);
});
