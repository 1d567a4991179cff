import type { ChartSession } from '../charts/chartSession.ts';
import { Column } from '../../shared/live/column.ts';
import type { ParticipantResults, RunResult } from '../../shared/protocol/results.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import { betPoints } from '../../shared/run/bets.ts';
import { judgeAll, type GoodRates, type Judgement } from '../../shared/run/judgement.ts';
import { rankingSpan } from '../../shared/run/ranking.ts';
import { recordedPoints } from '../../shared/run/recordedPoints.ts';

const NOTHING = { losses: new Column(0), times: new Column(0), evaluations: new Column(0, 2) };

/** What the learning rates of a browser alone turned out to be, all compared at the same window. */
export function judgedModels({ view, participants, board }: ChartSession): {
  outcomes: ReadonlyMap<number, Judgement | null>;
  good: GoodRates | null;
} {
  const models = [...participants.values()].flatMap(({ index, rate, status }) =>
    rate === null ? [] : { index, rate, hasDiverged: status.state === 'diverged' },
  );
  if (!view?.run) return { outcomes: new Map(), good: null };
  const { judgements, good } = judgeAll(
    models.map((model) => ({ ...model, losses: board.losses.get(model.index)?.slice(0) ?? [] })),
    board.standings.arrived,
    rankingSpan(view.run.settings),
  );
  return { outcomes: new Map(models.map(({ index }, k) => [index, judgements[k] ?? null])), good };
}

/** The present run as a class's server would record it; null before there is one. */
export function aloneResult(session: ChartSession): RunResult | null {
  const { view, participants, board } = session;
  const run = view?.run;
  if (!run) return null;
  const { number, settings, pace, rates, bets } = run;
  const { outcomes } = judgedModels(session);
  const places = new Map(board.standings.order.map((index, k) => [index, k + 1]));
  const told = (each: ParticipantView): ParticipantResults => {
    const { index, name, simulated, rate, status } = each;
    const bet = each.bet === 'secret' ? null : (each.bet ?? null);
    const outcome = outcomes.get(index) ?? null;
    return {
      ...{ index, name, simulated, rate, bet, outcome, verdict: null },
      rank: places.get(index) ?? null,
      state: status.state === 'done' || status.state === 'diverged' ? status.state : 'unfinished',
      divergedAt: status.state === 'diverged' ? status.atStep : null,
      betPoints: bet && betPoints(bet, outcome),
      ...recordedPoints(settings, {
        losses: board.losses.get(index) ?? NOTHING.losses,
        times: board.times.get(index) ?? NOTHING.times,
        evaluations: board.evaluations.get(index) ?? NOTHING.evaluations,
      }),
    };
  };
  const { arrived } = board.standings;
  return {
    ...{ number, settings, pace, rates, arrived },
    ...(bets === undefined ? {} : { bets }),
    participants: [...participants.values()].map(told),
  };
}
