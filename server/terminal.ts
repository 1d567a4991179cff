import { renderUnicodeCompact } from 'uqr';
import type { Addresses } from './app.ts';

/** White on black, whatever colours the terminal has: a QR of swapped colours is hard to scan. */
const QR_COLOURS = ['\x1b[97;40m', '\x1b[0m'] as const;

/**
 * What the teacher reads in the terminal when the server is ready.
 * @param colours whether the terminal understands escape sequences
 */
export function greeting({ local, shared }: Addresses, colours: boolean): string {
  const [on, off] = colours ? QR_COLOURS : ['', ''];
  const lines = ['', 'Build a Brain is ready.', '', `  On this computer:   ${local}`];
  if (shared) {
    const code = renderUnicodeCompact(shared, { border: 2 })
      .split('\n')
      .map((line) => `  ${on}${line}${off}`);
    lines.push(`  For the class:      ${shared}`, '', ...code);
  } else {
    lines.push('  No other device can reach it: there is no local network, or HOST shuts it out.');
  }
  return [...lines, '', 'Press Ctrl+C to stop.', ''].join('\n');
}
