import { createServer as createNetServer } from 'node:net';
import { createServer } from 'vite';
import { runBin } from './children.mjs';
import { inTop, say, SetupError } from './paths.mjs';

/** What the server answers; everything else is a page, which Vite serves with hot reload. */
const SERVER_PATHS = ['/socket.io', '/api', '/data', '/healthz'];

/** Server and pages with hot reload behind one address, until a signal or until the server ends. */
export async function dev() {
  const port = Number(process.env.PORT ?? 3000);
  const serverPort = await freePort();
  const target = `http://127.0.0.1:${serverPort}`;
  const pages = await createServer({
    configFile: inTop('vite.config.ts'),
    logLevel: 'warn',
    server: {
      port,
      strictPort: true,
      host: process.env.HOST ?? 'localhost',
      proxy: Object.fromEntries(SERVER_PATHS.map((path) => [path, { target, ws: true }])),
    },
  });
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(serverPort),
    PUBLIC_URL: process.env.PUBLIC_URL ?? url,
  };
  try {
    await pages.listen();
  } catch (error) {
    await pages.close();
    throw new SetupError(`Cannot listen on port ${port}: ${/** @type {Error} */ (error).message}`);
  }
  const ended = runBin('tsx', ['watch', '--clear-screen=false', inTop('server/main.ts')], {
    env,
    stdio: 'inherit',
  });
  say(`Open ${url} (hot reload for the pages and the server)`);
  process.exitCode = await ended;
  await pages.close();
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
