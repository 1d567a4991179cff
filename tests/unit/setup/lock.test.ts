import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from '../../../scripts/lock.mjs';

const MODULE = new URL('../../../scripts/lock.mjs', import.meta.url).href;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
  file = path.join(folder, 'inner/lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A process that holds the lock until its stdin ends. */
async function holder() {
  const code = `
    import { takeLock } from ${JSON.stringify(MODULE)};
    await takeLock(${JSON.stringify(file)});
    console.log('held');
    process.stdin.resume().on('end', () => process.exit(0));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
  await once(child.stdout, 'data');
  return child;
}

test('a second process waits, says for whom, and goes on when the first ends', async () => {
  const first = await holder();
  expect(readFileSync(file, 'utf8')).toBe(String(first.pid));
  let taken: ReturnType<typeof takeLock> | undefined;
  const waitsFor = await new Promise<number>((resolve) => {
    taken = takeLock(file, resolve);
  });
  expect(waitsFor).toBe(first.pid);
  first.stdin.end();
  const release = await taken;
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  release?.();
  expect(readdirSync(path.dirname(file))).toEqual([]);
});

test('the lock of a process that was killed is taken over', async () => {
  const dead = await holder();
  dead.kill('SIGKILL');
  await once(dead, 'exit');
  expect(existsSync(file)).toBe(true);
  const release = await takeLock(file);
  release();
  expect(existsSync(file)).toBe(false);
});

test('a lock left by an earlier process with this very number is taken over', async () => {
  const release = await takeLock(file);
  release();
  writeFileSync(file, String(process.pid));
  const again = await takeLock(file);
  again();
  expect(existsSync(file)).toBe(false);
});
