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
} from '../../shared/limits.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect } from './client.ts';

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

it('opens sessions for those who know the password, and lets nobody try passwords out', async () => {
  const password = 'correct horse';
  const { url } = await startServer({ config: { instructorPassword: password } });
  expect(await post(url, {})).toEqual([401, { code: 'password_needed' }]);
  expect((await post(url, { password }))[0]).toBe(201);
  expect(await post(url, { password: 7 })).toEqual([400, { code: 'bad_message' }]);
  for (let k = 0; k < PASSWORD_TRIES.burst; k++) {
    expect(await post(url, { password: `guess ${k}` })).toEqual([403, { code: 'wrong_password' }]);
  }
  expect(await post(url, { password })).toEqual([429, tooMany]);
  expect(await post(url, {})).toEqual([401, { code: 'password_needed' }]);
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
