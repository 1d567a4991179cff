import { Worker } from 'node:worker_threads';
import { StoreError, type Change, type Store, type StoredSession } from '../store.ts';
import type { MovedAside, OpenOptions } from './file.ts';
import {
  ownArrays,
  type Asked,
  type Question,
  type ThreadData,
  type Told,
} from './threadMessages.ts';

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: StoreError) => void;
}

/** Sessions in one file of SQLite, which a thread of its own writes and reads. */
export class ThreadStore implements Store {
  private thread: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  /** @param onMovedAside a damaged file was moved aside: what it held is no longer served */
  constructor(
    private readonly options: OpenOptions,
    private readonly onMovedAside: (moved: MovedAside) => void,
  ) {}

  /** Makes sure that the file can be used; everything else does so by itself as well. */
  open(): Promise<void> {
    return this.ask('open');
  }

  load(code: string): Promise<StoredSession | null> {
    return this.ask('load', code);
  }

  count(): Promise<number> {
    return this.ask('count');
  }

  unusedSince(time: number): Promise<string[]> {
    return this.ask('unusedSince', time);
  }

  write(code: string, change: Change): Promise<void> {
    return this.ask('write', code, ownArrays(change));
  }

  remove(code: string): Promise<void> {
    return this.ask('remove', code);
  }

  async close(): Promise<void> {
    if (!this.thread) return;
    await this.ask('close');
    const { thread } = this;
    this.thread = null;
    await thread.terminate();
  }

  private ask<Name extends keyof Question>(
    name: Name,
    ...args: Parameters<Question[Name]>
  ): ReturnType<Question[Name]> {
    this.thread ??= this.start();
    const { thread } = this;
    const id = ++this.asked;
    const answer = new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      thread.postMessage({ id, name, args } satisfies Asked<Name>);
    });
    // The thread answers with what the method of that name gives.
    return answer as ReturnType<Question[Name]>;
  }

  private start(): Worker {
    const thread = startThread(this.options);
    thread.on('message', (told: Told) => {
      if ('movedAside' in told) this.onMovedAside(told.movedAside);
      else this.answer(told);
    });
    // It has failed in a way that it could not answer; the next question starts another.
    thread.on('error', (error) => this.lose(thread, error.message));
    thread.on('exit', () => this.lose(thread, 'the thread of the database has ended'));
    return thread;
  }

  private answer(told: Exclude<Told, { movedAside: unknown }>): void {
    const waiting = this.waiting.get(told.id);
    this.waiting.delete(told.id);
    if (told.ok) waiting?.resolve(told.value as never);
    else waiting?.reject(new StoreError(told.code, told.message));
  }

  private lose(thread: Worker, reason: string): void {
    if (this.thread !== thread) return;
    this.thread = null;
    for (const { reject } of this.waiting.values()) reject(new StoreError('unavailable', reason));
    this.waiting.clear();
  }
}

function startThread(workerData: ThreadData): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./thread.js', import.meta.url), { workerData });
  }
  // From its source, in development and in tests: what reads TypeScript has to be set up in each thread.
  const source = new URL('./thread.ts', import.meta.url).href;
  const begin = `import('tsx/esm/api').then(({register}) => { register(); return import('${source}'); })`;
  return new Worker(begin, { eval: true, workerData });
}
