import type { Records } from './backlog.ts';
import type { Room } from './room.ts';

/** What is stored of a room, as it is at the moment of writing. */
export function recordsOf(room: Room): Records {
  return {
    session: () => {
      const { origin, lastUse, locked, pseudonyms, phase, wall, draft } = room;
      return {
        ...{ ...origin, usedAt: lastUse, locked, pseudonyms, phase },
        ...{ wall: wall.record, draft: draft.record },
      };
    },
    participant: (index) => room.roster.record(index),
    run: (number) => room.runs.find((run) => run.number === number),
    all: () => ({
      participants: room.roster.indices,
      runs: room.runs.map((run) => run.number),
    }),
  };
}
