import { REFUSALS } from '../../shared/protocol/codes.ts';
import type { Ack, RefusedAck } from '../../shared/protocol/events.ts';
import { done, refused } from '../rooms/answers.ts';
import { placeBet } from '../rooms/bets.ts';
import { pick, takeEvaluations, takeLosses } from '../rooms/reports.ts';
import type { Room } from '../rooms/room.ts';
import type { Context, Handlers } from './context.ts';

export const studying: Handlers<'pick' | 'bet' | 'follow' | 'losses' | 'evaluations'> = {
  pick: (context, message) =>
    asStudent(context, (room, index) => stored(room, pick(room, index, message))),
  bet: (context, message) =>
    asStudent(context, (room, index) => stored(room, placeBet(room, index, message))),
  follow: (context, { participant }) =>
    asStudent(context, (room, index) => {
      room.pin(index, participant === index ? null : participant);
      return done();
    }),
  losses: (context, message) =>
    asStudent(context, (room, index) => takeLosses(room, index, message)),
  evaluations: (context, message) =>
    asStudent(context, (room, index) => takeEvaluations(room, index, message)),
};

/** After the first step nobody can choose again: what is answered outlives the server. [P44] */
async function stored(room: Room, ack: Ack): Promise<Ack> {
  if (ack.ok) await room.journal.settled();
  return ack;
}

/** Only the connection that a participant has now may speak for it. [P7] */
function asStudent<T>(
  { seat, peer }: Context,
  act: (room: Room, index: number) => T,
): T | RefusedAck {
  if (seat?.role !== 'student') return refused(REFUSALS.notAllowed);
  const presence = seat.room.roster.get(seat.index)?.presence;
  if (presence?.state !== 'here' || presence.peer !== peer) return refused(REFUSALS.notAllowed);
  return act(seat.room, seat.index);
}
