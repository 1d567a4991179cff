import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { decodeFrame } from '../../shared/protocol/frame.ts';
import type { ParticipantView, RunView } from '../../shared/protocol/views.ts';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';
import { expectSameBits, observe } from './headless.ts';
import { network } from '../proxy.ts';

useChromium();

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const PHONE = { width: 390, height: 844 };

/** A student's phone, in the waiting room or, for who comes late, in the run. */
async function join(url: string, code: string, name: string, expected?: RegExp): Promise<Page> {
  const page = await visit(`${url}/${code}`, { viewport: PHONE, ...(expected && { expected }) });
  await page.getByLabel('Nickname').fill(name);
  await button(page, 'Join').click();
  await page
    .getByText(/You are in, |step [\d,]+ of/)
    .first()
    .waitFor();
  return page;
}

/** Waits until the student's page has done at least `step` steps. */
async function reach(page: Page, step: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const found = /step ([\d,]+) of/.exec(document.body.innerText);
    return found !== null && Number(found[1]!.replaceAll(',', '')) >= wanted;
  }, step);
}

/** What the server holds of the present run, as a projector would get it. */
async function result(url: string, code: string) {
  const { welcome, frame } = await observe(url, code);
  return { run: welcome.session.run!, participants: welcome.participants, frame };
}

/** The losses that `npm run train` prints for the same run. */
async function printed({ settings }: RunView, { rate }: ParticipantView): Promise<number[]> {
  const args = [`--experiment=${settings.experiment}`, `--model=${settings.model}`, '--json'];
  args.push(`--lr=${rate}`, `--steps=${settings.steps}`, `--seed=${settings.seed}`);
  if (settings.experiment === 'mnist') {
    args.push(`--images=${settings.images}`, `--batch=${settings.batchSize}`);
    args.push(`--order=${settings.order}`, `--init=${settings.init.kind}`);
  }
  const { stdout } = await promisify(execFile)(process.execPath, [
    path.resolve('dist/server/cli/train.js'),
    ...args,
  ]);
  const lines = stdout.trim().split('\n').slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as { loss: number }).loss);
}

it('a class runs both experiments; who reloads ends with the same curve as who does not', async () => {
  const { url } = await startServer({ built: true });
  const teacher = await visit(url);
  await button(teacher, 'Open a class').click();
  await teacher.waitForURL(/\/teach\//);
  const code = /\/teach\/(\w{6})#/.exec(teacher.url())![1]!;
  const projector = await visit(`${url}/show/${code}`, { viewport: { width: 1920, height: 1080 } });
  await projector.getByText(code).first().waitFor();

  const students = [];
  for (const name of ['Ada', 'Alan', 'Grace']) students.push(await join(url, code, name));
  const [ada, alan, grace] = students as [Page, Page, Page];
  await projector.getByText('Grace').first().waitFor();

  // The perceptron, in step with the clock.
  await teacher.getByLabel('Length', { exact: true }).fill('120');
  await button(teacher, 'Prepare this run').click();
  await button(teacher, 'Start').click();
  await reach(ada, 10);
  await alan.reload();
  await button(teacher, 'Pause').click();
  await button(teacher, '+1 step').click();
  await button(teacher, 'Resume').click();
  await button(teacher, 'Next run').waitFor();
  const linear = await result(url, code);
  expect(linear.run.settings).toMatchObject({ experiment: 'linear', steps: 120 });
  expect(linear.participants.map(({ status }) => status.state)).toContain('diverged');
  await expectSameBits(linear.run, linear.participants, linear.frame);
  await teacher.getByText('Everybody ranked at step 120').first().waitFor();
  await projector.getByText('Ada').first().waitFor();

  // The digits, at full speed, with another reload.
  await button(teacher, 'Next run').click();
  await teacher.getByText('Handwritten digits', { exact: true }).click();
  await teacher.getByLabel('Steps a second').fill('40');
  await button(teacher, 'Show the changes to students').click();
  await button(teacher, 'Start').click();
  await reach(grace, 60);
  await grace.reload();
  await button(teacher, 'Next run').waitFor();
  await grace.getByText(/Your loss at the end is/).waitFor();
  const mnist = await result(url, code);
  expect(mnist.run.settings).toMatchObject({ experiment: 'mnist', images: 2_000, steps: 315 });
  await expectSameBits(mnist.run, mnist.participants, mnist.frame);
  const curves = decodeFrame(mnist.frame).losses;
  for (const participant of mnist.participants) {
    const curve = curves.find((chunk) => chunk.participant === participant.index)!;
    expect([...curve.values]).toEqual(await printed(mnist.run, participant));
  }
});

it('20 seconds without network and a late join change nothing about the curves', async () => {
  const server = await startServer({ built: true });
  const { code, secret } = await createSession(server.url);
  const wifi = await network(server.url);
  const teacher = await visit(`${server.url}/teach/${code}#${secret}`);
  const lost = await join(wifi.url, code, 'Radia', /Failed to load resource|WebSocket/);
  const steady = await join(server.url, code, 'Barbara');
  await teacher.getByLabel('Length', { exact: true }).fill('500');
  await teacher.getByLabel('To', { exact: true }).fill('1');
  await button(teacher, 'Prepare this run').click();
  await button(teacher, 'Start').click();
  await reach(lost, 20);
  wifi.cut();
  await lost.getByText('No connection').waitFor();
  // 20 steps a second: 400 steps are 20 seconds.
  await reach(steady, 440);
  // Its training went on without a server.
  await reach(lost, 400);
  wifi.mend();
  const late = await join(server.url, code, 'Hedy');
  await button(teacher, 'Next run').waitFor();
  // So late that the run may have ended before: its curve is there when it has been recomputed.
  await late.getByText('The server has recomputed your run').waitFor();
  const { run, participants, frame } = await result(server.url, code);
  expect(participants.length).toBe(3);
  await expectSameBits(run, participants, frame);
});
