import { afterEach, expect, test, vi } from 'vitest';
import { chromium, usualPlaces } from '../../../scripts/chromium.mjs';

afterEach(() => vi.unstubAllEnvs());

test.each(['/nowhere/chrome', import.meta.filename])(
  'CHROME_PATH %s, which does not start, is an error that says what to do',
  async (file) => {
    vi.stubEnv('CHROME_PATH', file);
    await expect(chromium()).rejects.toThrow(
      `CHROME_PATH is ${file}, which is no program that starts. The browser tests need`,
    );
  },
);

test('CHROME_PATH comes first', async () => {
  vi.stubEnv('CHROME_PATH', process.execPath);
  expect(await chromium()).toBe(process.execPath);
});

test('on Linux the folders of PATH come first', () => {
  const places = usualPlaces('linux', { PATH: '/opt/mine:/usr/bin' });
  expect(places[0]).toBe('/opt/mine/chromium');
  expect(places).toContain('/usr/bin/google-chrome-stable');
});

test('on macOS the applications of the system and of the user are looked at', () => {
  const places = usualPlaces('darwin', { PATH: '', HOME: '/Users/ada' });
  expect(places).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  expect(places).toContain('/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium');
});

test('on Windows Chrome and Edge are looked for in every folder of programs', () => {
  const places = usualPlaces('win32', {
    PROGRAMFILES: 'C:\\Program Files',
    'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
  });
  expect(places).toContain('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
  expect(places).toContain('C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe');
});
