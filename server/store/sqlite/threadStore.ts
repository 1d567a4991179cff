import type { Worker } from 'node:worker_threads';
import { besides, startThread } from '../../threads.ts';
import {
  StoreError,
  type Change,
  type Forgotten,
  type Store,
  type StoredSession,
} from '../store.ts';
import { moveAside, type MovedAside, type OpenOptions } from './file.ts';
import type { SetAside } from './setAside.ts';
import { ownArrays, type Asked, type News, type Question, type Told } from './threadMessages.ts';

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: StoreError) => void;
}

/**
 * Sessions in one file of SQLite, which a thread of its own writes and reads. A thread that failed
 * is ended and the next question starts another, so that a disk that comes back is used again; a
 * damaged file is moved aside in between.
 */
export class ThreadStore implements Store {
  private thread: Worker | null = null;
  /** While a thread that failed is on its way out. */
  private ending: Promise<void> | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  /**
   * @param onMovedAside a damaged file was moved aside: what it held is no longer served
   * @param onSetAside damaged sessions were: the others are served
   */
  constructor(
    private readonly options: OpenOptions,
    private readonly onMovedAside: (moved: MovedAside) => void,
    private readonly onSetAside: (set: SetAside) => void,
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

  forgetDamaged(before: number): Promise<Forgotten> {
    return this.ask('forgetDamaged', before);
  }

  async close(): Promise<void> {
    await this.ending;
    if (!this.thread) return;
    try {
      await this.askThread('close', []);
    } finally {
      await this.end();
    }
  }

  /** @returns what the thread's method of that name gives */
  private async ask<Name extends keyof Question, Value>(
    name: Name,
    ...args: Parameters<Question[Name]>
  ): Promise<Value> {
    try {
      return await this.askThread<Name, Value>(name, args);
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'damaged')) throw error;
      // The file is moved aside by now: the question goes to a new one.
      return this.askThread(name, args);
    }
  }

  private async askThread<Name extends keyof Question, Value>(
    name: Name,
    args: Parameters<Question[Name]>,
  ): Promise<Value> {
    await this.ending;
    const thread = (this.thread ??= this.start());
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      thread.postMessage({ id, name, args } satisfies Asked<Name>);
    });
  }

  private start(): Worker {
    const thread = startThread(besides(import.meta.url, 'thread'), this.options);
    thread.on('message', (told: Told | News) => this.hear(told));
    // It failed in a way that it could not answer.
    thread.on('error', (error) => {
      if (this.thread === thread) this.lose(new StoreError('unavailable', error.message));
    });
    return thread;
  }

  private hear(told: Told | News): void {
    if ('setAside' in told) {
      this.onSetAside(told.setAside);
      return;
    }
    const waiting = this.waiting.get(told.id);
    this.waiting.delete(told.id);
    if (told.ok) {
      waiting?.resolve(told.value as never);
      return;
    }
    const error = new StoreError(told.code, told.message);
    if (told.isOver) this.lose(error);
    waiting?.reject(error);
  }

  /** Ends the thread, and with it its hold of the file; what else was asked fails like the first. */
  private lose(error: StoreError): void {
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    this.ending ??= this.end().then(() => {
      this.ending = null;
      if (error.code === 'damaged') this.replaceFile();
    });
    for (const { reject } of lost) reject(error);
  }

  private async end(): Promise<void> {
    const { thread } = this;
    this.thread = null;
    await thread?.terminate();
  }

  private replaceFile(): void {
    let moved: MovedAside;
    try {
      moved = moveAside(this.options.file, Date.now());
    } catch {
      // The next thread finds it as damaged, and whoever asks then is told.
      return;
    }
    this.onMovedAside(moved);
  }
}
