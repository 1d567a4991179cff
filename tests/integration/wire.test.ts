import { WebSocket } from 'ws';
import { expect, it, onTestFinished } from 'vitest';
import type { TimeSource } from '../../server/time.ts';
import { MAX_UNREAD_BYTES, TIMING, WIRE_PINGS } from '../../shared/limits.ts';
import { ForwardTime } from '../forwardTime.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect } from './client.ts';

/** A bare WebSocket to the server, open; ended with the test. */
async function bare(url: string, query = '') {
  const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket${query}`;
  const socket = new WebSocket(address);
  onTestFinished(() => socket.terminate());
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => {
    heard.push(data.toString());
    // Answers the server's pings, so that it is not for its silence that it ends.
    if (data.toString() === '2') socket.send('3');
  });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const hears = (start: string) =>
    expect.poll(() => heard.some((text) => text.startsWith(start))).toBe(true);
  return { socket, heard, closed, hears };
}

/** Begins a connection over polling; what is said in one request the server hears at once. */
async function polling(url: string) {
  const address = `${url}/socket.io/?EIO=4&transport=polling`;
  const opened = await (await fetch(address)).text();
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
  const at = `${address}&sid=${sid}`;
  return {
    sid,
    say: (...packets: string[]) =>
      fetch(at, { method: 'POST', body: packets.join('\x1e') }).catch(() => null),
    /** The status of asking for what the server has to say. */
    ask: async () => (await fetch(at)).status,
  };
}

/** A class that has to outlive what is done to its server. */
async function classroom(clock?: TimeSource) {
  const server = await startServer(clock && { clock });
  const { code, secret } = await createSession(server.url);
  const teacher = await connect(server.url);
  accepted(await teacher.instruct(code, secret));
  return {
    ...server,
    /** Nobody's connection but the teacher's is left, and that one works. */
    async isWhole() {
      await expect.poll(() => server.app.connections()).toBe(1);
      accepted(await teacher.ask('time', {}));
      expect(teacher.heard).not.toContain('disconnect');
    },
  };
}

it('[P91] a connection that leaves and enters again, or enters twice, ends, and nothing else does', async () => {
  const { url, isWhole } = await classroom();
  const again = await bare(url);
  again.socket.send('40');
  await again.hears('40');
  again.socket.send('41');
  again.socket.send('40');
  await again.closed;
  const twice = await bare(url);
  twice.socket.send('40');
  await twice.hears('40');
  twice.socket.send('40');
  await twice.closed;
  const atOnce = await bare(url);
  atOnce.socket.send('40');
  atOnce.socket.send('40');
  await atOnce.closed;
  await isWhole();
});

it('[P91] the same over polling, where both come in one request', async () => {
  const { url, isWhole } = await classroom();
  for (const packets of [
    ['40', '40'],
    ['40', '41', '40'],
  ]) {
    const { say, ask } = await polling(url);
    await say(...packets);
    // The first answer may be the word that it is over.
    await expect.poll(ask).toBe(400);
  }
  const slowly = await polling(url);
  for (const packet of ['40', '41', '40']) await slowly.say(packet);
  await expect.poll(slowly.ask).toBe(400);
  await isWhole();
});

it('[P91] a connection that leaves is closed, and does not stay as one that nobody sees', async () => {
  const { url, isWhole } = await classroom();
  const { socket, closed, hears } = await bare(url);
  socket.send('40');
  await hears('40');
  socket.send('41');
  await closed;
  await isWhole();
});

it('[P91] asking for namespaces that there are not is answered with nothing, read or unread', async () => {
  const { url, app, isWhole } = await classroom();
  const { socket, heard, closed } = await bare(url);
  let most = 0;
  for (let k = 0; k < 200; k++) {
    socket.send(`40/${'x'.repeat(60_000)},`);
    most = Math.max(most, app.readers.mostUnread);
  }
  await closed;
  expect(heard.filter((text) => text.startsWith('44'))).toEqual([]);
  expect(most).toBeLessThan(MAX_UNREAD_BYTES);
  await isWhole();
});

it('[P91] changes from polling to WebSocket once: a probe repeated without end is cut off', async () => {
  const { url, isWhole } = await classroom();
  const { sid } = await polling(url);
  const { socket, closed, heard } = await bare(url, `&sid=${sid}`);
  for (let k = 0; k < 100; k++) socket.send('2probe');
  await closed;
  expect(heard.length).toBeLessThan(3);
  await isWhole();
});

it('[P91] pings of WebSocket itself are answered at a low rate, then cost the connection', async () => {
  const { url, isWhole } = await classroom();
  const { socket, closed, hears } = await bare(url);
  let pongs = 0;
  socket.on('pong', () => (pongs += 1));
  socket.send('40');
  await hears('40');
  for (let k = 0; k < WIRE_PINGS.burst; k++) socket.ping();
  await expect.poll(() => pongs).toBe(WIRE_PINGS.burst);
  for (let k = 0; k < 1_000; k++) socket.ping();
  await closed;
  expect(pongs).toBeLessThan(WIRE_PINGS.burst + 20);
  await isWhole();
});

it('a connection that the server fails to serve ends, and nothing else does', async () => {
  const time = new ForwardTime();
  let fails = false;
  const after = (ms: number, action: () => void) => {
    if (fails && ms === TIMING.entrance) throw new Error('no timer');
    return time.after(ms, action);
  };
  const { url, isWhole } = await classroom({ now: () => time.now(), after });
  fails = true;
  const unserved = await bare(url);
  unserved.socket.send('40');
  await unserved.closed;
  fails = false;
  await isWhole();
});

it('answers over polling are no documents and are not kept, refusals included', async () => {
  const { url } = await startServer();
  const path = `${url}/socket.io/?EIO=4&transport=polling`;
  for (const [address, status] of [
    [path, 200],
    [`${path}&sid=unknown`, 400],
  ] as const) {
    const response = await fetch(address);
    expect(response.status).toBe(status);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});
