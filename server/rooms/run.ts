import type { Clock } from '../../shared/clock.ts';
import { Column } from '../../shared/live/column.ts';
import type { Held } from '../../shared/protocol/events.ts';
import type { Standings } from '../../shared/protocol/frame.ts';
import type { RunPlan, RunView, Verdict } from '../../shared/protocol/views.ts';
import type { Bet } from '../../shared/run/bets.ts';
import type { Judgement } from '../../shared/run/judgement.ts';
import { evaluationSteps, reportingGrid, type Grid } from '../../shared/run/settings.ts';
import type { RunRecord, SeriesRecord, StoredSession } from '../store/store.ts';
import type { Lag } from './lag.ts';
import type { Silence } from './silence.ts';

/** One participant's part in a run. */
export interface Entry {
  readonly participant: number;
  /** Null while it is yet to be picked. */
  rate: number | null;
  /** Mean loss of each closed reporting window. */
  readonly losses: Column;
  /** Seconds of the run that had gone by when each loss was there; NaN where nobody has said. */
  readonly times: Column;
  /** (loss, accuracy) on the test images at each evaluation. */
  readonly evaluations: Column;
  /** The step at which the loss left the range that can be drawn. */
  divergedAt: number | null;
  /** What the student has bet on this rate. */
  bet: Bet | null;
  /** What the rate turned out to be, once the run is over. */
  outcome: Judgement | null;
  /** What a replay of these columns as they are has shown; null before it. */
  verdict: Verdict | null;
  /** While windows that are due do not come though the student is connected. */
  silence: Silence | null;
  /** While it does not keep pace with the clock. */
  lag: Lag | null;
}

export class Run {
  readonly grid: Grid;
  /** Values in a whole column of evaluations. */
  readonly evaluations: number;
  private time: Clock | null = null;
  /** Whether a countdown has ever begun: a page that was offline since may train by this number. */
  hasBegun = false;
  /** What the pages were last told. */
  standings: Standings = { arrived: 0, order: [] };
  /** Server time at which half of the class had come to the end; null before. */
  halfAt: number | null = null;
  /** The learning rate of the instructor's reference curve. */
  reference: number | null = null;
  private readonly entries = new Map<number, Entry>();

  constructor(
    readonly number: number,
    readonly plan: RunPlan,
  ) {
    this.grid = reportingGrid(plan.settings.steps);
    this.evaluations = evaluationSteps(plan.settings).length;
  }

  static restored(record: RunRecord, series: readonly SeriesRecord[]): Run {
    const run = new Run(record.number, record.plan);
    run.clock = record.clock;
    run.reference = record.reference;
    run.standings = { arrived: record.arrived, order: [] };
    for (const { participant, rate } of record.rates) run.enter(participant, rate);
    for (const { participant, losses, evaluations, divergedAt } of series) {
      const entry = run.entry(participant);
      if (!entry) continue;
      entry.losses.append(losses.from, losses.values);
      entry.times.append(losses.from, losses.times);
      entry.evaluations.append(evaluations.from, evaluations.values);
      entry.divergedAt = divergedAt;
    }
    for (const { participant, bet } of record.bets) {
      const entry = run.entry(participant);
      if (entry) entry.bet = bet;
    }
    for (const { participant, verdict } of record.verdicts) {
      const entry = run.entry(participant);
      if (entry) entry.verdict = verdict;
    }
    return run;
  }

  /** Null until the run is started. */
  get clock(): Clock | null {
    return this.time;
  }

  set clock(clock: Clock | null) {
    this.time = clock;
    this.hasBegun ||= clock !== null;
  }

  get all(): IterableIterator<Entry> {
    return this.entries.values();
  }

  entry(participant: number): Entry | undefined {
    return this.entries.get(participant);
  }

  enter(participant: number, rate: number | null): void {
    const losses = new Column(this.grid.windows);
    const times = new Column(this.grid.windows);
    const evaluations = new Column(this.evaluations, 2);
    this.entries.set(participant, {
      participant,
      rate,
      losses,
      times,
      evaluations,
      divergedAt: null,
      bet: null,
      outcome: null,
      verdict: null,
      silence: null,
      lag: null,
    });
  }

  leave(participant: number): void {
    this.entries.delete(participant);
  }

  held(participant: number): Held {
    const entry = this.entries.get(participant);
    return { losses: entry?.losses.length ?? 0, evaluations: entry?.evaluations.length ?? 0 };
  }

  view(): RunView {
    const { plan, number, clock, reference } = this;
    return { ...plan, number, clock, reference };
  }

  record(): RunRecord {
    const { number, plan, clock, reference } = this;
    const rates = [...this.all].map(({ participant, rate }) => ({ participant, rate }));
    const verdicts = [...this.all].flatMap(({ participant, verdict }) =>
      verdict ? { participant, verdict } : [],
    );
    const bets = [...this.all].flatMap(({ participant, bet }) => (bet ? { participant, bet } : []));
    const { arrived } = this.standings;
    return { number, plan, clock, arrived, reference, rates, bets, verdicts };
  }
}

/** Every run of a stored session with its columns, by number. */
export function restoredRuns({ runs, series }: StoredSession): Run[] {
  return runs.map((record) =>
    Run.restored(
      record,
      series.filter(({ run }) => run === record.number),
    ),
  );
}

/** Nothing more will come: the column is full, or ended where the run diverged. */
export function isOver({ divergedAt, losses }: Entry): boolean {
  return divergedAt !== null || losses.isFull;
}
