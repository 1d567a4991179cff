import { WebSocket } from 'ws';
import { expect, it } from 'vitest';
import { JOINS } from '../../shared/limits.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/events.ts';
import { createSession, startServer } from '../support.ts';

/** Sockets open at a time. */
const AT_A_TIME = 50;

it('[P93] one client that joins on socket after socket does not fill the room for all others', async () => {
  const { url, app } = await startServer({ config: { trustProxy: 1 } });
  const { code } = await createSession(url);
  /** Joins over a bare WebSocket, and hangs up; resolves to the answer. */
  const join = (k: number, from: string) =>
    new Promise<unknown>((resolve, reject) => {
      const socket = new WebSocket(
        `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
        { headers: { 'x-forwarded-for': from }, perMessageDeflate: false },
      );
      const secret = `${k}`.padStart(24, 's');
      const message = { version: PROTOCOL_VERSION, code, name: `S${k}`, secret };
      socket.once('error', reject);
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('0')) socket.send('40');
        else if (text.startsWith('40')) socket.send(`420${JSON.stringify(['join', message])}`);
        else if (text.startsWith('430')) {
          socket.close();
          resolve((JSON.parse(text.slice(3)) as unknown[])[0]);
        }
      });
    });
  let begun = 0;
  let refused = 0;
  const client = async () => {
    while (begun < JOINS.burst + 200) {
      const answer = await join(begun++, '192.0.2.1');
      if (!(answer as { ok: boolean }).ok) {
        refused += 1;
        expect(answer).toMatchObject({ code: 'too_many_requests', retryAfter: expect.any(Number) });
      }
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: AT_A_TIME }, client));
  const earned = Math.ceil(((performance.now() - started) / 1_000) * JOINS.perSecond);
  expect(refused).toBeGreaterThanOrEqual(200 - earned);
  expect(app.rooms.find(code)?.roster.size).toBe(JOINS.burst + 200 - refused);
  expect(await join(begun, '192.0.2.2')).toMatchObject({ ok: true });
});
