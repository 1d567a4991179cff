import { chromium, type Browser } from 'playwright-core';

/** What every Chromium here is told: it changes nothing about the pages. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the Chromium that the npm scripts have found or installed.
 * @param more further switches
 * @throws Error where no npm script has said which
 */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'];
  if (!executablePath) throw new Error('CHROME_PATH is not set: run this by its npm script');
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...more] });
}
