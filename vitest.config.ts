import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Milliseconds. */
const MINUTE = 60_000;

const ALONE = 'tests/browser/clock.test.ts';

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  test: {
    reporters: ['default', './tests/reporter.ts'],
    // One more than the cores of a small machine: half of what the tests do is wait.
    maxWorkers: 3,
    // Files share what they import, and a process its Chromium: a file alone pays for both anew.
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: MINUTE / 2 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: MINUTE,
          hookTimeout: MINUTE,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          exclude: [ALONE],
          testTimeout: 3 * MINUTE,
          hookTimeout: MINUTE,
        },
      },
      {
        extends: true,
        test: {
          // After the others: whoever measures milliseconds between browsers needs both cores.
          name: 'alone',
          include: [ALONE],
          testTimeout: 3 * MINUTE,
          hookTimeout: MINUTE,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          // Minutes of load and failure; `npm run test:soak` runs these, and `npm test` does not.
          name: 'soak',
          include: ['tests/soak/**/*.test.ts'],
          testTimeout: 3 * MINUTE,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
