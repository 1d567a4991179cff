import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { createSession, startServer } from '../support.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const holds = (page: Page, label: string, value: string) =>
  expect.poll(() => field(page, label).inputValue(), { timeout: 5_000 }).toBe(value);

it('[P103] two instructors set one run: presets, fields and choices, each in their language', async () => {
  const { url } = await startServer({ built: true });
  const { code, secret } = await createSession(url);
  const desk = await visit(`${url}/teach/${code}#${secret}`);
  const other = await visit(`${url}/teach/${code}#${secret}`, { locale: 'fr-FR' });
  await button(desk, /^Find the edge/).click();
  await holds(other, 'À', '1,61');
  await other.locator('button[aria-pressed=true]').filter({ hasText: 'limite' }).waitFor();

  // Both type at the same time, into different fields.
  await Promise.all([field(desk, 'Length').fill('40'), field(other, 'À').fill('1,25')]);
  await holds(desk, 'To', '1,25');
  await holds(other, 'Durée', '40');
  // Both type in the same one: who was first is told, and keeps its text as long as its hand is there.
  await field(desk, 'Length').fill('45');
  await holds(other, 'Durée', '45');
  await field(other, 'Durée').fill('40');
  await desk.getByText('Just written on another screen: 40').waitFor();
  await holds(desk, 'Length', '40');
  // A screen that comes later, or is reloaded, has what nobody has prepared yet.
  await desk.reload();
  await holds(desk, 'Length', '40');

  await button(other, 'Préparer cet entraînement').click();
  await button(desk, 'Show the join code').first().waitFor();
  await field(desk, 'Length').fill('41');
  await button(other, 'Abandonner les changements').click();
  await holds(desk, 'Length', '40');
});
