import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const RULE = /\[P(\d+)\]/g;

/** Numbers of the rules that the protocol defines, in the order in which it does. */
const defined = numbers(/^- \*\*\[P(\d+)\]\*\* /gm, read('shared/PROTOCOL.md'));

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function numbers(pattern: RegExp, text: string): number[] {
  return Array.from(text.matchAll(pattern), ([, number]) => Number(number));
}

/** Rules that the names of tests cite, by file, of the tests that `npm test` runs. */
function cited(): Map<string, number[]> {
  const files = ['unit', 'integration', 'browser'].flatMap((project) =>
    readdirSync(path.join(ROOT, 'tests', project), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') || file.endsWith('Contract.ts'))
      .map((file) => path.join('tests', project, file)),
  );
  const names = /\b(?:test|it|describe)(?:\.each\([^]*?\))?\(\s*(['"`])([^]*?)\1,/g;
  return new Map(
    files.map((file) => {
      const text = Array.from(read(file).matchAll(names), ([, , name]) => name).join('\n');
      return [file, numbers(RULE, text)];
    }),
  );
}

test('every number in the protocol means one rule', () => {
  expect(defined.length).toBeGreaterThan(30);
  const twice = defined.filter((number, k) => defined.indexOf(number) !== k);
  expect(twice).toEqual([]);
});

test('every rule is kept by a test that names it, and no test names a rule that there is not', () => {
  const byFile = cited();
  const all = new Set([...byFile.values()].flat());
  expect(defined.filter((number) => !all.has(number))).toEqual([]);
  const strays = [...byFile].flatMap(([file, rules]) =>
    rules.filter((rule) => !defined.includes(rule)).map((rule) => `${file}: [P${rule}]`),
  );
  expect(strays).toEqual([]);
});
