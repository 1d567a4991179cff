import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Milliseconds. */
const MINUTE = 60_000;

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  test: {
    reporters: ['default', './tests/reporter.ts'],
    maxWorkers: 2,
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
          testTimeout: 3 * MINUTE,
          hookTimeout: MINUTE,
          // After the others and one at a time: a class in a browser needs both cores.
          fileParallelism: false,
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
