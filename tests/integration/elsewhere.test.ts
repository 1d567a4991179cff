import { describe, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { TIMING } from '../../shared/limits.ts';
import { shareOf } from '../../shared/live/share.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/events.ts';
import { decodeFrame } from '../../shared/protocol/frame.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN, type TestClient } from './client.ts';

/** Where other live tools have lost their class, by the number under which it was reported. */

/** Reports of one student of a class that is measured. */
const WINDOWS = 15;

const PATIENT = { ...PLAN, pace: { kind: 'paced', stepsPerSecond: 10 } };

/** A class that has joined, the instructor watching. */
async function classOf(students: number) {
  const { url, app } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const class_ = await Promise.all(
    Array.from({ length: students }, async (_, k) => {
      const client = await connect(url);
      return { client, place: accepted(await client.join(code, `S${k}`)) };
    }),
  );
  return { url, code, secret, teacher, students: class_, room: app.rooms.find(code)! };
}

async function start(teacher: TestClient): Promise<void> {
  accepted(await teacher.ask('prepare', PATIENT));
  accepted(await teacher.ask('command', { command: 'start' }));
  await teacher.until(() => teacher.session?.phase === 'running');
}

const report = (from: number, losses: number[]) => ({ run: 1, from, losses });

describe('what fails elsewhere', () => {
  it('ClassQuiz #459, above 30 only 15 can play: of 60 all train, and all are ranked', async () => {
    const { teacher, students } = await classOf(60);
    await start(teacher);
    await Promise.all(
      students.map(async ({ client, place }) =>
        accepted(await client.ask('losses', report(0, [3, 1 + place.index]))),
      ),
    );
    const last = () => teacher.frames.findLast(({ standings }) => standings)?.standings;
    await teacher.until(() => last()?.arrived === 2);
    expect(last()?.order).toEqual(Array.from({ length: 60 }, (_, k) => k));
  });

  it('ClassQuiz #301, 5 of 13 lost to a page refresh: all 13 are there, with every point', async () => {
    const { url, code, teacher, students, room } = await classOf(13);
    await start(teacher);
    for (const { client } of students) accepted(await client.ask('losses', report(0, [3, 2])));
    for (const { client, place } of students.slice(0, 5)) {
      client.socket.disconnect();
      const page = await connect(url);
      const back = accepted(await page.resume(code, place.index, place.secret));
      expect(back).toMatchObject({ name: place.name, held: { losses: 2 } });
      expect(accepted(await page.ask('losses', report(2, [1])))).toMatchObject({ held: 3 });
    }
    expect(room.participants().length).toBe(13);
    expect(room.participants().every(({ status }) => status.state === 'training')).toBe(true);
  });

  it('Razzia #105, one drop restarts the session: the run goes on by the same clock', async () => {
    const { teacher, students, room } = await classOf(3);
    await start(teacher);
    for (const each of students) {
      accepted(await each.client.ask('losses', report(0, [3, 2])));
    }
    const before = room.view();
    const { client, place } = students[0]!;
    client.socket.disconnect();
    const status = () => room.participants().find(({ index }) => index === place.index)?.status;
    await expect.poll(() => status()?.state).toBe('away');
    expect(room.view()).toEqual(before);
    expect([...room.run!.entry(place.index)!.losses.slice(0)]).toEqual([3, 2]);
    expect(accepted(await students[1]!.client.ask('losses', report(2, [1])))).toMatchObject({
      held: 3,
    });
  });

  it('Razzia, the lobby deleted when the host drops: students stay, others join, the host returns', async () => {
    const { url, code, secret, teacher, students, room } = await classOf(2);
    accepted(await teacher.ask('prepare', PLAN));
    teacher.socket.disconnect();
    await expect.poll(() => room.screens.size).toBe(0);
    accepted(await (await connect(url)).join(code, 'Late'));
    expect(students.every(({ client }) => client.socket.connected)).toBe(true);
    const again = await connect(url);
    const { participants, session } = accepted(await again.instruct(code, secret));
    expect(participants.map(({ name }) => name).sort()).toEqual(['Late', 'S0', 'S1']);
    expect(session).toMatchObject({ phase: 'lobby', run: { number: 1 } });
    accepted(await again.ask('command', { command: 'start' }));
  });

  it('Excalidraw #1808, 43 people and minutes of lag: a report is on the projector in a moment', async () => {
    const { url, code, teacher, students } = await classOf(43);
    const projector = await connect(url);
    accepted(await projector.ask('watch', { version: PROTOCOL_VERSION, code }));
    await start(teacher);
    const shown = new Map<string, number>();
    projector.socket.on('frame', (bytes) => {
      for (const { participant, from, values } of decodeFrame(bytes).losses) {
        values.forEach((_, k) => shown.set(`${participant} ${from + k}`, performance.now()));
      }
    });
    const framesOf = (client: TestClient) => client.frames.length;
    const before = { projector: framesOf(projector), student: framesOf(students[0]!.client) };
    const began = performance.now();
    const sent = new Map<string, number>();
    await Promise.all(
      students.map(async ({ client, place: { index } }) => {
        for (let window = 0; window < WINDOWS; window++) {
          sent.set(`${index} ${window}`, performance.now());
          accepted(await client.ask('losses', report(window, [WINDOWS - window])));
          await pause(TIMING.report);
        }
      }),
    );
    await projector.until(() => shown.size === sent.size);
    const seconds = (performance.now() - began) / 1_000;
    const latencies = [...sent].map(([key, at]) => shown.get(key)! - at).sort((a, b) => a - b);
    const at = (share: number) => latencies[Math.floor(share * (latencies.length - 1))]!;
    process.stdout.write(
      `43 people: a report is on the projector after ${at(0.5).toFixed(0)} ms, ` +
        `p99 ${at(0.99).toFixed(0)} ms, ${latencies.length} reports in ${seconds.toFixed(1)} s\n`,
    );
    expect(at(0.99)).toBeLessThan(1_000);
    // [P19] One frame for each audience and tick, however many report.
    const most = (tick: number) => Math.ceil((seconds * 1_000) / tick) + 2;
    const { tick } = shareOf(students.length);
    expect(framesOf(projector) - before.projector).toBeLessThanOrEqual(most(TIMING.tick));
    expect(framesOf(students[0]!.client) - before.student).toBeLessThanOrEqual(most(tick));
  });

  it('two tabs of one student in mid-run: the newer one speaks, and no point is doubled or lost', async () => {
    const { url, code, teacher, students, room } = await classOf(1);
    await start(teacher);
    const [{ client: older, place }] = students as [(typeof students)[0]];
    accepted(await older.ask('losses', report(0, [3, 2])));
    const newer = await connect(url);
    accepted(await newer.resume(code, place.index, place.secret));
    await older.until(() => older.heard.includes('disconnect'));
    expect(older.heard).toContain('replaced');
    accepted(await newer.ask('losses', report(0, [3, 2, 1])));
    expect([...room.run!.entry(0)!.losses.slice(0)]).toEqual([3, 2, 1]);
    expect(room.participants()).toHaveLength(1);
  });
});
