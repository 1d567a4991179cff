import type { Column } from '../../shared/live/column.ts';
import type { ParticipantView, RunView } from '../../shared/protocol/views.ts';
import type { ChartSession } from './chartSession.ts';
import { isComparable } from '../../shared/run/comparable.ts';

/** What one student did in it. */
export interface PastStudent {
  participant: ParticipantView;
  losses: Column;
  /** Seconds of the run at each loss. */
  times: Column;
}

/** What is kept of a run after the next one has begun. */
export interface PastRun {
  run: RunView;
  students: ReadonlyMap<number, PastStudent>;
}

/** Runs that a page keeps after they are over. */
const KEPT = 5;

interface Present {
  run: RunView;
  students: Map<number, PastStudent>;
}

/**
 * What a page has seen of a session that the session itself does not tell: the curves of runs that
 * are over. Whoever shows curves lets it look whenever they have changed.
 */
export class Witness {
  /** Runs that are over, the latest first. A list that a server sends may be put here as well. */
  past = $state.raw<readonly PastRun[]>([]);
  /** Number of the one that is laid under the present run, while the two can be compared. */
  laid = $state<number | null>(null);
  private present: Present | null = null;

  constructor(private readonly session: ChartSession) {}

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
      const times = board.times.get(index);
      if (participant && participant.rate !== null && times) {
        present.students.set(index, { participant, losses, times });
      }
    }
  }

  /** The run that is laid under this one; null where none is, or one whose losses say something else. */
  under({ settings }: RunView): PastRun | null {
    const wanted = this.past.find(({ run }) => run.number === this.laid);
    return wanted && isComparable(wanted.run.settings, settings) ? wanted : null;
  }

  /** Whether this run is among those that are kept. */
  has(number: number): boolean {
    return this.past.some(({ run }) => run.number === number);
  }

  /** Keeps a run that is over, once, whoever has told of it last. */
  keep(past: PastRun): void {
    const rest = this.past.filter(({ run }) => run.number !== past.run.number);
    this.past = [past, ...rest].slice(0, KEPT);
  }

  private begin(run: RunView): void {
    const over = this.present;
    if (over && over.students.size > 0) this.keep({ run: over.run, students: over.students });
    this.present = { run, students: new Map() };
  }
}

const witnesses = new WeakMap<ChartSession, Witness>();

export function witnessOf(session: ChartSession): Witness {
  let witness = witnesses.get(session);
  if (!witness) witnesses.set(session, (witness = new Witness(session)));
  return witness;
}
