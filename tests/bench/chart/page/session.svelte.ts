import { Board } from '../../../../client/live/board.ts';
import type { ChartSession } from '../../../../client/charts/chartSession.ts';
import type { ParticipantView, RunView, SessionView } from '../../../../shared/protocol/views.ts';
import { rateAt } from '../../../../shared/run/rates.ts';

/** Reporting windows of the run: as many as a run can have. */
export const POINTS = 1_000;

/** A class of `students` whose run is under way, its points given by the benchmark. */
export class BenchSession implements ChartSession {
  readonly code = 'BENCH1';
  version = $state(0);
  readonly board = new Board();
  readonly view: SessionView;
  readonly participants: ReadonlyMap<number, ParticipantView>;

  constructor(students: number) {
    const run: RunView = {
      number: 1,
      settings: {
        experiment: 'mnist',
        model: 'softmax',
        seed: 1,
        steps: POINTS,
        init: { kind: 'zeros' },
        images: 60_000,
        batchSize: 32,
        order: 'shuffle',
      },
      pace: { kind: 'race' },
      rates: { kind: 'spread', from: 0.001, to: 10 },
      clock: { kind: 'race', at: 0, going: true, gone: 0 },
      reference: null,
    };
    this.view = {
      code: this.code,
      phase: 'running',
      locked: false,
      pseudonyms: null,
      unsavedSince: null,
      unattended: false,
      reportEvery: 150,
      run,
    };
    this.participants = new Map(
      Array.from({ length: students }, (_, index) => [
        index,
        {
          index,
          name: `Student ${index}`,
          simulated: true,
          rate: rateAt(0.001, 10, students === 1 ? 0.5 : index / (students - 1)),
          status: { state: 'training' },
        },
      ]),
    );
    this.board.follow(run);
  }

  serverNow(): number {
    return performance.timeOrigin + performance.now();
  }
}
