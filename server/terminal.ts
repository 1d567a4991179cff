import { renderUnicodeCompact } from 'uqr';
import type { Addresses } from './app.ts';

/** What the teacher reads in the terminal when the server is ready. */
export function greeting({ local, shared }: Addresses): string {
  const lines = ['', 'Build a Brain is ready.', '', `  On this computer:   ${local}`];
  if (shared) {
    const code = renderUnicodeCompact(shared, { border: 2 })
      .split('\n')
      .map((line) => `  ${line}`);
    lines.push(`  For the class:      ${shared}`, '', ...code);
  } else {
    lines.push('  No other device can reach it: there is no local network, or HOST shuts it out.');
  }
  return [...lines, '', 'Press Ctrl+C to stop.', ''].join('\n');
}
