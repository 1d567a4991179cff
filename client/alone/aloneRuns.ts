import type { RunSource } from '../history/askRuns.ts';
import { comparedLoss } from '../report/comparedLoss.ts';
import { REFUSALS } from '../../shared/protocol/codes.ts';
import type { RunResult, RunSummary } from '../../shared/protocol/results.ts';
import { reportingGrid, stepsClosed } from '../../shared/run/settings.ts';
import type { AloneSession } from './aloneSession.svelte.ts';

/** The runs of a browser alone, as a class's server would tell of its own. */
export function runsOf(session: AloneSession): RunSource {
  return {
    runs: () => {
      const present = session.view.run?.number;
      const isOver = session.phase === 'finished' || session.phase === 'lobby';
      const runs = session.runs().map((run) => summaryOf(run, run.number !== present || isOver));
      return Promise.resolve({ ok: true, runs });
    },
    run: (number) => {
      const run = session.runs().find((each) => each.number === number);
      return Promise.resolve(run ? { ok: true, run } : { ok: false, code: REFUSALS.noRun });
    },
  };
}

/** A run in a few words. */
export function summaryOf(result: RunResult, isOver: boolean): RunSummary {
  const { number, settings, pace, rates, bets, arrived, participants } = result;
  const models = participants.filter(({ rate }) => rate !== null);
  const leader = models.find(({ rank }) => rank === 1);
  const loss = leader && arrived > 0 ? comparedLoss(result, leader) : null;
  return {
    ...{ number, settings, pace, rates, bets, isOver },
    steps: stepsClosed(reportingGrid(settings.steps), arrived),
    students: models.length,
    done: models.filter(({ state }) => state === 'done').length,
    diverged: models.filter(({ state }) => state === 'diverged').length,
    best: leader && loss !== null ? { name: leader.name, rate: leader.rate!, loss } : null,
  };
}
