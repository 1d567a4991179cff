import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Manifest } from 'vite';
import { expect, it } from 'vitest';

/** Bytes of JavaScript and CSS, as they go over the network, that a student waits for. */
const LIMIT = 90_000;

const CLIENT = path.resolve('dist/client');

/** Files that the browser has before it shows these modules: their own and those they import. */
function filesOf(manifest: Manifest, modules: readonly string[]): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the build has no ${name}`);
    files.add(chunk.file);
    chunk.css?.forEach((file) => files.add(file));
    chunk.imports?.forEach(visit);
  };
  modules.forEach(visit);
  return files;
}

/** Bytes of a file as the server sends it to a browser that knows Brotli. */
function sentBytes(file: string): number {
  const [plain, compressed] = [path.join(CLIENT, file), path.join(CLIENT, `${file}.br`)];
  return statSync(existsSync(compressed) ? compressed : plain).size;
}

it.each(['en', 'fr'])('a student’s first view is at most 90 kB, in the language %s', (language) => {
  const manifest = JSON.parse(
    readFileSync(path.join(CLIENT, '.vite/manifest.json'), 'utf8'),
  ) as Manifest;
  const modules = ['index.html', 'student/Student.svelte', `messages/${language}.ts`];
  const sizes = [...filesOf(manifest, modules)]
    .map((file): [file: string, bytes: number] => [path.basename(file), sentBytes(file)])
    .sort(([, a], [, b]) => b - a);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  const list = sizes.map(([file, bytes]) => `${file} ${bytes}`).join(', ');
  process.stdout.write(`First view of a student, ${language}: ${total} bytes\n`);
  expect(total, list).toBeLessThanOrEqual(LIMIT);
});
