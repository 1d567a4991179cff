import { pauseClock, resumeClock, singleStep, startClock, type Clock } from '../../shared/clock.ts';
import { MAX_RUNS, MAX_SIMULATED, TIMING } from '../../shared/limits.ts';
import { FAREWELLS, REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import type { RunPlan } from '../../shared/protocol/views.ts';
import { isRepeat, transition, type Command, type Phase } from '../../shared/session.ts';
import { tellBet } from './bets.ts';
import { dealAll, dealToUndecided } from './dealing.ts';
import type { Room } from './room.ts';
import type { Participant } from './roster.ts';
import { Run } from './run.ts';
import { viewOf } from './state.ts';

/** What an instructor does; each function gives the reason where it does nothing. */

/**
 * Prepares a run, in the place of one that is prepared and not started. It keeps that one's number,
 * unless a countdown was stopped: what pages made of the old plan must not pass for the new one's.
 */
export function prepare(room: Room, plan: RunPlan): Refusal | null {
  if (room.phase !== 'lobby') return REFUSALS.wrongPhase;
  const before = room.run;
  const run = new Run((before?.number ?? 1) + (before?.hasBegun ? 1 : 0), plan);
  dealAll(run, room.roster, before);
  room.announce(() => {
    room.run = run;
  });
  room.draft.prepared();
  room.wall.follow(before?.plan.settings ?? null, plan.settings);
  // They were on another plan. [P62]
  for (const { participant, bet } of before?.all ?? []) if (bet) tellBet(room, participant, null);
  if (before?.hasBegun) room.journal.note({ forgottenRuns: [before.number] });
  return null;
}

/** @param steps how many, for the single step */
export function command(room: Room, asked: Command, steps = 1): Refusal | null {
  const phase = transition(room.phase, asked);
  if (!phase) return isDone(room, asked) ? null : REFUSALS.wrongPhase;
  const { run } = room;
  if (!run) return REFUSALS.noRun;
  switch (asked) {
    case 'start':
      if (room.roster.size === 0) return REFUSALS.noStudents;
      dealToUndecided(run);
      break;
    case 'step':
      if (run.clock?.kind === 'race') return REFUSALS.notInRace;
      break;
    case 'next':
      beginAnother(room, phase, run);
      return null;
    case 'pause':
    case 'resume':
    case 'stop':
  }
  room.move(phase, clockAfter(asked, room, steps));
  return null;
}

/** Whether a command has been carried out already: it came twice. */
function isDone({ phase, run, history }: Room, asked: Command): boolean {
  if (phase !== 'lobby') return isRepeat(phase, asked);
  if (!run) return false;
  // A countdown that was called off, or a next run that is there and not begun.
  return asked === 'stop' ? run.hasBegun : asked === 'next' && history.length > 0;
}

/** Shows a reference curve of this learning rate beside the students', or none. [P83] */
export function setReference(room: Room, rate: number | null): Refusal | null {
  const { run } = room;
  if (!run) return REFUSALS.noRun;
  if (run.reference === rate) return null;
  room.announce(() => {
    run.reference = rate;
  });
  return null;
}

export function lock(room: Room, locked: boolean): void {
  if (room.locked === locked) return;
  room.announce(() => {
    room.locked = locked;
  });
}

/** Gives a participant another nickname, made unique as at the door, and tells its page. [P80] */
export function rename(room: Room, index: number, typed: string): Refusal | null {
  const participant = room.roster.get(index);
  if (!participant) return REFUSALS.badMessage;
  const refusal = room.roster.rename(participant, typed);
  if (refusal !== null) return refusal;
  room.changed(index);
  room.forgetPlaces();
  const peer = room.roster.peerOf(index);
  if (peer !== null) room.context.outlet.send(peer, 'named', participant.name);
  room.journal.note({ participants: [index] });
  return null;
}

/** Puts a participant out of the room, and its curve out of the run. [P9] */
export function remove(room: Room, index: number): Refusal | null {
  const participant = room.roster.get(index);
  if (!participant) return REFUSALS.badMessage;
  putOut(room, participant);
  room.journal.note({ participants: [index], runs: room.presentRun });
  room.watchIdleness();
  return null;
}

/** Puts those of them out who are away, and have not come to the end of the run. Returns how many. [P96] */
export function removeAway(room: Room, indices: readonly number[]): number {
  const asked = new Set(indices);
  const away = room.roster.participants.filter(
    (each) => asked.has(each.index) && viewOf(each, room.phase, room.run).status.state === 'away',
  );
  for (const participant of away) putOut(room, participant);
  const participants = away.map(({ index }) => index);
  if (away.length > 0) room.journal.note({ participants, runs: room.presentRun });
  return away.length;
}

function putOut(room: Room, participant: Participant): void {
  const { index, presence } = participant;
  room.roster.remove(participant);
  room.run?.leave(index);
  room.left(index);
  if (presence.state === 'here') room.context.outlet.cutOff(presence.peer, FAREWELLS.removed);
}

/** Reserves places for simulated students; `release` is to be called when they have joined, or have not. */
export function expectSimulated(
  room: Room,
  students: number,
): { refusal: Refusal } | { release: () => void } {
  if (room.locked) return { refusal: REFUSALS.roomLocked };
  if (room.roster.simulated + room.expectedSimulated + students > MAX_SIMULATED) {
    return { refusal: REFUSALS.tooManySimulated };
  }
  if (!room.roster.hasPlaceFor(students)) return { refusal: REFUSALS.roomFull };
  room.expectedSimulated += students;
  return {
    release: () => {
      room.expectedSimulated -= students;
    },
  };
}

/** The same plan again, under the next number. */
function beginAnother(room: Room, phase: Phase, finished: Run): void {
  const run = new Run(finished.number + 1, finished.plan);
  dealAll(run, room.roster, finished);
  run.reference = finished.reference;
  room.history.push(finished);
  room.move(phase, null, run);
  const forgotten = room.history.splice(0, Math.max(0, room.history.length - (MAX_RUNS - 1)));
  if (forgotten.length > 0) {
    room.journal.note({ forgottenRuns: forgotten.map(({ number }) => number) });
  }
  // After that: a run that is forgotten is laid under no other.
  room.wall.follow(finished.plan.settings, run.plan.settings);
}

function clockAfter(asked: Command, { run, phase, now }: Room, steps: number): Clock | null {
  if (!run) return null;
  const { pace, settings } = run.plan;
  const clock = run.clock ?? startClock(pace, settings.steps, now + TIMING.countdown);
  switch (asked) {
    case 'start':
      return clock;
    case 'pause':
      return pauseClock(clock, now, TIMING.pauseLead);
    case 'resume':
      return resumeClock(clock, now + TIMING.resumeLead, settings.steps);
    case 'step':
      return clock.kind === 'race' ? clock : singleStep(clock, now, steps, settings.steps);
    case 'stop':
      return phase === 'countdown' ? null : pauseClock(clock, now, 0);
    case 'next':
      return null;
  }
}
