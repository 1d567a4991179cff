import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build, type Rollup } from 'vite';
import { expect, it } from 'vitest';
import { LEAVING_CASES } from '../kernels/equality.ts';
import { PINNED } from '../kernels/fingerprints.ts';
import { useChromium, visit } from './chromium.ts';

useChromium();

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** An empty page with the code that compares, and the compiled kernels in base64. */
async function comparing(): Promise<{ page: Page; kernels: string }> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: { entry: path('../kernels/page.ts'), formats: ['iife'], name: 'comparing' },
    },
  });
  const [output] = built as Rollup.RollupOutput[];
  const page = await visit('about:blank');
  await page.addScriptTag({ content: output!.output[0].code });
  return {
    page,
    kernels: (await readFile(path('../../dist/kernels/kernels.wasm'))).toString('base64'),
  };
}

it('a browser computes the bits that Node computes, in the kernels and in the readable code', async () => {
  const { page, kernels } = await comparing();
  const found = await page.evaluate((code) => window.fingerprints(code), kernels);
  for (const [name, { fingerprint }] of Object.entries(PINNED)) {
    expect(found[name], name).toEqual({ readable: fingerprint, kernels: fingerprint });
  }
  const leaving = await page.evaluate((code) => window.differencesLeaving(code), kernels);
  expect(leaving).toEqual(LEAVING_CASES.map(() => null));
  const search = ({ code, convnet, runs }: { code: string; convnet: boolean; runs: number }) =>
    window.findDifference(code, convnet, runs);
  expect(await page.evaluate(search, { code: kernels, convnet: false, runs: 150 })).toBeNull();
  expect(await page.evaluate(search, { code: kernels, convnet: true, runs: 6 })).toBeNull();
});
