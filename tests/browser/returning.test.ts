import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { accepted, connect, PLAN, start } from '../integration/client.ts';
import { network } from '../proxy.ts';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const PACED: RunPlan = {
  ...PLAN,
  settings: { ...PLAN.settings, steps: 4_000 },
  pace: { kind: 'paced', stepsPerSecond: 20 },
  rates: { kind: 'spread', from: 0.001, to: 0.1 },
};

async function join(page: Page, nickname: string, name: string, button: string): Promise<void> {
  await page.getByLabel(nickname).fill(name);
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** Resolves when the page has tried so many times more to connect. */
function tries(page: Page, count: number): Promise<void> {
  return new Promise((resolve) => {
    page.on('request', (request) => {
      if (request.url().includes('/socket.io/') && --count === 0) resolve();
    });
  });
}

/** Ms from the page's hearing that it is online again to its attempt to connect, by its own clock. */
function firstTry(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        window.addEventListener('online', () => {
          const online = performance.now();
          new PerformanceObserver((list) => {
            const attempt = list
              .getEntriesByType('resource')
              .find(({ name, startTime }) => name.includes('/socket.io/') && startTime >= online);
            if (attempt) resolve(attempt.startTime - online);
          }).observe({ type: 'resource' });
        });
      }),
  );
}

it('[P32] [P33] a page says that it is behind; shown or online again it is back at once', async () => {
  const server = await startServer({ built: true });
  const { code, secret } = await createSession(server.url);
  const wifi = await network(server.url);
  const teacher = await connect(server.url);
  accepted(await teacher.instruct(code, secret));
  const english = await visit(`${wifi.url}/${code}`, {
    viewport: { width: 390, height: 844 },
    expected: /Failed to load resource|WebSocket/,
  });
  await join(english, 'Nickname', 'Ada', 'Join');
  const french = await visit(`${server.url}/${code}`, { locale: 'fr-FR' });
  await join(french, 'Pseudo', 'Émilie', 'Rejoindre');
  await teacher.until(() => teacher.heard.filter((event) => event === 'roster').length >= 2);
  accepted(await teacher.ask('prepare', PACED));
  await start(teacher, server.time);
  await teacher.until(() => [0, 1].every((index) => teacher.losses(index).length > 0));

  // For the pages' clocks it is as if they had slept through twenty seconds of the class.
  server.time.pass(20_000);
  await Promise.all([
    english.getByText(/^Your device is \d+ steps behind the class/).waitFor(),
    french.getByText(/^Votre appareil a \d+ pas de retard sur la classe/).waitFor(),
  ]);
  // Long before the next regular measurement of the server's clock, as it is shown again.
  await english.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await english.getByText(/steps behind the class/).waitFor({ state: 'detached', timeout: 6_000 });

  wifi.cut();
  const waitsLong = tries(english, 4);
  await english.context().setOffline(true);
  await english.getByText('No connection').waitFor();
  await waitsLong;
  // By itself it would try again in 1.5 s at the earliest.
  const attempt = firstTry(english);
  wifi.mend();
  await english.context().setOffline(false);
  expect(await attempt).toBeLessThan(1_000);
  await english.getByText('No connection').waitFor({ state: 'detached' });
});
