import { REFUSALS } from '../../shared/protocol/codes.ts';
import type { Ack } from '../../shared/protocol/events.ts';
import type { Bet } from '../../shared/run/bets.ts';
import { judgeAll, type GoodRates } from '../../shared/run/judgement.ts';
import { rankingSpan } from '../../shared/run/ranking.ts';
import { mayBet } from '../../shared/session.ts';
import { done, refused } from './answers.ts';
import type { Room } from './room.ts';
import type { Entry, Run } from './run.ts';

/** Takes a student's bet on its learning rate, in the place of an earlier one. [P60]–[P62] */
export function placeBet(
  room: Room,
  index: number,
  message: { run: number; rate: number; bet: Bet },
): Ack {
  const { run, phase } = room;
  const entry = run?.entry(index);
  if (!run || !entry) return refused(REFUSALS.noRun);
  if (message.run !== run.number) return refused(REFUSALS.wrongRun);
  if (!run.plan.bets) return refused(REFUSALS.noBets);
  // A repeat, after its answer was lost.
  if (entry.bet === message.bet && entry.rate === message.rate) return done();
  if (!mayBet(phase)) return refused(REFUSALS.wrongPhase);
  if (entry.rate !== message.rate) return refused(REFUSALS.otherRate);
  setBet(room, entry, message.bet);
  room.journal.note({ runs: room.presentRun });
  return done();
}

/** A bet on a rate that its student no longer has says nothing. [P62] */
export function takeBackBet(room: Room, entry: Entry): void {
  if (entry.bet !== null) setBet(room, entry, null);
}

function setBet(room: Room, entry: Entry, bet: Bet | null): void {
  entry.bet = bet;
  tellBet(room, entry.participant, bet);
  room.changed(entry.participant);
}

/** Tells a student, and nobody else, what it has bet on the present run. [P61] */
export function tellBet(room: Room, participant: number, bet: Bet | null): void {
  const peer = room.roster.peerOf(participant);
  if (peer !== null) room.context.outlet.send(peer, 'bet', bet);
}

/**
 * Judges the learning rates of a run that is over; invented losses teach nothing and are left out.
 * @returns participants for whom the outcome is another than before
 */
export function judgeRun(run: Run): number[] {
  const { judgements } = judged(run);
  return [...run.all].flatMap((entry) => {
    const outcome = judgements.get(entry.participant) ?? null;
    if (outcome === entry.outcome) return [];
    entry.outcome = outcome;
    return entry.participant;
  });
}

/** The good learning rates of a run, where they can be told. */
export function goodRatesOf(run: Run): GoodRates | null {
  return judged(run).good;
}

function judged(run: Run) {
  const attempts = [...run.all].flatMap(({ participant, rate, losses, divergedAt, verdict }) =>
    rate === null || verdict?.state === 'refuted'
      ? []
      : { participant, rate, losses: losses.slice(0), hasDiverged: divergedAt !== null },
  );
  const span = rankingSpan(run.plan.settings);
  const { judgements, good } = judgeAll(attempts, run.standings.arrived, span);
  const byParticipant = new Map(attempts.map(({ participant }, k) => [participant, judgements[k]]));
  return { judgements: byParticipant, good };
}
