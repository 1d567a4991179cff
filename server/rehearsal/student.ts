import { performance } from 'node:perf_hooks';
import { Reporter } from '../../shared/live/reporter.ts';
import { ServerTime } from '../../shared/live/serverTime.ts';
import { Trainee } from '../../shared/live/trainee.ts';
import type { Held, StudentWelcome } from '../../shared/protocol/events.ts';
import type { RunView, SessionView } from '../../shared/protocol/views.ts';
import { createLearner } from '../../shared/run/learner.ts';
import { BETS } from '../../shared/run/bets.ts';
import { rateAt, rateRange } from '../../shared/run/rates.ts';
import {
  evaluationSteps,
  reportingGrid,
  windowEnd,
  type RunSettings,
} from '../../shared/run/settings.ts';
import { Training } from '../../shared/run/training.ts';
import type { RunData } from '../data/runData.ts';
import { Link } from './link.ts';

/** Trains at most this long before the other students of the process have their turn, in ms. */
const SLICE_MS = 4;

export interface StudentOptions {
  url: string;
  code: string;
  name: string;
  /** What run `run` trains on; asked for once a run. */
  data(run: number, settings: RunSettings): Promise<RunData>;
  joined(): void;
  /** An attempt to connect has failed; others follow. */
  unreached?(reason: string): void;
  ended(reason: string): void;
}

interface Current {
  view: RunView;
  rate: number;
  reporter: Reporter;
  /** Null while the data is being read. */
  trainee: Trainee | null;
}

/** A student made of a program: a real connection and a real training, and no browser. */
export class SimulatedStudent {
  private readonly link: Link;
  private readonly serverTime = new ServerTime();
  private index = -1;
  private session: SessionView | null = null;
  private rate: number | null = null;
  private current: Current | null = null;
  private timer: NodeJS.Timeout | undefined;
  private held: Held = { losses: 0, evaluations: 0 };
  /** The last run for which a rate was picked. */
  private pickedFor = 0;
  /** The run and rate of the last bet. */
  private betOn = '';

  constructor(private readonly options: StudentOptions) {
    this.link = new Link(options.url, options.code, options.name, {
      welcomed: (welcome) => this.welcomed(welcome),
      unreached: (reason) => options.unreached?.(reason),
      disconnected: () => this.current?.reporter.connected(false),
      ended: (reason) => {
        this.forget();
        options.ended(reason);
      },
    });
    this.link.socket.on('session', (session) => {
      this.session = session;
      this.held = { losses: 0, evaluations: 0 };
      this.look();
    });
    this.link.socket.on('roster', (changed) => {
      const own = changed.find((participant) => participant.index === this.index);
      if (!own) return;
      this.rate = own.rate;
      this.look();
    });
  }

  close(): void {
    this.forget();
    this.link.close();
  }

  private welcomed(welcome: StudentWelcome): void {
    const isFirst = this.index < 0;
    this.index = welcome.index;
    this.session = welcome.session;
    this.held = welcome.held;
    this.rate = welcome.participants.find(({ index }) => index === welcome.index)?.rate ?? null;
    this.serverTime.reset();
    void this.measureTime();
    if (this.current && this.current.view.number === welcome.session.run?.number) {
      this.current.reporter.connected(true);
      this.current.reporter.settle(welcome.held);
    }
    if (isFirst) this.options.joined();
    this.look();
  }

  private async measureTime(): Promise<void> {
    const asked = deviceTime();
    const answer = await this.link.request<'time', { now: number }>('time', {});
    if (answer.ok) this.serverTime.learn(asked, deviceTime(), answer.now);
    this.wake();
  }

  /** Brings the training in line with the session: begins, follows the clock, or forgets. */
  private look(): void {
    const run = this.session?.run;
    if (!run?.clock) {
      this.forget();
      if (run && this.session?.phase === 'lobby') this.pick(run);
      if (run) this.bet(run);
      return;
    }
    if (this.rate === null) {
      this.pick(run);
      return;
    }
    if (this.current?.view.number !== run.number || this.current.rate !== this.rate) {
      this.begin(run, this.rate);
    }
    this.current?.trainee?.follow(run.clock);
    this.wake();
  }

  private begin(view: RunView, rate: number): void {
    this.forget();
    const { settings } = view;
    const grid = reportingGrid(settings.steps);
    const reporter = new Reporter({
      run: view.number,
      grid,
      evaluations: evaluationSteps(settings).length,
      send: {
        losses: (report) => this.link.request('losses', report),
        evaluations: (report) => this.link.request('evaluations', report),
      },
      after: (ms, fn) => {
        const timer = setTimeout(fn, ms);
        return () => clearTimeout(timer);
      },
    });
    const held = this.held;
    reporter.settle(held);
    const current: Current = { view, rate, reporter, trainee: null };
    this.current = current;
    const prepare = ({ data, space }: RunData) => {
      if (this.current !== current) return;
      const training = new Training(settings, createLearner(settings, rate, data, space));
      current.trainee = new Trainee(
        training,
        {
          losses: (from, values) => reporter.addLosses(from, values, this.secondsGone()),
          evaluations: (from, values) => reporter.addEvaluations(from, values),
          diverged: (atStep) => reporter.diverge(atStep),
        },
        held.losses > 0 ? windowEnd(grid, held.losses - 1) : 0,
      );
      this.look();
    };
    this.options.data(view.number, settings).then(prepare, (error: unknown) => {
      this.close();
      this.options.ended(`no data: ${String(error)}`);
    });
  }

  /** Where students choose, this one takes a random rate within the range. */
  private pick(run: RunView): void {
    if (run.rates.kind !== 'pick' || this.pickedFor === run.number) return;
    this.pickedFor = run.number;
    const { from, to } = rateRange(run.rates);
    void this.link.request('pick', { run: run.number, rate: rateAt(from, to, Math.random()) });
  }

  /** Where students bet, this one guesses. */
  private bet(run: RunView): void {
    const { rate } = this;
    const on = `${run.number} ${rate}`;
    if (!run.bets || rate === null || this.betOn === on) return;
    this.betOn = on;
    const bet = BETS[Math.floor(Math.random() * BETS.length)]!;
    void this.link.request('bet', { run: run.number, rate, bet });
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.current?.reporter.stop();
    this.current = null;
  }

  private wake(): void {
    clearTimeout(this.timer);
    if (this.current?.trainee) this.timer = setTimeout(() => this.work(), 0);
  }

  private serverNow(): number {
    return deviceTime() + this.serverTime.offset;
  }

  /** Of the run, as its clock has it. */
  private secondsGone(): number {
    return this.current?.trainee?.secondsGone(this.serverNow()) ?? 0;
  }

  private work(): void {
    const trainee = this.current?.trainee;
    if (!trainee) return;
    const started = performance.now();
    const stop = () => performance.now() - started > SLICE_MS;
    const wait = trainee.work(this.serverNow(), stop);
    if (wait !== null) this.timer = setTimeout(() => this.work(), wait);
  }
}

/** This machine's time in ms since 1970, which never jumps. */
function deviceTime(): number {
  return performance.timeOrigin + performance.now();
}
