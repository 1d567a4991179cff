import { expect, it } from 'vitest';
import { pseudonym } from '../../shared/nicknames/friendly.ts';
import { MAX_SCREENS } from '../../shared/limits.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/events.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN, type TestClient } from './client.ts';

/** What a page knows of who is in the room. */
function rosterOf(client: TestClient, welcome: readonly ParticipantView[]) {
  const known = new Map(welcome.map((each) => [each.index, each]));
  client.socket.on('roster', (changed) => {
    for (const each of changed) known.set(each.index, each);
  });
  client.socket.on('gone', (indices) => indices.forEach((index) => known.delete(index)));
  return () => [...known.values()].map(({ name }) => name).sort();
}

it('several instructor screens stay in step, whichever of them acts', async () => {
  const { url, time } = await startServer();
  const { code, secret } = await createSession(url);
  const laptop = await connect(url);
  const phone = await connect(url);
  const rosters = await Promise.all(
    [laptop, phone].map(async (screen) =>
      rosterOf(screen, accepted(await screen.instruct(code, secret)).participants),
    ),
  );
  for (const name of ['Ada', 'Bob']) accepted(await (await connect(url)).join(code, name));

  const both = async (condition: (screen: TestClient, k: number) => boolean) => {
    await Promise.all([laptop, phone].map((each, k) => each.until(() => condition(each, k))));
  };
  await both((_, k) => rosters[k]!().join() === 'Ada,Bob');
  const slow = { ...PLAN, pace: { kind: 'paced' as const, stepsPerSecond: 1 } };
  accepted(await phone.ask('prepare', slow));
  await both(({ session }) => session?.run?.number === 1);
  // Both press at the same moment: once it starts, and both are told that it has.
  const presses = [laptop, phone].map((each) => each.ask('command', { command: 'start' }));
  for (const answer of await Promise.all(presses)) accepted(answer);
  await both(({ session }) => session?.phase === 'countdown');
  time.pass(3_000);
  await both(({ session }) => session?.phase === 'running');
  accepted(await phone.ask('command', { command: 'pause' }));
  await both(({ session }) => session?.phase === 'paused');
  accepted(await laptop.ask('command', { command: 'step', steps: 3 }));
  await both(
    ({ session }) => session?.run?.clock?.kind === 'paced' && session.run.clock.until === 3,
  );
  accepted(await phone.ask('rename', { index: 1, name: 'Grace' }));
  await both((_, k) => rosters[k]!().join() === 'Ada,Grace');
  accepted(await laptop.ask('lock', { locked: true }));
  accepted(await laptop.ask('names', { shown: 'fr' }));
  await both(({ session }) => session?.locked === true && session.pseudonyms === 'fr');
  accepted(await phone.ask('remove', { index: 0 }));
  await both((_, k) => rosters[k]!().join() === 'Grace');
  expect(await laptop.ask('removeAway', { indices: [0, 1] })).toEqual({ ok: true, removed: 0 });
  accepted(await laptop.ask('command', { command: 'stop' }));
  await both(({ session }) => session?.phase === 'finished');
});

it('[P97] the teacher’s projector finds a place among as many as the room takes', async () => {
  const { url } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  const { pass } = accepted(await teacher.instruct(code, secret));
  const watch = async (more = {}) => {
    const screen = await connect(url);
    const answer = await screen.ask('watch', { version: PROTOCOL_VERSION, code, ...more });
    return { screen, answer };
  };
  const others: TestClient[] = [];
  for (let k = 0; k < MAX_SCREENS; k++) {
    const { screen, answer } = await watch();
    expect(accepted(answer)).not.toHaveProperty('pass');
    others.push(screen);
  }
  const tooMany = { ok: false, code: 'too_many_screens' };
  for (const wrong of [undefined, '', 'pass', secret]) {
    expect((await watch({ pass: wrong })).answer).toEqual(tooMany);
  }
  const first = await watch({ pass });
  accepted(first.answer);
  const last = others.at(-1)!;
  await last.until(() => last.heard.includes('disconnect'));
  expect(last.heard).toContain('replaced');
  expect(others.slice(0, -1).some(({ heard }) => heard.includes('replaced'))).toBe(false);
  expect((await watch()).answer).toEqual(tooMany);
  // Where all are instructors' own, the oldest of them gives way.
  const [, second] = await Promise.all([watch({ pass }), watch({ pass })]);
  for (let k = 3; k < MAX_SCREENS; k++) accepted((await watch({ pass })).answer);
  expect((await watch()).answer).toEqual(tooMany);
  accepted((await watch({ pass })).answer);
  await first.screen.until(() => first.screen.heard.includes('replaced'));
  expect(second.screen.heard).not.toContain('replaced');
  expect(await (await connect(url)).instruct(code, pass!)).toMatchObject({ code: 'wrong_secret' });
});

it('[P81] hidden names reach instructors alone, [P80] and a new name its student', async () => {
  const { url } = await startServer();
  const { code, secret } = await createSession(url);
  const [teacher, projector, ada, bob] = await Promise.all([0, 1, 2, 3].map(() => connect(url)));
  const heard: unknown[] = [];
  for (const page of [projector!, ada!, bob!]) {
    page.socket.onAny((event: string, message: unknown) => heard.push([event, message]));
  }
  accepted(await teacher!.instruct(code, secret));
  accepted(await teacher!.ask('names', { shown: 'en' }));
  const watch = { version: PROTOCOL_VERSION, code };
  accepted(await projector!.ask('watch', watch));
  const names = rosterOf(teacher!, []);
  const walls = rosterOf(projector!, []);
  const answers = [await ada!.join(code, 'Ada'), await bob!.join(code, 'Zaphod Beeblebrox')];
  expect(answers.map((answer) => accepted(answer).name)).toEqual(['Ada', 'Zaphod Beeblebrox']);
  const generated = [0, 1].map((index) => pseudonym('en', code, index)).sort();
  await teacher!.until(() => names().join() === 'Ada,Zaphod Beeblebrox');
  await projector!.until(() => walls().join() === generated.join());
  accepted(await teacher!.ask('rename', { index: 0, name: 'Trillian' }));
  await ada!.until(() => ada!.heard.includes('named'));
  await teacher!.until(() => names().join() === 'Trillian,Zaphod Beeblebrox');
  const late = await connect(url);
  const seen = accepted(await late.join(code, 'Late')).participants;
  expect(
    JSON.stringify([heard.filter((said) => (said as [string])[0] !== 'named'), seen]),
  ).not.toMatch(/Zaphod|Trillian|Ada/);
  expect(heard).toContainEqual(['named', 'Trillian']);
  const student = await ada!.ask('rename', { index: 1, name: 'Marvin' });
  expect(student).toMatchObject({ ok: false, code: 'not_allowed' });
  expect(await ada!.ask('removeAway', { indices: [1] })).toMatchObject({ code: 'not_allowed' });
  expect(await ada!.ask('names', { shown: 'own' })).toMatchObject({ code: 'not_allowed' });
});
