import { TIMING } from '../../shared/limits.ts';
import { FAREWELLS, REFUSALS } from '../../shared/protocol/codes.ts';
import type { Ack, Held, ScreenWelcome, StudentWelcome } from '../../shared/protocol/events.ts';
import { dealRate } from '../../shared/run/rates.ts';
import { refused } from './answers.ts';
import type { Room } from './room.ts';
import type { Newcomer, Participant } from './roster.ts';
import { hashSecret, isSecret, projectorPass } from './secrets.ts';
import { breakSilence } from './silence.ts';

const NOTHING_HELD: Held = { losses: 0, evaluations: 0 };

/** Admits a new participant; who was admitted with this secret before takes its place again. [P26] */
export function join(room: Room, peer: string, newcomer: Newcomer): Ack<StudentWelcome> {
  const before = room.roster.withSecret(newcomer.secret);
  if (before) return resume(room, peer, before.index, newcomer.secret);
  if (room.locked) return refused(REFUSALS.roomLocked);
  const admitted = room.roster.add(newcomer, peer);
  if ('refusal' in admitted) return refused(admitted.refusal);
  const { participant } = admitted;
  room.run?.enter(participant.index, dealRate(room.run.plan.rates, participant.index));
  room.journal.note({ participants: [participant.index], runs: room.presentRun });
  arrived(room, participant);
  return { ok: true, ...studentWelcome(room, participant) };
}

/** Gives a participant its place again; an older connection of the same one is cut off. [P7] */
export function resume(
  room: Room,
  peer: string,
  index: number,
  secret: string,
): Ack<StudentWelcome> {
  const participant = room.roster.identify(index, secret);
  if ('refusal' in participant) return refused(participant.refusal);
  const { presence } = participant;
  participant.presence = { state: 'here', peer };
  if (presence.state === 'here' && presence.peer !== peer) {
    room.context.outlet.cutOff(presence.peer, FAREWELLS.replaced);
  }
  arrived(room, participant);
  return { ok: true, ...studentWelcome(room, participant) };
}

export function instruct(room: Room, peer: string, secret: string): Ack<ScreenWelcome> {
  if (!isSecret(secret, room.instructorHash)) return refused(REFUSALS.wrongSecret);
  const welcome = enterScreen(room, peer, 'instructor', true);
  return welcome.ok ? { ...welcome, pass: projectorPass(room.instructorHash) } : welcome;
}

/** @param pass an instructor's page has given it: where all places are taken, another one gives way. [P97] */
export function watch(room: Room, peer: string, pass?: string): Ack<ScreenWelcome> {
  const isInstructors =
    pass !== undefined && isSecret(pass, hashSecret(projectorPass(room.instructorHash)));
  if (isInstructors && !room.screens.has(peer) && !room.screens.hasPlaceFor('projector')) {
    const other = room.screens.projectorToGiveWay;
    if (other !== null) {
      leave(room, other);
      room.context.outlet.cutOff(other, FAREWELLS.replaced);
    }
  }
  return enterScreen(room, peer, 'projector', isInstructors);
}

function enterScreen(
  room: Room,
  peer: string,
  role: 'instructor' | 'projector',
  isInstructors: boolean,
): Ack<ScreenWelcome> {
  if (!room.screens.has(peer) && !room.screens.hasPlaceFor(role)) {
    return refused(REFUSALS.tooManyScreens);
  }
  countProjectors(room, () => room.screens.enter(peer, role, isInstructors));
  room.watchIdleness();
  const { view: wall, pointed, replayed: replay } = room.wall;
  const projectors = room.screens.count('projector');
  const draft = role === 'instructor' ? room.draft.form : null;
  return { ok: true, ...room.welcome(role), wall, pointed, replay, projectors, draft };
}

/** A connection has ended. That of a peer who has been replaced changes nothing. */
export function leave(room: Room, peer: string): void {
  countProjectors(room, () => room.screens.leave(peer));
  room.wall.letGo(peer);
  const participant = room.roster.at(peer);
  if (participant) {
    participant.presence = { state: 'away', since: room.now };
    room.changed(participant.index);
    room.context.time.after(TIMING.awayGrace, () => room.requestTick());
  }
  room.watchIdleness();
}

/** Lets screens come and go, and tells instructors where there are more or fewer projectors then. */
function countProjectors(room: Room, change: () => void): void {
  const before = room.screens.count('projector');
  change();
  const now = room.screens.count('projector');
  if (now !== before) room.context.outlet.broadcast('instructors', 'projectors', now);
}

function arrived(room: Room, { index }: Participant): void {
  const entry = room.run?.entry(index);
  if (entry) breakSilence(entry);
  room.changed(index);
  room.watchIdleness();
}

/** What a student's page needs to begin, as it is now. */
export function studentWelcome(
  room: Room,
  { index, name }: Pick<Participant, 'index' | 'name'>,
): StudentWelcome {
  const held = room.run?.held(index) ?? NOTHING_HELD;
  const bet = room.run?.entry(index)?.bet ?? null;
  return { ...room.welcome(index), index, name, held, bet };
}
