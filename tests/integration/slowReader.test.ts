import { WebSocket } from 'ws';
import { expect, it, onTestFinished } from 'vitest';
import { machineTime, type TimeSource } from '../../server/time.ts';
import { MAX_UNREAD_BYTES, MAX_WINDOWS } from '../../shared/limits.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/events.ts';
import { decodeFrame } from '../../shared/protocol/frame.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN } from './client.ts';
import type { Room } from '../../server/rooms/room.ts';

const STUDENTS = 300;
/** Whoever is cut off after many seconds is so in this test after one. */
const SPEED = 20;

const fastTime: TimeSource = {
  now: () => machineTime.now() * SPEED,
  after: (ms, action) => machineTime.after(ms / SPEED, action),
};

/** A class whose columns make a snapshot of more than a megabyte. */
async function largeClass() {
  const server = await startServer({ clock: fastTime });
  const { code, secret } = await createSession(server.url);
  const teacher = await connect(server.url);
  accepted(await teacher.instruct(code, secret));
  const room = server.app.rooms.find(code)!;
  for (let k = 0; k < STUDENTS; k++) {
    room.roster.add({ name: `S${k}`, secret: `${k}`, simulated: false }, `peer ${k}`);
  }
  const settings = { ...PLAN.settings, steps: MAX_WINDOWS };
  accepted(await teacher.ask('prepare', { ...PLAN, settings }));
  accepted(await teacher.ask('command', { command: 'start' }));
  await teacher.until(() => teacher.session?.phase === 'running');
  const almostAll = new Float32Array(MAX_WINDOWS - 100).fill(1);
  grow(room, 0, almostAll);
  return { ...server, code, teacher, room };
}

function grow({ run }: Room, from: number, values: Float32Array): void {
  for (const { losses, times } of run!.all) {
    losses.append(from, values);
    times.append(
      from,
      values.map(() => from),
    );
  }
}

/** A projector over a bare WebSocket, which asks for snapshots and can stop reading its TCP socket. */
async function projector(url: string, code: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  onTestFinished(() => socket.terminate());
  const frames: Buffer[] = [];
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const watching = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer, isBinary) => {
      const text = data.toString();
      if (isBinary) frames.push(data);
      else if (text.startsWith('0')) socket.send('40');
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40')) {
        socket.send(`420${JSON.stringify(['watch', { version: PROTOCOL_VERSION, code }])}`);
      } else if (text.startsWith('430')) resolve();
    });
  });
  await watching;
  /** Also answers pings that it has not read, so that only its not reading gives it away. */
  const nag = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send('3');
    socket.send('421["snapshot",{}]');
  }, 20);
  onTestFinished(() => clearInterval(nag));
  return { socket, frames, ended, quiet: () => clearInterval(nag) };
}

it('[P43] a client that never reads costs a bounded queue, then its connection, and nobody else anything', async () => {
  const { url, app, code, teacher, room } = await largeClass();
  const { socket, ended } = await projector(url, code);
  socket.pause();
  let most = 0;
  const gone = new Promise<void>((resolve) => {
    const look = setInterval(() => {
      most = Math.max(most, app.readers.mostUnread);
      if (room.screens.size > 1) return;
      clearInterval(look);
      resolve();
    }, 5);
  });
  await gone;
  const snapshot = STUDENTS * MAX_WINDOWS * 6;
  expect(most).toBeGreaterThan(MAX_UNREAD_BYTES);
  expect(most).toBeLessThan(MAX_UNREAD_BYTES + 2 * snapshot);
  accepted(await teacher.ask('time', {}));
  expect(teacher.heard).not.toContain('disconnect');
  socket.resume();
  await ended;
});

it('[P43] a client that reads again gets a snapshot and is as good as new', async () => {
  const { url, app, code, room } = await largeClass();
  const { socket, frames, quiet } = await projector(url, code);
  socket.pause();
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (app.readers.mostUnread <= MAX_UNREAD_BYTES) return;
      clearInterval(look);
      resolve();
    }, 5);
  });
  quiet();
  grow(room, MAX_WINDOWS - 100, new Float32Array(100));
  room.requestTick();
  socket.resume();
  const lengths = () => {
    const held = new Map<number, number>();
    for (const { losses } of frames.map((bytes) => decodeFrame(bytes))) {
      for (const { participant, from, values } of losses) {
        if (from <= (held.get(participant) ?? 0)) held.set(participant, from + values.length);
      }
    }
    return [...held.values()];
  };
  await new Promise<void>((resolve) => {
    socket.on('message', () => {
      const all = lengths();
      if (all.length === STUDENTS && all.every((length) => length === MAX_WINDOWS)) resolve();
    });
  });
  expect(socket.readyState).toBe(WebSocket.OPEN);
});
