import { PREDICTION_LEADERS } from '../../shared/limits.ts';
import type { Predictions, Predictor } from '../../shared/protocol/views.ts';
import { BET_POINTS, betPoints } from '../../shared/run/bets.ts';
import { goodRatesOf, judgeRun } from './bets.ts';
import { nameFor, type PageOf } from './pseudonyms.ts';
import type { Room } from './room.ts';
import type { Run } from './run.ts';

type Ranked = Omit<Predictions, 'leaders' | 'own'> & { predictors: Predictor[] };

/**
 * What the learning rates of a session's runs turned out to be, and who has foreseen it best; worked
 * out once for all who ask. [P63]
 */
export class PredictionBoard {
  private ranked: Ranked | null = null;
  /** Runs whose rates have to be judged again. */
  private readonly outdated = new Set<Run>();

  constructor(private readonly room: Room) {}

  /** What became of these runs, or who is in them, is no longer what it was. */
  outdate(...runs: readonly Run[]): void {
    for (const run of runs) this.outdated.add(run);
  }

  /** Judges the outdated runs that are over, and marks those in the present one whose outcome is another. */
  judge(): void {
    if (this.outdated.size === 0) return;
    const { room, outdated } = this;
    this.ranked = null;
    for (const run of outdated) {
      if (run === room.run && room.phase !== 'finished') continue;
      for (const participant of judgeRun(run)) if (run === room.run) room.changed(participant);
    }
    outdated.clear();
  }

  /** @param page who asks: a student by its index */
  of(page: PageOf): Predictions {
    this.judge();
    const { predictors, ...rest } = (this.ranked ??= rankPredictors(this.room));
    const named = (each: Predictor) => ({ ...each, name: nameFor(this.room, each, page) });
    const own = predictors.find((each) => each.participant === page);
    const leaders = predictors.slice(0, PREDICTION_LEADERS).map(named);
    return { ...rest, leaders, own: own ? named(own) : null };
  }
}

/** By points, then by bets that were exactly right; ties in the order of joining. */
function rankPredictors(room: Room): Ranked {
  const byParticipant = new Map<number, Predictor>();
  let runs = 0;
  for (const run of room.runs) {
    let decided = 0;
    for (const { participant, bet, outcome } of run.all) {
      const person = room.roster.get(participant);
      const points = bet && betPoints(bet, outcome);
      if (!person || points === null) continue;
      decided += 1;
      const { name } = person;
      const before = byParticipant.get(participant) ?? {
        ...{ participant, name, rank: 0, points: 0, bets: 0, exact: 0 },
      };
      byParticipant.set(participant, {
        ...before,
        points: before.points + points,
        bets: before.bets + 1,
        exact: before.exact + Number(points === BET_POINTS.exact),
      });
    }
    if (decided > 0) runs += 1;
  }
  const predictors = [...byParticipant.values()].sort(
    (a, b) => b.points - a.points || b.exact - a.exact || a.participant - b.participant,
  );
  predictors.forEach((each, k) => {
    const before = predictors[k - 1];
    const isLevel = before?.points === each.points && before.exact === each.exact;
    each.rank = isLevel ? before.rank : k + 1;
  });
  const present = room.phase === 'finished' ? room.run : null;
  return { runs, of: predictors.length, predictors, good: present && goodRatesOf(present) };
}
