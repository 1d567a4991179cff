import { fork, type ChildProcess } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { TIMING } from '../../shared/limits.ts';

export interface RehearsalRequest {
  url: string;
  code: string;
  students: number;
}

const children = new Set<ChildProcess>();

/**
 * Adds simulated students to a session, in a process of their own so that their training never
 * delays the server. Resolves when all have joined, rejects when one could not.
 */
export function startRehearsal(
  { url, code, students }: RehearsalRequest,
  log: Logger,
): Promise<void> {
  const file = import.meta.url.endsWith('.ts') ? './main.ts' : './main.js';
  const child = fork(
    fileURLToPath(new URL(file, import.meta.url)),
    ['--url', url, '--code', code, '--students', String(students)],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: process.execArgv },
  );
  children.add(child);
  child.stderr?.on('data', (text: Buffer) => log.info({ code }, text.toString().trim()));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error('simulated students did not join in time'));
    }, TIMING.rehearsal);
    child.on('message', (message: { joined: number } | { failed: string }) => {
      clearTimeout(timer);
      if ('joined' in message) resolve();
      else reject(new Error(message.failed));
    });
    child.on('error', reject);
    child.on('exit', (exitCode) => {
      clearTimeout(timer);
      children.delete(child);
      reject(new Error(`simulated students ended with ${exitCode}`));
    });
  });
}

/** Ends all simulated students that this process has started. */
export function stopRehearsals(): void {
  for (const child of children) child.kill();
}
