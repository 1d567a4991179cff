import { expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../shared/protocol/events.ts';
import type { ParticipantView, Predictions } from '../../shared/protocol/views.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN, start } from './client.ts';

it('[P60] [P61] [P63] a bet is answered, hidden, there again after a reload, shown and scored', async () => {
  const { url, time } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const students = await Promise.all(['Ada', 'Bob', 'Cem'].map(() => connect(url)));
  const [ada, bob, cem] = students as [typeof teacher, typeof teacher, typeof teacher];
  const { index, secret: proof } = accepted(await ada.join(code, 'Ada'));
  accepted(await bob.join(code, 'Bob'));
  accepted(await cem.join(code, 'Cem'));
  const plan = { ...PLAN, settings: { ...PLAN.settings, steps: 4 }, bets: true };
  accepted(await teacher.ask('prepare', plan));

  const bet = { run: 1, rate: 0.01, bet: 'tooLow' };
  expect(await ada.ask('bet', { ...bet, bet: 'fine' })).toEqual({ ok: false, code: 'bad_message' });
  expect(await ada.ask('bet', { ...bet, rate: 1 })).toEqual({ ok: false, code: 'other_rate' });
  expect(await teacher.ask('bet', bet)).toEqual({ ok: false, code: 'not_allowed' });
  accepted(await ada.ask('bet', bet));
  expect(ada.heard).toContain('bet');
  expect(bob.heard).not.toContain('bet');

  ada.socket.disconnect();
  const again = await connect(url);
  expect(accepted(await again.resume(code, index, proof)).bet).toBe('tooLow');
  const watched = await connect(url);
  const seen = accepted(
    await watched.ask('watch', { version: PROTOCOL_VERSION, code }),
  ) as unknown as {
    participants: ParticipantView[];
  };
  expect(seen.participants.map((each) => each.bet)).toEqual(['secret', undefined, undefined]);

  await start(teacher, time);
  await teacher.until(() => teacher.session?.phase === 'running');
  accepted(await again.ask('losses', { run: 1, from: 0, losses: [4, 4, 4, 4] }));
  accepted(await bob.ask('losses', { run: 1, from: 0, losses: [4], divergedAt: 1 }));
  accepted(await cem.ask('losses', { run: 1, from: 0, losses: [4, 2, 1, 0.25] }));
  await teacher.until(() => teacher.session?.phase === 'finished');
  const told = accepted(await again.ask('predictions', {})) as unknown as Predictions;
  expect(told).toMatchObject({
    runs: 1,
    of: 1,
    leaders: [{ name: 'Ada', rank: 1, points: 2, bets: 1, exact: 1 }],
    own: { points: 2 },
    good: { best: 0.1 },
  });
});
