import { NO_ANSWER } from '../../shared/live/answer.ts';
import { TIMING } from '../../shared/limits.ts';
import { ServerTime } from '../../shared/live/serverTime.ts';
import { deviceTime } from './deviceTime.ts';
import { ask, type LiveSocket } from './socket.ts';

const QUESTIONS_AT_FIRST = 5;
/** Disagreement beyond the round trip that an estimate does not survive, in ms. */
const JUMP = 50;

/** Keeps the estimate of the server's time: several questions after each connection, then now and then. */
export class ClockSync {
  private readonly time = new ServerTime();
  private timer: ReturnType<typeof setInterval> | undefined;
  /** Answers to what was asked before a restart count no more: the device may have slept meanwhile. */
  private round = 0;

  constructor(
    private readonly socket: LiveSocket,
    /** Called with the offset, server minus device in ms, whenever it has changed. */
    private readonly changed: (offset: number) => void,
  ) {}

  start(): void {
    this.stop();
    this.timer = setInterval(() => void this.measure(this.round), TIMING.clockSync);
    void this.restart();
  }

  stop(): void {
    clearInterval(this.timer);
    this.round += 1;
  }

  /**
   * A device may have slept, and its clock jumped: what was measured before counts no more.
   * @returns whether the server has answered the first question
   */
  async restart(): Promise<boolean> {
    const round = ++this.round;
    this.time.reset();
    const isHeard = await this.measure(round);
    for (let k = 1; k < QUESTIONS_AT_FIRST && round === this.round; k++) await this.measure(round);
    return isHeard;
  }

  /** What an answer that carries the server's time teaches. */
  learn(asked: number, serverNow: number): void {
    const answered = deviceTime();
    const before = this.time.offset;
    // An honest answer is off by at most half its round trip; further off, a clock has jumped.
    const implied = serverNow - (asked + answered) / 2;
    if (Math.abs(implied - before) > answered - asked + JUMP) this.time.reset();
    this.time.learn(asked, answered, serverNow);
    if (this.time.offset !== before) this.changed(this.time.offset);
  }

  private async measure(round: number): Promise<boolean> {
    const asked = deviceTime();
    const answer = await ask(this.socket, 'time', {});
    if (answer.ok && round === this.round) this.learn(asked, answer.now);
    return answer.ok || answer.code !== NO_ANSWER;
  }
}
