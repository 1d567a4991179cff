import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { accepted, connect, PLAN } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { expectAccessible } from './axe.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

it('[P60] [P61] [P70] a student guesses, reloads, wins points for a bad rate, and sees the class brain', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const plan: RunPlan = {
    settings: { ...PLAN.settings, steps: 60 },
    pace: { kind: 'paced', stepsPerSecond: 60 },
    rates: { kind: 'list', rates: [0.01, 0.5, 1, 2] },
    bets: true,
  };
  accepted(await teacher.ask('prepare', plan));
  const student = await visit(`${url}/${code}`, { viewport: { width: 390, height: 844 } });
  await student.getByLabel('Nickname').fill('Ada');
  await student.getByRole('button', { name: 'Join', exact: true }).click();
  const word = (name: RegExp) => student.getByRole('button', { name, pressed: true });
  await student.getByRole('button', { name: /diverges/ }).click();
  await word(/diverges/).waitFor();
  await student.getByRole('button', { name: /too low/ }).click();
  await word(/too low/).waitFor();
  expect(await word(/diverges/).count()).toBe(0);
  await student.reload();
  await word(/too low/).waitFor();
  await expectAccessible(student, 'waiting room with a guess');

  const projector = await visit(`${url}/show/${code}`, { viewport: { width: 1920, height: 1080 } });
  await projector.getByText(/1 of 1 has guessed/).waitFor();
  accepted(await teacher.ask('rehearse', { students: 3 }));
  await projector.getByText(/4 of 4 have guessed/).waitFor();
  expect(await projector.getByText('too low').count()).toBe(0);

  accepted(await teacher.ask('command', { command: 'start' }));
  await projector.getByRole('heading', { name: 'What the class has guessed' }).waitFor();
  await teacher.until(() => teacher.session?.phase === 'finished');
  await student.getByRole('heading', { name: /Well guessed: too low.\s+2 points/ }).waitFor();
  await student.getByText(/So far: 2 points from 1 guess, rank 1 of 4/).waitFor();
  await projector.getByText(/of 4 right/).waitFor();
  await projector.getByText(/Best guessers/).waitFor();
  await expectAccessible(student, 'a guess and what became of it');

  // Recomputed on the page that shows it, from the four learning rates.
  await projector.getByRole('radio', { name: 'Class brain', exact: true }).click();
  await projector.getByText('Made of 4 models.').waitFor();
  await projector.getByText(/average: ŷ = [\d.]+ · x \+ [\d.]+/).waitFor();
  await student.getByRole('button', { name: 'Compute the class brain' }).click();
  await student.getByText('Made of 4 models.').waitFor();
  const averaged = /average: ŷ = .*/;
  expect(await student.getByText(averaged).innerText()).toBe(
    await projector.getByText(averaged).innerText(),
  );
  await expectAccessible(projector, 'the class brain of lines');
});
