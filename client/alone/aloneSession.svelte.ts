import type { ChartSession } from '../charts/chartSession.ts';
import { Board } from '../live/board.ts';
import { deviceTime } from '../live/deviceTime.ts';
import type { AskedBrain, BrainSession } from '../brain/brainSession.ts';
import { recordedBrainPlan } from '../brain/recordedBrainPlan.ts';
import { pauseClock, resumeClock, singleStep, startClock, type Clock } from '../../shared/clock.ts';
import { MAX_ALONE_RUNS, TIMING } from '../../shared/limits.ts';
import { Column } from '../../shared/live/column.ts';
import { REFUSALS } from '../../shared/protocol/codes.ts';
import { rank } from '../../shared/live/leaderboard.ts';
import type { RunResult } from '../../shared/protocol/results.ts';
import type { ParticipantView, RunView, SessionView, Status } from '../../shared/protocol/views.ts';
import type { Bet } from '../../shared/run/bets.ts';
import { rankingSpan } from '../../shared/run/ranking.ts';
import { windowEnd } from '../../shared/run/settings.ts';
import { transition, type Phase } from '../../shared/session.ts';
import type { AlonePlan } from './aloneLink.ts';
import { AloneModels, type ChartNews } from './aloneModels.svelte.ts';
import { aloneResult } from './aloneResult.ts';
import { freeProcessors } from './freeProcessors.ts';

const NO_LOSSES = new Column(0);

/**
 * A class of one browser: each learning rate trains a model of its own, all by one clock, and charts
 * read it like a session. Whoever makes it ends it.
 */
export class AloneSession implements ChartSession, BrainSession {
  /** In the place of a join code, in the names of files. */
  readonly code = 'alone';
  view = $state.raw<SessionView>(emptyView());
  participants = $state.raw<ReadonlyMap<number, ParticipantView>>(new Map());
  version = $state(0);
  readonly board = new Board();
  readonly models = new AloneModels(
    (index, news) => this.take(index, news),
    (index) => this.stepsDone(index),
  );
  /** Runs before the present one, the oldest first; as long as the page lives. */
  private earlier: readonly RunResult[] = [];
  private redraw = 0;
  private beginning: ReturnType<typeof setTimeout> | undefined;
  /** Of the time that each worker may compute. */
  private share = 1;

  get phase(): Phase {
    return this.view.phase;
  }

  /** All runs so far, the oldest first, the present one as it is now. */
  runs(): RunResult[] {
    const present = aloneResult(this);
    return present ? [...this.earlier, present] : [];
  }

  serverNow(): number {
    return deviceTime();
  }

  /** @param bets by learning rate, of those that were bet on */
  start(plan: AlonePlan, bets: ReadonlyMap<number, Bet> = new Map()): void {
    const { settings, pace, rates } = plan;
    const clock = startClock(pace, settings.steps, this.serverNow() + TIMING.resumeLead);
    const number = (this.view.run?.number ?? 0) + 1;
    const run: RunView = { ...plan, number, clock, reference: null, bets: bets.size > 0 };
    this.earlier = this.runs().slice(-(MAX_ALONE_RUNS - 1));
    this.models.forget();
    this.participants = new Map(
      rates.rates.map((rate, index) => [index, modelView(index, rate, bets.get(rate))]),
    );
    this.board.follow(run);
    this.view = { ...this.view, phase: 'running', run };
    // To make the workers takes about as long as to show the run: not both in one task of the page.
    clearTimeout(this.beginning);
    this.beginning = setTimeout(() => this.begin(number, plan));
    this.changed();
  }

  private begin(run: number, { settings, rates }: AlonePlan): void {
    this.models.begin(run, settings, rates.rates);
    const clock = this.view.run?.clock;
    if (clock) this.tellClock(clock);
  }

  pause(): void {
    this.move('pause', (clock) => pauseClock(clock, this.serverNow(), 0));
  }

  resume(): void {
    const { steps } = this.view.run?.settings ?? { steps: 0 };
    this.move('resume', (clock) => resumeClock(clock, this.serverNow(), steps));
  }

  step(count: number): void {
    const { steps } = this.view.run?.settings ?? { steps: 0 };
    this.move('step', (clock) =>
      clock.kind === 'race' ? clock : singleStep(clock, this.serverNow(), count, steps),
    );
  }

  stop(): void {
    this.move('stop', (clock) => pauseClock(clock, this.serverNow(), 0));
  }

  /**
   * Back to the settings. The curves of this run can be laid under those of the next one; until that
   * begins, its models stay, for whoever returns to it.
   */
  next(): void {
    if (!transition(this.phase, 'next')) return;
    clearTimeout(this.beginning);
    this.view = { ...this.view, phase: 'lobby' };
  }

  /** From the settings to the latest run again, as it was left. */
  reopen(): void {
    if (this.phase === 'lobby' && this.view.run) this.view = { ...this.view, phase: 'finished' };
  }

  /** The latest run once more. */
  again(): void {
    const { run } = this.view;
    if (run?.rates.kind !== 'list') return;
    const { settings, pace, rates } = run;
    this.start({ settings, pace, rates });
  }

  end(): void {
    cancelAnimationFrame(this.redraw);
    clearTimeout(this.beginning);
    this.models.end();
  }

  brainPlan(): Promise<AskedBrain> {
    const run = aloneResult(this);
    const plan = run && recordedBrainPlan(run);
    return Promise.resolve(plan ? { ok: true, ...plan } : { ok: false, code: REFUSALS.noModels });
  }

  private move(command: 'pause' | 'resume' | 'step' | 'stop', change: (clock: Clock) => Clock) {
    const phase = transition(this.phase, command);
    const { run } = this.view;
    if (!phase || !run?.clock) return;
    const clock = change(run.clock);
    this.view = { ...this.view, phase, run: { ...run, clock } };
    this.tellClock(clock);
  }

  private tellClock(clock: Clock): void {
    this.share = shareOf([...this.participants.values()]);
    this.models.follow(clock, this.share);
  }

  private take(index: number, news: ChartNews): void {
    const frame = { run: news.run, losses: [], evaluations: [], standings: null };
    switch (news.type) {
      case 'losses': {
        const { from, losses: values, seconds } = news;
        const times = values.map(() => seconds);
        this.board.apply({ ...frame, losses: [{ participant: index, from, values, times }] });
        break;
      }
      case 'evaluations': {
        const { from, values } = news;
        this.board.apply({ ...frame, evaluations: [{ participant: index, from, values }] });
        break;
      }
      case 'diverged':
        this.tellStatus(index, { state: 'diverged', atStep: news.atStep });
        break;
      case 'picture':
    }
    this.changed();
  }

  private tellStatus(index: number, status: Status): void {
    const before = this.participants.get(index);
    if (!before) return;
    this.participants = new Map(this.participants).set(index, { ...before, status });
  }

  private stepsDone(index: number): number {
    const windows = this.board.losses.get(index)?.length ?? 0;
    return windows > 0 ? windowEnd(this.board.grid, windows - 1) : 0;
  }

  /** Once for each frame of the screen, however much has come. */
  private changed(): void {
    this.redraw ||= requestAnimationFrame(() => {
      this.redraw = 0;
      this.look();
      this.version++;
    });
  }

  private look(): void {
    const { run } = this.view;
    if (!run) return;
    const { board } = this;
    for (const [index, { status }] of this.participants) {
      const isWhole =
        board.losses.get(index)?.length === board.grid.windows &&
        (board.evaluations.get(index)?.length ?? 0) === board.evaluationSteps.length;
      if (status.state === 'training' && isWhole) this.tellStatus(index, { state: 'done' });
    }
    if (run.clock && shareOf([...this.participants.values()]) !== this.share) {
      this.tellClock(run.clock);
    }
    const contenders = [...this.participants.values()].map(({ index, status }) => ({
      participant: index,
      awaited: true,
      losses: board.losses.get(index) ?? NO_LOSSES,
      divergedAt: status.state === 'diverged' ? status.atStep : null,
      verdict: null,
    }));
    const standings = rank(contenders, board.standings.arrived, rankingSpan(run.settings));
    board.apply({ run: run.number, losses: [], evaluations: [], standings });
    const isOver = [...this.participants.values()].every(
      ({ status }) => status.state === 'done' || status.state === 'diverged',
    );
    // What comes with the end is made in a task of its own, after the last points are drawn.
    if (isOver) setTimeout(() => this.complete(run.number));
  }

  private complete(run: number): void {
    const phase = transition(this.phase, 'complete');
    if (phase && this.view.run?.number === run) this.view = { ...this.view, phase };
  }
}

/** What part of the time each model may compute: together as much as processors are free. */
function shareOf(models: readonly ParticipantView[]): number {
  const training = models.filter(({ status }) => status.state === 'training').length;
  return Math.min(1, freeProcessors() / Math.max(1, training));
}

/** Models are called A, B, C …; what they differ in stands beside it. */
function modelView(index: number, rate: number, bet: Bet | undefined): ParticipantView {
  const name = String.fromCharCode('A'.charCodeAt(0) + index);
  return { index, name, simulated: false, rate, status: { state: 'training' }, bet };
}

function emptyView(): SessionView {
  return {
    code: 'alone',
    phase: 'lobby',
    locked: false,
    pseudonyms: null,
    reportEvery: TIMING.report,
    run: null,
    unsavedSince: null,
    unattended: false,
  };
}
