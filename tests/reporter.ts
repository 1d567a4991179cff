import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { countLine } from '../scripts/count.mjs';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Ends the output with the plain line `N passed, N failed` (`, N skipped` may follow), or leaves the
 * count in the file COUNT_FILE, where checks run beside the tests and are to be added. Errors outside
 * any test count as failures; so does an empty run.
 */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = countTests(modules);
    count.failed += unhandledErrors.length;
    if (count.passed + count.failed === 0) count.failed = 1;
    if (count.failed > 0) process.exitCode = 1;
    const file = process.env['COUNT_FILE'];
    if (file) {
      writeFileSync(file, JSON.stringify(count));
      return;
    }
    // At exit, so that no other reporter writes below it.
    process.once('exit', () => process.stdout.write(`${countLine(count)}\n`));
  }
}

export function countTests(modules: readonly TestModule[]): Count {
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    const before = count.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      count[state === 'pending' ? 'failed' : state] += 1;
    }
    // A file that could not be loaded, or whose hook failed, has no failed test of its own.
    if (module.state() === 'failed' && count.failed === before) count.failed += 1;
  }
  return count;
}
