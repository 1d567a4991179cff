import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOf, isFresh, removeStamp, writeStamp } from '../../../scripts/stamp.mjs';

let top: string;

beforeEach(() => {
  top = mkdtempSync(path.join(tmpdir(), 'stamp-'));
  mkdirSync(path.join(top, 'in/deep'), { recursive: true });
  writeFileSync(path.join(top, 'in/a.ts'), 'a');
  writeFileSync(path.join(top, 'in/deep/b.ts'), 'b');
});

afterEach(() => rmSync(top, { recursive: true }));

const hash = (...values: string[]): string => hashOf(top, ['in', 'missing'], values);

test('the hash stays while names and contents stay', () => {
  const before = hash('1');
  writeFileSync(path.join(top, 'in/a.ts'), 'a');
  expect(hash('1')).toBe(before);
});

test.each<[string, () => void]>([
  ['a content changes', () => writeFileSync(path.join(top, 'in/deep/b.ts'), 'c')],
  ['a file is added', () => writeFileSync(path.join(top, 'in/c.ts'), '')],
  ['a file is removed', () => rmSync(path.join(top, 'in/a.ts'))],
  ['a file is renamed', () => renameSync(path.join(top, 'in/a.ts'), path.join(top, 'in/z.ts'))],
  ['a missing input appears', () => writeFileSync(path.join(top, 'missing'), '')],
])('the hash differs when %s', (_, change) => {
  const before = hash();
  change();
  expect(hash()).not.toBe(before);
});

test('the hash depends on the further values', () => {
  expect(hash('1.0')).not.toBe(hash('1.1'));
});

test('a result is fresh only with its own stamp and with all that it vouches for', () => {
  const stamp = path.join(top, '.setup/part');
  const output = path.join(top, 'out');
  expect(isFresh(stamp, 'h', [])).toBe(false);
  writeStamp(stamp, 'h');
  expect(isFresh(stamp, 'h', [output])).toBe(false);
  mkdirSync(output);
  expect(isFresh(stamp, 'h', [output])).toBe(true);
  expect(isFresh(stamp, 'another', [output])).toBe(false);
  removeStamp(stamp);
  expect(isFresh(stamp, 'h', [output])).toBe(false);
});
