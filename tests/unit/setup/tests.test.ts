import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { countLine } from '../../../scripts/count.mjs';

const TESTS = fileURLToPath(new URL('../..', import.meta.url));
const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => /\.(test|spec)\./.test(file));

test('every test file belongs to a project, so that it runs', () => {
  const strays = files.filter(
    (file) => !/^(unit|integration|browser|soak)\/.*\.test\.ts$/.test(file),
  );
  expect(strays).toEqual([]);
});

test('no test is skipped, focused or left for later', () => {
  const marks =
    /\b(test|it|describe|suite)\.(skip|only|todo|runIf|skipIf)\b|\bx(it|test|describe)\(/;
  const marked = files.filter((file) => marks.test(readFileSync(path.join(TESTS, file), 'utf8')));
  expect(marked).toEqual([]);
});

test('the last line says how many tests passed, failed and were skipped', () => {
  expect(countLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(countLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
});
