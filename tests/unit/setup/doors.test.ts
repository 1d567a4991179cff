import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  cruise,
  type ICruiseOptions,
  type ICruiseResult,
  type IRuleSetType,
} from 'dependency-cruiser';
import { expect, test } from 'vitest';

const TOP = fileURLToPath(new URL('../../..', import.meta.url));

type Rules = IRuleSetType & { options: ICruiseOptions };
const rules = createRequire(import.meta.url)(path.join(TOP, '.dependency-cruiser.cjs')) as Rules;

/** What each planted file imports, and the door that must catch it; null where it is allowed. */
const PLANTED: [string, string, string | null][] = [
  ['shared/a.ts', `import '../server/app.ts'`, 'shared-imports-only-shared'],
  ['shared/b.ts', `import 'node:fs'`, 'shared-imports-only-shared'],
  ['shared/c.ts', `import 'svelte'`, 'shared-imports-only-shared'],
  ['shared/d.ts', `import 'socket.io-client'`, 'shared-imports-only-shared'],
  ['shared/e.ts', `import 'valibot'`, 'shared-validates-where-data-enters'],
  ['shared/protocol/schemas.ts', `import 'valibot'`, null],
  ['client/a.ts', `import '../server/app.ts'`, 'client-does-not-know-server'],
  ['client/b.ts', `import type { App } from '../server/app.ts'`, 'client-does-not-know-server'],
  ['client/c.ts', `import 'node:path'`, 'client-runs-in-a-browser'],
  ['client/D.svelte', `<script>import '../server/app.ts'</script>`, 'client-does-not-know-server'],
  ['server/a.ts', `import '../client/c.ts'`, 'server-does-not-know-client'],
  ['server/b.ts', `import './main.ts'`, 'main-is-imported-by-nobody'],
  ['server/c.ts', `import '../tests/x.ts'`, 'product-does-not-know-tests'],
  ['server/d.ts', `import './no-such-file.ts'`, 'every-import-is-found'],
  ['server/e.ts', `import 'svelte'`, 'product-runs-without-dev-packages'],
  ['server/connection.ts', `import './app.ts'`, 'server-connection-opens-no-door-upwards'],
  ['server/handlers/a.ts', `import '../connection.ts'`, 'server-handlers-opens-no-door-upwards'],
  ['server/handlers/b.ts', `import { Server } from 'socket.io'`, 'handlers-know-no-transport'],
  ['server/handlers/c.ts', `import type { Socket } from 'socket.io'`, null],
  ['server/handlers/d.ts', `import '../store/memory.ts'`, 'rooms-see-the-store-interface'],
  ['server/rooms/a.ts', `import '../handlers/a.ts'`, 'server-rooms-opens-no-door-upwards'],
  ['server/rooms/b.ts', `import '../app.ts'`, 'server-rooms-opens-no-door-upwards'],
  ['server/rooms/c.ts', `import type { Socket } from 'socket.io'`, 'rooms-know-no-transport'],
  ['server/rooms/d.ts', `import 'express'`, 'rooms-know-no-transport'],
  ['server/rooms/e.ts', `import 'node:http'`, 'rooms-know-no-http'],
  ['server/rooms/f.ts', `import '../store/store.ts'; import 'node:crypto'`, null],
  ['server/store/memory.ts', `import '../rooms/f.ts'`, 'server-store-opens-no-door-upwards'],
  ['server/round.ts', `import './trip.ts'`, 'no-cycles'],
];

const STANDING = ['server/main.ts', 'server/app.ts', 'server/store/store.ts', 'tests/x.ts'];

const PACKAGES = ['express', 'socket.io', 'socket.io-client', 'svelte', 'valibot'];

test('every door of the architecture catches what is planted behind it', async () => {
  const house = mkdtempSync(path.join(tmpdir(), 'doors-'));
  const plant = (name: string, text: string): void => {
    mkdirSync(path.join(house, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(house, name), text);
  };
  for (const name of STANDING) plant(name, 'export interface App {}');
  plant('server/trip.ts', `import './round.ts'`);
  for (const [name, text] of PLANTED) plant(name, text);
  plant('package.json', JSON.stringify(createRequire(import.meta.url)(`${TOP}/package.json`)));
  for (const name of PACKAGES) {
    plant(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    plant(`node_modules/${name}/index.js`, '');
  }
  try {
    const { output } = await cruise(['client', 'server', 'shared'], {
      ...rules.options,
      baseDir: house,
      validate: true,
      ruleSet: rules,
    });
    const found = (output as ICruiseResult).summary.violations;
    for (const [name, , door] of PLANTED) {
      const caught = found.filter(({ from }) => from === name).map(({ rule }) => rule.name);
      if (door === null) expect(caught, name).toEqual([]);
      else expect(caught, name).toContain(door);
    }
  } finally {
    rmSync(house, { recursive: true });
  }
});
