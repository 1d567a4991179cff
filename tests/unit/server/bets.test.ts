import { describe, expect, it } from 'vitest';
import { placeBet } from '../../../server/rooms/bets.ts';
import { remove } from '../../../server/rooms/conduct.ts';
import { resume } from '../../../server/rooms/entrance.ts';
import { pick } from '../../../server/rooms/reports.ts';
import { resultsOf } from '../../../server/rooms/results.ts';
import type { ParticipantView } from '../../../shared/protocol/views.ts';
import type { Bet } from '../../../shared/run/bets.ts';
import { hideNames } from '../../../server/rooms/pseudonyms.ts';
import { pseudonym } from '../../../shared/nicknames/friendly.ts';
import { Classroom } from './classroom.ts';

/** Four students: 0.01 learns nothing, 0.1 and 0.0316 are good, 1 leaves at step 2. */
function classOfFour(): Classroom {
  const classroom = new Classroom();
  for (const name of ['Ada', 'Bob', 'Cem', 'Dua']) classroom.join(name);
  classroom.prepare({ bets: true });
  return classroom;
}

const RATES = [0.01, 1, 0.1, 0.0316];

function bet(classroom: Classroom, index: number, word: Bet, rate = RATES[index]!) {
  const run = classroom.room.run?.number ?? 0;
  return placeBet(classroom.room, index, { run, rate, bet: word });
}

function losses(from: number, to: number): number[] {
  return Array.from({ length: 10 }, (_, k) => Math.fround(from + ((to - from) * k) / 9));
}

function trainAll(classroom: Classroom): void {
  classroom.command('start');
  classroom.time.pass(3_000);
  classroom.losses(0, 0, losses(4, 3.9));
  classroom.losses(1, 0, [4, 900], 2);
  classroom.losses(2, 0, losses(4, 0.01));
  classroom.losses(3, 0, losses(4, 0.02));
  classroom.time.pass(200);
  expect(classroom.room.phase).toBe('finished');
}

const shown = ({ room }: Classroom, field: 'bet' | 'outcome') =>
  room.participants().map((view) => view[field] ?? null);

describe('a bet', () => {
  it('[P60] is taken on the present rate, until the first step, and can be changed', () => {
    const classroom = classOfFour();
    expect(bet(classroom, 0, 'good')).toEqual({ ok: true });
    expect(bet(classroom, 0, 'tooLow')).toEqual({ ok: true });
    classroom.command('start');
    expect(bet(classroom, 1, 'diverged')).toEqual({ ok: true });
    classroom.time.pass(3_000);
    expect(bet(classroom, 2, 'good')).toEqual({ ok: false, code: 'wrong_phase' });
    expect(bet(classroom, 0, 'good')).toEqual({ ok: false, code: 'wrong_phase' });
    // A repeat, after its answer was lost.
    expect(bet(classroom, 0, 'tooLow')).toEqual({ ok: true });
    expect(shown(classroom, 'bet')).toEqual(['tooLow', 'diverged', null, null]);
  });

  it('[P60] is refused where nobody bets, on another run and on another rate', () => {
    const classroom = classOfFour();
    expect(bet(classroom, 0, 'good', 0.2)).toEqual({ ok: false, code: 'other_rate' });
    const message = { run: 7, rate: 0.01, bet: 'good' as const };
    expect(placeBet(classroom.room, 0, message)).toEqual({ ok: false, code: 'wrong_run' });
    classroom.prepare({ bets: false });
    expect(bet(classroom, 0, 'good')).toEqual({ ok: false, code: 'no_bets' });
    expect(placeBet(new Classroom().room, 0, message)).toEqual({ ok: false, code: 'no_run' });
  });

  it('[P61] is told to nobody but its student before the run starts', () => {
    const classroom = classOfFour();
    classroom.time.pass(1_000);
    classroom.said = [];
    bet(classroom, 1, 'diverged');
    classroom.time.pass(1_000);
    const told = classroom.said.filter(({ event }) => event === 'bet');
    expect(told).toEqual([{ to: 'Bob', event: 'bet', message: 'diverged' }]);
    const others = classroom.said.filter(({ event }) => event !== 'bet');
    expect(JSON.stringify(others)).not.toContain('diverged');
    expect(others.some(({ event }) => event === 'roster')).toBe(true);
    expect(shown(classroom, 'bet')).toEqual([null, 'secret', null, null]);
    classroom.command('start');
    expect(shown(classroom, 'bet')).toEqual([null, 'secret', null, null]);
    classroom.said = [];
    classroom.time.pass(3_000);
    const roster = classroom.heard('screens').find(({ event }) => event === 'roster');
    const views = (roster?.message ?? []) as ParticipantView[];
    expect(views.map((view) => view.bet)).toContain('diverged');
  });

  it('[P61] is in the answer to who takes its place again', () => {
    const classroom = classOfFour();
    const eve = classroom.join('Eve');
    const { rate } = classroom.room.run!.entry(eve.index)!;
    bet(classroom, eve.index, 'good', rate!);
    const ack = resume(classroom.room, 'Eve again', eve.index, eve.secret);
    expect(ack).toMatchObject({ ok: true, bet: 'good' });
    const me = ack.ok && ack.participants.find(({ index }) => index === eve.index);
    expect(me).toMatchObject({ bet: 'secret' });
  });

  it('[P62] is taken back where its rate or the plan becomes another', () => {
    const classroom = classOfFour();
    classroom.prepare({ bets: true, rates: { kind: 'pick', from: 0.01, to: 1 } });
    const choose = (rate: number) => pick(classroom.room, 0, { run: 1, rate });
    choose(0.5);
    bet(classroom, 0, 'tooHigh', 0.5);
    choose(0.5);
    expect(shown(classroom, 'bet')[0]).toBe('secret');
    classroom.said = [];
    choose(0.2);
    expect(shown(classroom, 'bet')[0]).toBeNull();
    expect(classroom.heard('Ada')).toContainEqual({ to: 'Ada', event: 'bet', message: null });
    bet(classroom, 0, 'tooHigh', 0.2);
    classroom.said = [];
    classroom.prepare({ bets: true });
    expect(shown(classroom, 'bet')[0]).toBeNull();
    expect(classroom.heard('Ada')).toContainEqual({ to: 'Ada', event: 'bet', message: null });
  });

  it('[P63] is scored by what the rate turned out to be, in every run', () => {
    const classroom = classOfFour();
    bet(classroom, 0, 'tooLow');
    bet(classroom, 1, 'tooHigh');
    bet(classroom, 2, 'tooLow');
    trainAll(classroom);
    // Who has not bet is not asked about.
    expect(shown(classroom, 'outcome')).toEqual(['tooLow', 'diverged', 'good', null]);
    const { predictions } = classroom.room;
    expect(predictions.of(1)).toMatchObject({
      runs: 1,
      of: 3,
      leaders: [
        { participant: 0, name: 'Ada', rank: 1, points: 2, bets: 1, exact: 1 },
        { participant: 1, name: 'Bob', rank: 2, points: 1, bets: 1, exact: 0 },
        { participant: 2, name: 'Cem', rank: 3, points: 0, bets: 1, exact: 0 },
      ],
      own: { participant: 1, points: 1 },
      good: { best: 0.1 },
    });
    expect(predictions.of(3).own).toBeNull();
    classroom.command('next');
    expect(shown(classroom, 'bet')).toEqual([null, null, null, null]);
    bet(classroom, 1, 'diverged');
    trainAll(classroom);
    const again = classroom.room.predictions.of('projector');
    expect(again.runs).toBe(2);
    expect(again.leaders.map(({ name, points, bets }) => [name, points, bets])).toEqual([
      ['Bob', 3, 2],
      ['Ada', 2, 1],
      ['Cem', 0, 1],
    ]);
    // [P81] Nor is a hidden name told here.
    hideNames(classroom.room, 'en');
    const hidden = classroom.room.predictions.of('projector').leaders;
    expect(hidden.map(({ name }) => name)).toEqual(
      [1, 0, 2].map((participant) => pseudonym('en', 'ACDEFG', participant)),
    );
    expect(classroom.room.predictions.of('instructor').leaders[0]).toMatchObject({ name: 'Bob' });
    expect(classroom.room.predictions.of(1).own).toMatchObject({ name: 'Bob' });
    hideNames(classroom.room, null);
    remove(classroom.room, 1);
    classroom.time.pass(200);
    expect(classroom.room.predictions.of('projector').leaders.map(({ name }) => name)).toEqual([
      'Ada',
      'Cem',
    ]);
  });

  it('[P63] decides nothing where there are too few rates to tell apart', () => {
    const classroom = new Classroom();
    classroom.join('Ada');
    classroom.prepare({ bets: true });
    bet(classroom, 0, 'tooLow');
    classroom.command('start');
    classroom.time.pass(3_000);
    classroom.losses(0, 0, losses(4, 3.9));
    classroom.time.pass(200);
    expect(classroom.room.phase).toBe('finished');
    expect(classroom.room.predictions.of(0)).toMatchObject({ runs: 0, leaders: [], own: null });
  });

  it('[P63] is judged anew when a replay refutes what the judgement rested on', () => {
    const classroom = classOfFour();
    bet(classroom, 3, 'tooLow');
    trainAll(classroom);
    expect(shown(classroom, 'outcome')[3]).toBe('good');
    // 0.0316 is refuted itself: what it claims is no outcome.
    classroom.time.pass(1_000);
    classroom.verifier.conclude({ 3: { state: 'refuted', atStep: 1 } });
    classroom.time.pass(200);
    expect(shown(classroom, 'outcome')[3]).toBeNull();
    expect(classroom.room.predictions.of(3).own).toBeNull();
  });

  it('[P64] outlives the server, and so does what it has won', async () => {
    const classroom = classOfFour();
    bet(classroom, 0, 'tooLow');
    trainAll(classroom);
    classroom.command('next');
    bet(classroom, 2, 'good');
    classroom.time.pass(2_000);
    await classroom.room.journal.flush();
    const stored = (await classroom.store.load('ACDEFG'))!;
    const restored = new Classroom({ time: classroom.time, stored });
    expect(shown(restored, 'bet')).toEqual([null, null, 'secret', null]);
    expect(restored.room.predictions.of(0)).toMatchObject({ runs: 1, own: { points: 2 } });
  });

  it('is in the results', () => {
    const classroom = classOfFour();
    bet(classroom, 1, 'tooHigh');
    trainAll(classroom);
    const [run] = resultsOf(classroom.room);
    const bets = [...run!.participants()].map((p) => [p.bet, p.outcome, p.betPoints]);
    expect(bets).toEqual([
      [null, 'tooLow', null],
      ['tooHigh', 'diverged', 1],
      [null, 'good', null],
      [null, 'good', null],
    ]);
  });
});
