import { crowdPause } from '../../shared/live/crowd.ts';

/** The line before a door at which there are too many at once: who is sent into it knocks again later. [P93] */
export class Line {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** How often in a row it was sent back. */
  private sentBack = 0;

  /**
   * Waits, longer each time.
   * @param retryAfter what the server says, in ms
   * @param knock called once when the time has come
   */
  wait(retryAfter: number | undefined, knock: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(knock, crowdPause(this.sentBack++, retryAfter));
  }

  /** Somebody knocks already: the one who waits need not. */
  stop(): void {
    clearTimeout(this.timer);
  }

  /** Through the door; who is sent back later begins anew. */
  leave(): void {
    this.stop();
    this.sentBack = 0;
  }
}
