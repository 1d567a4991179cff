import { describe, expect, it } from 'vitest';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN, type TestClient } from './client.ts';

/** Where other live tools have lost their class, by the number under which it was reported. */

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
