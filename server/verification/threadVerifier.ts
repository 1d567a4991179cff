import type { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { TIMING } from '../../shared/limits.ts';
import type { Verdict } from '../../shared/protocol/views.ts';
import type { Claim, Order, OrderListener, Verifier } from '../rooms/verifier.ts';
import { besides, startThread } from '../threads.ts';
import type { TimeSource } from '../time.ts';
import { ownArrays, type Asked, type Told } from './messages.ts';

interface Work {
  order: Order;
  listener: OrderListener;
  /** Index of the next claim. */
  next: number;
  /** Ms that its replays have taken. */
  spent: number;
}

/**
 * Replays claims in one thread, one claim at a time, the orders of all rooms in turn so that none
 * waits for the whole of another's. The thread starts with the first claim and ends when there has
 * been none for a while, for it holds the images.
 */
export class ThreadVerifier implements Verifier {
  /** The first is at work. */
  private readonly works: Work[] = [];
  private thread: Worker | null = null;
  private current: { id: number; work: Work; claim: Claim } | null = null;
  private asked = 0;
  private callOffRest: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly time: TimeSource,
    private readonly log: Logger,
  ) {}

  verify(order: Order, listener: OrderListener): () => void {
    const work: Work = { order, listener, next: 0, spent: 0 };
    this.works.push(work);
    // Not before the caller has what calls it off.
    const callOffStart = this.time.after(0, () => this.goOn());
    return () => {
      callOffStart();
      const place = this.works.indexOf(work);
      if (place >= 0) this.works.splice(place, 1);
      if (this.current?.work === work) {
        this.ask({ ask: 'drop', id: this.current.id });
        this.current = null;
        this.goOn();
      }
    };
  }

  /** Ends the thread; what was ordered gets no verdict. */
  async close(): Promise<void> {
    this.closed = true;
    this.works.length = 0;
    this.current = null;
    await this.endThread();
  }

  private goOn(): void {
    if (this.current || this.closed) return;
    const [work] = this.works;
    if (!work) {
      this.callOffRest ??= this.time.after(TIMING.verifierRest, () => void this.endThread());
      return;
    }
    const { settings, claims, limit } = work.order;
    const claim = claims[work.next];
    if (!claim) {
      this.works.shift();
      work.listener.done();
      this.goOn();
      return;
    }
    work.next += 1;
    const left = limit - work.spent;
    this.current = { id: ++this.asked, work, claim };
    if (left <= 0) {
      this.conclude({ state: 'unchecked' });
      return;
    }
    const { id } = this.current;
    this.ask({ ask: 'replay', id, settings, claim: ownArrays(claim), limit: left });
  }

  /** The claim at work has its verdict; the next one is another room's, where others wait. */
  private conclude(verdict: Verdict): void {
    const { current } = this;
    if (!current) return;
    this.current = null;
    const { work, claim } = current;
    const place = this.works.indexOf(work);
    if (place >= 0) {
      this.works.splice(place, 1);
      const isLast = work.next >= work.order.claims.length;
      if (!isLast) this.works.push(work);
      work.listener.found(claim, verdict);
      if (isLast) work.listener.done();
    }
    this.goOn();
  }

  private ask(asked: Asked): void {
    this.callOffRest?.();
    this.callOffRest = null;
    this.thread ??= this.start();
    this.thread.postMessage(asked);
  }

  private start(): Worker {
    const thread = startThread(besides(import.meta.url, 'thread'));
    thread.unref();
    thread.on('message', ({ id, verdict, ms }: Told) => {
      if (this.current?.id !== id) return;
      this.current.work.spent += ms;
      this.conclude(verdict);
    });
    thread.on('error', (error) => this.lose(thread, error));
    thread.on('exit', (code) => this.lose(thread, new Error(`the thread ended with ${code}`)));
    return thread;
  }

  /** The thread has failed over a claim: that one stays unchecked, the next gets a new thread. */
  private lose(thread: Worker, error: Error): void {
    if (this.thread !== thread) return;
    this.thread = null;
    this.log.error({ err: error }, 'a run could not be replayed');
    this.conclude({ state: 'unchecked' });
  }

  private async endThread(): Promise<void> {
    this.callOffRest?.();
    this.callOffRest = null;
    const { thread } = this;
    this.thread = null;
    await thread?.terminate();
  }
}
