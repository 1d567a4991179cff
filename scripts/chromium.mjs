import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { runBin, runProgram } from './children.mjs';
import { say, SetupError } from './paths.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

const ADVICE =
  'The browser tests need Chrome, Chromium or Edge: install one, or set CHROME_PATH to its program';

/**
 * The path of a Chromium that starts: the one that CHROME_PATH names, or one that is installed, or
 * one that is installed now. Throws a SetupError when none can be had; tests are never skipped.
 * @returns {Promise<string>}
 */
export async function chromium() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (await starts(named)) return named;
    throw new SetupError(`CHROME_PATH is ${named}, which is no program that starts. ${ADVICE}`);
  }
  return (
    (await firstThatStarts(usualPlaces())) ??
    (await firstThatStarts([await playwrightsOwn()])) ??
    (await installWithApt()) ??
    (await installWithPlaywright()) ??
    Promise.reject(new SetupError(ADVICE))
  );
}

/** Where installers put it, on this system. */
export function usualPlaces(platform = process.platform, env = process.env) {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return roots.flatMap((root) =>
      root ? WINDOWS_PROGRAMS.map((program) => path.win32.join(root, program)) : [],
    );
  }
  const apps = platform === 'darwin' ? ['/Applications', `${env.HOME}/Applications`] : [];
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder !== '');
  folders.push(
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
    '/usr/lib/chromium',
  );
  return [
    ...apps.flatMap((root) => MAC_APPS.map((app) => `${root}/${app}.app/Contents/MacOS/${app}`)),
    ...folders.flatMap((folder) => NAMES.map((name) => path.posix.join(folder, name))),
  ];
}

async function firstThatStarts(/** @type {string[]} */ places) {
  for (const place of new Set(places)) if (await starts(place)) return place;
  return null;
}

/** Ubuntu's /usr/bin/chromium-browser may be no more than a note to install a snap: so start it. */
async function starts(/** @type {string} */ file) {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return false;
  }
  // On Windows --version opens a window instead.
  if (process.platform === 'win32') return true;
  return (await runProgram(file, ['--version'], { stdio: 'ignore' })) === 0;
}

async function playwrightsOwn() {
  const { chromium: browser } = await import('playwright-core');
  return browser.executablePath();
}

async function installWithApt() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return null;
  say('Installing Chromium for the browser tests (apt-get)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (/** @type {string[]} */ ...args) => runProgram('apt-get', ['-qq', ...args], { env });
  await apt('update');
  const packages = ['chromium', 'fonts-liberation'];
  const code = await apt('install', '-y', '--no-install-recommends', ...packages);
  return code === 0 ? firstThatStarts(usualPlaces()) : null;
}

async function installWithPlaywright() {
  say('Installing Chromium for the browser tests (playwright-core install chromium)');
  const withLibraries = process.platform === 'linux' && process.getuid?.() === 0;
  const args = ['install', '--no-shell', ...(withLibraries ? ['--with-deps'] : []), 'chromium'];
  await runBin('playwright-core', args);
  return firstThatStarts([await playwrightsOwn()]);
}
