import { TIMING, VERIFICATION } from '../../shared/limits.ts';
import { evaluationsWithin, trainingCost } from '../../shared/run/cost.ts';
import { windowEnd } from '../../shared/run/settings.ts';
import type { TimeSource } from '../time.ts';
import type { Entry, Run } from './run.ts';
import { Spending } from './spending.ts';
import type { Claim, Verifier } from './verifier.ts';

export interface VerificationContext {
  time: TimeSource;
  verifier: Verifier;
}

/**
 * Has the runs of a room replayed once they have ended: those that cost little all, of dear ones a
 * sample, one run after the other. [P50]
 */
export class Verification {
  /** Ended runs that have entries without a verdict. */
  private readonly waiting: Run[] = [];
  private readonly spent = new WeakMap<Run, Spending>();
  /** Server time of the first request that has not been followed yet. */
  private askedAt: number | null = null;
  private callOffWait: (() => void) | null = null;
  private callOffOrder: (() => void) | null = null;

  /**
   * @param found the verdict on an entry of that run is another
   * @param random from 0 to 1, for the sample
   */
  constructor(
    private readonly context: VerificationContext,
    private readonly found: (run: Run, participant: number) => void,
    private readonly random: () => number = Math.random,
  ) {}

  /** That run has ended, or has gained points after its end. */
  request(run: Run): void {
    if (!this.waiting.includes(run)) this.waiting.push(run);
    if (this.callOffOrder) return;
    // The last points of those who were stopped are still under way.
    this.callOffWait?.();
    const { time } = this.context;
    this.askedAt ??= time.now();
    // Who goes on reporting for ever does not keep the others waiting.
    const left = this.askedAt + TIMING.verifyAtLatest - time.now();
    this.callOffWait = time.after(Math.max(0, Math.min(TIMING.verifyAfter, left)), () => {
      this.callOffWait = this.askedAt = null;
      this.begin();
    });
  }

  /** More points of an ended run want another replay; what was refuted once stays so. */
  grew(run: Run, participant: number): void {
    const entry = run.entry(participant);
    if (!entry || entry.verdict?.state === 'refuted') return;
    if (entry.verdict) {
      entry.verdict = null;
      this.found(run, participant);
    }
    this.request(run);
  }

  /** Calls off what has not been replayed. */
  close(): void {
    this.waiting.length = 0;
    this.callOffWait?.();
    this.callOffOrder?.();
    this.callOffWait = this.callOffOrder = this.askedAt = null;
  }

  private begin(): void {
    const run = this.waiting.shift();
    if (!run) return;
    const claims = this.chosen(run);
    if (claims.length === 0) {
      this.begin();
      return;
    }
    this.callOffOrder = this.context.verifier.verify(
      { settings: run.plan.settings, claims, limit: VERIFICATION.limit },
      {
        found: (claim, verdict) => {
          const entry = run.entry(claim.participant);
          if (!entry || !isWhole(claim, entry)) return;
          entry.verdict = verdict;
          this.found(run, claim.participant);
          // Somebody else leads now, and may have been left out of the sample.
          if (verdict.state === 'refuted' && !this.waiting.includes(run)) this.waiting.unshift(run);
        },
        done: () => {
          this.callOffOrder = null;
          this.begin();
        },
      },
    );
  }

  /** The claims to replay, the leader's first; the others are unchecked from now on. */
  private chosen(run: Run): Claim[] {
    const leader = leaderOf(run);
    const isClaimed = ({ participant, verdict }: Entry) =>
      verdict === null || (participant === leader && verdict.state === 'unchecked');
    const claims = inRandomOrder(claimsOf(run, isClaimed), this.random);
    const first = claims.findIndex(({ participant }) => participant === leader);
    if (first > 0) claims.unshift(...claims.splice(first, 1));
    const spending = this.spendingOf(run);
    const chosen = claims.filter((claim) =>
      spending.admits(claim.participant, costOf(run, claim), {
        leads: claim.participant === leader,
        follows: run.entry(claim.participant)?.verdict?.state === 'unchecked',
      }),
    );
    for (const { participant } of claims.filter((claim) => !chosen.includes(claim))) {
      const entry = run.entry(participant)!;
      if (entry.verdict) continue;
      entry.verdict = { state: 'unchecked' };
      this.found(run, participant);
    }
    return chosen;
  }

  private spendingOf(run: Run): Spending {
    const known = this.spent.get(run) ?? new Spending();
    this.spent.set(run, known);
    return known;
  }
}

/** Who has the best loss of those who are not refuted, by the standings. */
function leaderOf(run: Run): number | undefined {
  return run.standings.order.find(
    (participant) => run.entry(participant)?.verdict?.state !== 'refuted',
  );
}

/** What these have reported of a run. */
function claimsOf(run: Run, isClaimed: (entry: Entry) => boolean): Claim[] {
  return [...run.all].filter(isClaimed).flatMap((entry) => {
    const { participant, rate, losses, evaluations, divergedAt } = entry;
    const isEmpty = losses.length === 0 && evaluations.length === 0 && divergedAt === null;
    if (rate === null || isEmpty) return [];
    return {
      participant,
      rate,
      losses: losses.slice(0),
      evaluations: evaluations.slice(0),
      divergedAt,
    };
  });
}

/** Whether nothing has come since to what the claim says. */
function isWhole(claim: Claim, { losses, evaluations, divergedAt }: Entry): boolean {
  return (
    claim.losses.length === losses.length &&
    claim.evaluations.length === 2 * evaluations.length &&
    claim.divergedAt === divergedAt
  );
}

function costOf({ plan, grid }: Run, { losses }: Claim): number {
  const steps = losses.length === 0 ? grid.every : windowEnd(grid, losses.length - 1);
  return trainingCost(plan.settings, steps, evaluationsWithin(plan.settings, steps));
}

/** Fisher and Yates's shuffle. */
function inRandomOrder<T>(values: T[], random: () => number): T[] {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other]!, values[last]!];
  }
  return values;
}
