import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { versionProblem } from '../../../scripts/version.mjs';

const RUN = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));

test.each(['20.19.0', '20.20.2', '22.13.0', '22.17.1', '24.0.0', '26.1.0'])(
  'Node %s is accepted',
  (version) => {
    expect(versionProblem(version)).toBeNull();
  },
);

test.each(['8.17.0', '18.20.8', '20.18.3', '21.7.3', '22.0.0', '22.12.0', '23.11.0'])(
  'Node %s lacks what the tools need',
  (version) => {
    expect(versionProblem(version)).toMatch(/needs Node 20\.19 or newer, except/);
    expect(versionProblem(version)).toContain(`this is Node ${version}`);
  },
);

test('with an old Node, every task ends with one line and exit code 1', () => {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.8' })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', preload, RUN, 'start'],
    { encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trim()).toMatch(/^Build a Brain needs Node 20\.19 .* this is Node 18\.20\.8.*$/);
});

test('an unknown task is named as such, with the ones there are', () => {
  const { status, stderr } = spawnSync(process.execPath, [RUN, 'toString'], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr.trim()).toMatch(/^Which task\? One of start, .*dev/);
});
