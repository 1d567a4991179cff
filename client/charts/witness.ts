import type { Column } from '../../shared/live/column.ts';
import type { ParticipantView, RunView } from '../../shared/protocol/views.ts';
import { Arrivals } from './arrivals.ts';
import type { ChartSession } from './chartSession.ts';
import { isComparable } from './comparable.ts';

/** What is kept of a run after the next one has begun. */
export interface PastRun {
  run: RunView;
  students: ReadonlyMap<number, { participant: ParticipantView; losses: Column }>;
}

/** Who sees a run's first points so soon after its start has seen them come; seconds. */
const FROM_THE_START = 2.5;

/** Runs that a page keeps after they are over. */
const KEPT = 5;

interface Present {
  run: RunView;
  /** Server time of the first step, in ms. */
  start: number;
  /** Whether it ran when it was looked at last, and when it was seen to go on; seconds from its start. */
  runs: boolean;
  since: number;
  losses: Arrivals;
  evaluations: Arrivals;
  students: Map<number, { participant: ParticipantView; losses: Column }>;
}

/**
 * What a page has seen of a session that the session itself does not tell: when points came, and
 * the curves of runs that are over. Whoever shows curves lets it look whenever they have changed.
 */
export class Witness {
  /** Runs that are over, the latest first. A list that a server sends may be put here as well. */
  past: readonly PastRun[] = [];
  /** Number of the one that is laid under the present run, while the two can be compared. */
  laid: number | null = null;
  private present: Present | null = null;
  private watching = 0;
  private blind = true;

  constructor(private readonly session: ChartSession) {}

  /** Begins to look. @returns the function that ends it */
  watch(): () => void {
    if (this.watching++ === 0) this.blind = true;
    return () => this.watching--;
  }

  /** Looks at what the session shows now. */
  look(): void {
    const { view, board, participants } = this.session;
    const run = view?.run ?? null;
    if (run === null || run.number !== board.run) return;
    if (this.present?.run.number !== run.number) this.begin(run);
    const present = this.present!;
    present.run = run;
    for (const [index, losses] of board.losses) {
      const participant = participants.get(index);
      if (participant && participant.rate !== null)
        present.students.set(index, { participant, losses });
    }
    if (!run.clock) return;
    if (Number.isNaN(present.start)) present.start = startOf(run.clock);
    const now = (this.session.serverNow() - present.start) / 1_000;
    // What a page finds when it is opened comes in a snapshot, after what it is told of the session.
    const runs = view?.phase === 'running';
    if (runs && !present.runs) present.since = now;
    present.runs = runs;
    if (board.losses.size === 0) return;
    if (now < FROM_THE_START) this.blind = false;
    present.losses.note(board.losses, now, this.blind, present.since);
    present.evaluations.note(board.evaluations, now, this.blind, present.since);
    this.blind = false;
  }

  /** The run that is laid under this one; null where none is, or one whose losses say something else. */
  under({ settings }: RunView): PastRun | null {
    const wanted = this.past.find(({ run }) => run.number === this.laid);
    return wanted && isComparable(wanted.run.settings, settings) ? wanted : null;
  }

  /** Seconds since the start of the present run at which a participant's points came. */
  secondsOf(kind: 'losses' | 'evaluations', participant: number): Float32Array {
    return this.present?.[kind].timesOf(participant) ?? new Float32Array(0);
  }

  private begin(run: RunView): void {
    const over = this.present;
    if (over && over.students.size > 0) {
      this.past = [{ run: over.run, students: over.students }, ...this.past].slice(0, KEPT);
    }
    this.present = {
      run,
      ...{ start: NaN, runs: false, since: 0 },
      losses: new Arrivals(),
      evaluations: new Arrivals(),
      students: new Map(),
    };
  }
}

function startOf(clock: NonNullable<RunView['clock']>): number {
  return clock.kind === 'race' ? clock.at : clock.at - (clock.step * 1_000) / clock.stepsPerSecond;
}

const witnesses = new WeakMap<ChartSession, Witness>();

export function witnessOf(session: ChartSession): Witness {
  let witness = witnesses.get(session);
  if (!witness) witnesses.set(session, (witness = new Witness(session)));
  return witness;
}
