import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { connect, accepted, PLAN } from '../integration/client.ts';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const STUDENTS = 9;

/** Widths of the PNG's picture, from its header. */
function pngWidth(bytes: Buffer): number {
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return bytes.readUInt32BE(16);
}

/** Whether every pixel of the layers of curves has gone, some are there, and how many differ. */
async function inked(page: Page): Promise<number> {
  return page.evaluate(() => {
    let count = 0;
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>(
      '[role=application] div canvas',
    )) {
      if (canvas.hidden || canvas.width === 0) continue;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) count++;
    }
    return count;
  });
}

it('a class’s curves: pointed at everywhere, zoomed, pinned, hidden, as a table and as a picture', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  accepted(await teacher.ask('rehearse', { students: STUDENTS }));
  const plan = { ...PLAN, rates: { kind: 'spread', from: 0.01, to: 3 } };
  accepted(await teacher.ask('prepare', plan));
  const page = await visit(`${url}/show/${code}`, { viewport: { width: 1920, height: 1080 } });
  await page.getByText(code).first().waitFor();
  accepted(await teacher.ask('command', { command: 'start' }));
  await teacher.until(() => teacher.session?.phase === 'finished');

  // In words, for who cannot see it; diverged runs are said and marked on the sweep's rail.
  await page
    .getByRole('status')
    .filter({ hasText: `${STUDENTS} curves` })
    .waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: /\d diverged, best / })
    .waitFor();
  const chart = page.getByRole('application');
  const { x, y, width, height } = (await chart.boundingBox())!;
  await expect.poll(() => inked(page)).toBeGreaterThan(2_000);

  // The pointer names a curve and lights it in the leaderboard and in the sweep.
  const tip = page.locator('.tip');
  await expect
    .poll(async () => {
      for (let k = 30; k < 90; k += 4) {
        await page.mouse.move(x + width * 0.6, y + (height * k) / 100);
        if ((await page.locator('.tip tr.focused').count()) > 0) return true;
      }
      return false;
    })
    .toBe(true);
  const name = await tip.locator('tr.focused .name').innerText();
  const values = await tip.locator('td.value').allInnerTexts();
  expect(values.length).toBeGreaterThan(2);
  await page.locator('.board tr.focused', { hasText: name }).waitFor();
  expect(await page.locator('.sweep g.mark:not(.dimmed)').count()).toBe(1);

  // A click pins it, so that it stays when the pointer leaves; then it is hidden and shown again.
  const place = await page.evaluate(() => document.querySelector('.tip')!.getAttribute('style'));
  expect(place).toBeTruthy();
  await page.mouse.down();
  await page.mouse.up();
  await page.mouse.move(2, 2);
  const chip = page.locator('.notes .chip', { hasText: name });
  await chip.waitFor();
  await page.locator('.board tr.focused', { hasText: name }).waitFor();
  await page.getByRole('button', { name: `Hide the curve of ${name}` }).click();
  await page.getByText('1 curve hidden').waitFor();
  await page.locator('.board tr.focused').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show all' }).click();

  // A dragged box is zoomed to, a drag moves the picture, and all of it comes back.
  const reset = page.getByRole('group', { name: 'Zoom' }).getByRole('button', { name: 'Show all' });
  const outside = page.getByText(/points? lies? outside/);
  await page.mouse.move(x + width * 0.4, y + height * 0.4);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.7, y + height * 0.7, { steps: 3 });
  await page.mouse.up();
  await reset.waitFor();
  await outside.waitFor();
  await reset.click();
  await reset.waitFor({ state: 'detached' });
  // The same by keyboard, and by a wheel with Ctrl; a wheel alone belongs to the page.
  await chart.focus();
  await page.keyboard.press('+');
  await page.keyboard.press('Shift+ArrowRight');
  await reset.waitFor();
  await page.keyboard.press('0');
  await reset.waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowLeft');
  await tip.waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.locator('.notes .chip').waitFor();
  await page.keyboard.press('Escape');
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.wheel(0, -200);
  expect(await reset.count()).toBe(0);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await reset.waitFor();
  await page.mouse.dblclick(x + width / 2, y + height / 2);
  await reset.waitFor({ state: 'detached' });

  // As a picture and as a table, which holds everybody and every value.
  await page.getByRole('button', { name: 'Options' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as PNG' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`build-a-brain-${code}-1.png`);
  expect(pngWidth(await readFile(await download.path()))).toBe(2_400);
  await page.locator('.chart').getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('region', { name: 'The curves as a table' });
  await table.waitFor();
  expect(await table.locator('tbody tr').count()).toBe(STUDENTS);
  expect(await table.locator('tbody tr', { hasText: 'diverged' }).count()).toBeGreaterThan(0);
  await table.getByLabel(`Show the curve of ${name}`).uncheck();
  await page.getByText('1 curve hidden').waitFor();

  // Opened after the end, all comes at once; when each device had computed it is known all the same.
  await page.reload();
  await page.getByRole('button', { name: 'Options' }).click();
  await page.locator('.chart').getByText('seconds', { exact: true }).click();
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await page.locator('.tip strong', { hasText: /^[\d.]+ s$/ }).waitFor();
});
