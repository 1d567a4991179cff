import { createServer as createNetServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer } from 'vite';
import { runBin } from './children.mjs';
import { inTop, say, SetupError } from './paths.mjs';

/** What the server answers; everything else is a page, which Vite serves with hot reload. */
const SERVER_PATHS = ['/socket.io', '/api', '/data', '/healthz'];

/** Milliseconds between two looks at whether the server answers. */
const LOOK_EVERY = 200;

/** Server and pages with hot reload behind one address, until a signal or until the server ends. */
export async function dev() {
  const serverPort = await freePort();
  const target = `http://127.0.0.1:${serverPort}`;
  const pages = await createServer({
    configFile: inTop('vite.config.ts'),
    logLevel: 'warn',
    server: {
      port: Number(process.env.PORT || 3000),
      strictPort: true,
      host: process.env.HOST || 'localhost',
      proxy: Object.fromEntries(SERVER_PATHS.map((path) => [path, { target, ws: true }])),
    },
  });
  const url = await listen(pages);
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(serverPort),
    PUBLIC_URL: process.env.PUBLIC_URL || url,
  };
  const ended = runBin('tsx', ['watch', '--clear-screen=false', inTop('server/main.ts')], {
    env,
    // Without the server's own greeting: its address is not the one to open.
    stdio: ['inherit', 'ignore', 'inherit'],
  });
  void answers(target).then(() => say(`Open ${url} (hot reload for the pages and the server)`));
  process.exitCode = await ended;
  await pages.close();
}

/** @returns {Promise<string>} the address to open */
async function listen(/** @type {import('vite').ViteDevServer} */ pages) {
  try {
    await pages.listen();
  } catch (error) {
    await pages.close();
    throw new SetupError(/** @type {Error} */ (error).message);
  }
  const urls = pages.resolvedUrls;
  const [url] = [...(urls?.local ?? []), ...(urls?.network ?? [])];
  if (!url) throw new SetupError('The pages are served at no address; check HOST');
  return url.replace(/\/$/, '');
}

/** Resolves when the server is ready. */
async function answers(/** @type {string} */ target) {
  for (;;) {
    const answer = await fetch(`${target}/healthz`).catch(() => null);
    if (answer?.ok) return;
    await pause(LOOK_EVERY, undefined, { ref: false });
  }
}

/** @returns {Promise<number>} a port that nobody listened on a moment ago */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createNetServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
