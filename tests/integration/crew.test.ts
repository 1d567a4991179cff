import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';

it('simulated students that reach no server say so in one line and end with 1', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      path.resolve('dist/server/rehearsal/main.js'),
      ...['--url', 'http://127.0.0.1:9', '--code', 'ACDEFG', '--students', '2', '--within', '0.5'],
    ],
    { encoding: 'utf8', timeout: 20_000 },
  );
  expect(stderr.trim()).toMatch(
    /^class: after 0\.5 s only 0 of 2 students are in session ACDEFG at http:\/\/127\.0\.0\.1:9: .+$/,
  );
  expect(status).toBe(1);
});

it.each(['ftp://127.0.0.1', 'ws://127.0.0.1:9', 'nowhere', ''])(
  'simulated students refuse the address "%s" and end with 2',
  (url) => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.resolve('dist/server/rehearsal/main.js'), '--url', url, '--code', 'ACDEFG'],
      { encoding: 'utf8', timeout: 20_000 },
    );
    expect(stderr).toContain(
      `class: --url must be an http or https address, not "${url}"\nusage: `,
    );
    expect(status).toBe(2);
  },
);
