import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import type { Ack } from '../../shared/protocol/events.ts';
import { done, refused } from '../rooms/answers.ts';
import {
  command,
  expectSimulated,
  lock,
  prepare,
  remove,
  removeAway,
  rename,
  setReference,
} from '../rooms/conduct.ts';
import { hideNames } from '../rooms/pseudonyms.ts';
import type { Room } from '../rooms/room.ts';
import type { Context, Handlers } from './context.ts';

export const conducting: Handlers<
  | 'prepare'
  | 'command'
  | 'lock'
  | 'names'
  | 'rename'
  | 'reference'
  | 'draft'
  | 'wall'
  | 'point'
  | 'replay'
  | 'remove'
  | 'removeAway'
  | 'end'
  | 'rehearse'
> = {
  prepare: (context, plan) => asInstructor(context, (room) => prepare(room, plan)),
  command: (context, message) =>
    asInstructor(context, (room) => command(room, message.command, message.steps)),
  lock: (context, { locked }) =>
    asInstructor(context, (room) => {
      lock(room, locked);
      return null;
    }),
  names: (context, { shown }) =>
    asInstructor(context, (room) => {
      hideNames(room, shown === 'own' ? null : shown);
      return null;
    }),
  rename: (context, { index, name }) => asInstructor(context, (room) => rename(room, index, name)),
  reference: (context, { rate }) =>
    asInstructor(context, (room) => setReference(room, rate === 'none' ? null : rate)),
  draft: (context, change) => asInstructor(context, (room) => room.draft.change(change)),
  wall: (context, change) =>
    asInstructor(context, (room) => {
      room.wall.conduct(change);
      return null;
    }),

  /** A gesture: nothing of it is stored. */
  point({ seat, peer }, { participant }) {
    if (seat?.role !== 'instructor') return refused(REFUSALS.notAllowed);
    seat.room.wall.point(peer, participant === 'none' ? null : participant);
    return done();
  },

  /** A gesture as well. */
  replay({ seat, peer }, { shown }) {
    if (seat?.role !== 'instructor') return refused(REFUSALS.notAllowed);
    const { wall } = seat.room;
    if (shown === 'end') {
      wall.endReplay();
      return done();
    }
    const refusal = wall.replay(peer, shown === 'none' ? null : shown);
    return refusal === null ? done() : refused(refusal);
  },

  remove: (context, { index }) => asInstructor(context, (room) => remove(room, index)),
  async removeAway({ seat }, { indices }) {
    if (seat?.role !== 'instructor') return refused(REFUSALS.notAllowed);
    const removed = removeAway(seat.room, indices);
    await seat.room.journal.settled();
    return { ok: true, removed };
  },

  async end({ seat, rooms, log }) {
    if (seat?.role !== 'instructor') return refused(REFUSALS.notAllowed);
    const { code } = seat.room;
    try {
      await rooms.end(code);
      return done();
    } catch (error) {
      log.error({ err: error, code }, 'a session could not be deleted');
      return refused(REFUSALS.notDeleted);
    }
  },

  async rehearse({ seat, rehearse, localUrl, log }, { students }) {
    if (seat?.role !== 'instructor') return refused(REFUSALS.notAllowed);
    const { room } = seat;
    const expected = expectSimulated(room, students);
    if ('refusal' in expected) return refused(expected.refusal);
    try {
      await rehearse({ url: localUrl(), code: room.code, students });
      return done();
    } catch (error) {
      log.warn({ err: error, code: room.code }, 'simulated students could not be started');
      return refused(REFUSALS.rehearsalFailed);
    } finally {
      expected.release();
    }
  },
};

/** What is answered outlives the server. [P44] */
async function asInstructor({ seat }: Context, act: (room: Room) => Refusal | null): Promise<Ack> {
  if (seat?.role !== 'instructor') return refused(REFUSALS.notAllowed);
  const refusal = act(seat.room);
  if (refusal !== null) return refused(refusal);
  await seat.room.journal.settled();
  return done();
}
