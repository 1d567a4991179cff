import { TIMING } from '../../shared/limits.ts';
import { isUnderWay, transition } from '../../shared/session.ts';
import { noticeLag } from './lag.ts';
import { noticeHalf } from './patience.ts';
import type { Room } from './room.ts';
import { noticeSilence } from './silence.ts';
import { Timers } from './timers.ts';

/** What becomes of a room's run by itself as time passes, without a message from anybody. */
export class RunTimers {
  private readonly timers: Timers<'go' | 'look'>;

  constructor(private readonly room: Room) {
    const { time, log, code } = room.context;
    this.timers = new Timers(time, log, code);
  }

  /** The phase, the run or its clock are others now. */
  follow(): void {
    this.awaitGo();
    this.lookOut();
  }

  cancelAll(): void {
    this.timers.cancelAll();
  }

  private awaitGo(): void {
    this.timers.cancel('go');
    const { run, phase, now } = this.room;
    const running = transition(phase, 'go');
    if (!run?.clock || !running) return;
    const { clock } = run;
    this.timers.set('go', Math.max(0, clock.at - now), () => this.room.move(running, clock));
  }

  /** From the start of a run to its end: who is silent or behind is named, and not waited for without bound. */
  private lookOut(): void {
    this.timers.cancel('look');
    const { room } = this;
    const { run, phase, roster } = room;
    if (!run || !isUnderWay(phase)) return;
    this.timers.set('look', TIMING.lookout, () => {
      for (const silent of noticeSilence(run, roster, room.now)) room.changed(silent);
      for (const behind of noticeLag(run, roster, room.now)) room.changed(behind);
      noticeHalf(run, roster, room.now);
      // Whom the class waits for may be others now, though nothing came.
      room.requestTick();
      this.lookOut();
    });
  }
}
