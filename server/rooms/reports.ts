import { secondsGone } from '../../shared/clock.ts';
import type { Column } from '../../shared/live/column.ts';
import { MAX_RUN_SECONDS } from '../../shared/limits.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import type { Ack, EvaluationReport, LossReport } from '../../shared/protocol/events.ts';
import { rateRange, shownRate } from '../../shared/run/rates.ts';
import { endsAt, evaluationSteps, windowsClosed } from '../../shared/run/settings.ts';
import { done, refused } from './answers.ts';
import { takeBackBet } from './bets.ts';
import { isWithin } from './dealing.ts';
import { stepsDue } from './due.ts';
import type { Room } from './room.ts';
import { isOver, type Entry, type Run } from './run.ts';
import { breakSilence } from './silence.ts';
import { hasStarted } from './state.ts';

/** Sets the learning rate of a participant, where the run leaves it open. */
export function pick(room: Room, index: number, message: { run: number; rate: number }): Ack {
  const { run, phase } = room;
  const entry = run?.entry(index);
  if (!run || !entry) return refused(REFUSALS.noRun);
  if (message.run !== run.number) return refused(REFUSALS.wrongRun);
  if (run.plan.rates.kind !== 'pick') return refused(REFUSALS.rateFixed);
  const { from, to } = rateRange(run.plan.rates);
  const rate = shownRate(message.rate, from, to);
  // A repeat, after its answer was lost.
  if (entry.rate === rate) return done();
  // Who has none yet may pick at any time: late as it is, its model catches up.
  if (phase !== 'lobby' && entry.rate !== null) return refused(REFUSALS.rateFixed);
  if (!isWithin(run.plan.rates, message.rate)) return refused(REFUSALS.badRate);
  entry.rate = rate;
  takeBackBet(room, entry);
  room.changed(index);
  room.journal.note({ runs: room.presentRun });
  return done();
}

/** Takes losses of consecutive reporting windows into a participant's column. [P13]–[P17], [P36] */
export function takeLosses(room: Room, index: number, report: LossReport): Ack<{ held: number }> {
  const place = reported(room, index, report.run);
  if ('refusal' in place) return refused(place.refusal);
  const { run, entry } = place;
  const { from, losses, divergedAt } = report;
  if (from + losses.length > run.grid.windows) return refused(REFUSALS.badLosses);
  if (entry.divergedAt !== null) return { ok: true, held: entry.losses.length };
  const end = Math.max(entry.losses.length, from + losses.length);
  if (
    divergedAt !== undefined &&
    from <= entry.losses.length &&
    !endsAt(run.grid, end, divergedAt)
  ) {
    return refused(REFUSALS.badLosses);
  }
  const before = entry.losses.length;
  const due = stepsDue(run, room.phase, room.now);
  const early = from + losses.length - windowsClosed(run.grid, due);
  const isEarly = early > 0 || (divergedAt ?? 0) > due;
  // What is refused whole is sent again whole, with the divergence that nothing else would bring.
  if (isEarly && early <= 0) return refused(REFUSALS.wrongPhase);
  const taken = isEarly ? losses.slice(0, Math.max(0, losses.length - early)) : losses;
  const answer = append(room, entry.losses, from, taken);
  if (!answer.ok) return answer;
  noteTimes(room, run, entry, report);
  if (divergedAt !== undefined && !isEarly) entry.divergedAt = divergedAt;
  room.grew(index);
  const wasSilent = answer.held > before && breakSilence(entry).wasLong;
  if (wasSilent || isOver(entry)) room.changed(index);
  return answer;
}

/**
 * When the losses that are new were there, as the device says: to a hundredth of a second, never
 * before those that came before them, and never later than now. [P110]
 */
function noteTimes({ now }: Room, run: Run, entry: Entry, report: LossReport): void {
  const { losses, times } = entry;
  const { from, seconds } = report;
  const last = report.losses.length - 1;
  const gone = run.clock ? secondsGone(run.clock, now, run.plan.settings.steps) : 0;
  const latest = Math.min(gone, MAX_RUN_SECONDS);
  for (let k = times.length; k < losses.length; k++) {
    if (!seconds) {
      times.push(NaN);
      continue;
    }
    const [begin, end] = seconds;
    const said = begin + (last > 0 ? ((end - begin) * (k - from)) / last : 0);
    const before = k > 0 ? times.at(k - 1) : 0;
    const time = Math.max(Math.min(said, latest), Number.isNaN(before) ? 0 : before);
    times.push(Math.round(time * 100) / 100);
  }
}

/** Takes results on the test images into a participant's column. */
export function takeEvaluations(
  room: Room,
  index: number,
  report: EvaluationReport,
): Ack<{ held: number }> {
  const place = reported(room, index, report.run);
  if ('refusal' in place) return refused(place.refusal);
  const { run, entry } = place;
  const { from, losses, accuracies } = report;
  if (from + losses.length > run.evaluations) return refused(REFUSALS.badLosses);
  if (from + losses.length > evaluationsBefore(run, entry.divergedAt)) {
    return { ok: true, held: entry.evaluations.length };
  }
  const due = stepsDue(run, room.phase, room.now);
  const steps = evaluationSteps(run.plan.settings);
  const taken = losses.filter((_, k) => steps[from + k]! <= due);
  const pairs = taken.flatMap((loss, k) => [loss, accuracies[k]!]);
  const answer = append(room, entry.evaluations, from, pairs);
  if (answer.ok) room.grew(index);
  return answer;
}

/** The part of the participant in the run that a report speaks of, if it may report on it now. */
function reported(
  { run, phase }: Room,
  index: number,
  number: number,
): { run: Run; entry: Entry } | { refusal: Refusal } {
  const entry = run?.entry(index);
  if (!run || !entry || run.number !== number) return { refusal: REFUSALS.wrongRun };
  // Without a learning rate nobody can have trained.
  if (!hasStarted(phase) || entry.rate === null) return { refusal: REFUSALS.wrongPhase };
  return { run, entry };
}

/** How many evaluations a run has that diverged at `step`, or did not. */
function evaluationsBefore({ plan }: Run, step: number | null): number {
  return evaluationSteps(plan.settings).filter((done) => step === null || done <= step).length;
}

function append(
  { context }: Room,
  column: Column,
  from: number,
  values: number[],
): Ack<{ held: number }> {
  const before = column.length;
  if (column.append(from, values) === null) {
    return { ...refused(REFUSALS.gap), held: column.length };
  }
  context.meter.pointsIn(column.length - before);
  return { ok: true, held: column.length };
}
