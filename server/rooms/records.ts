import type { Records } from './backlog.ts';
import type { Room } from './room.ts';
import type { Run } from './run.ts';

/** What is stored of a room, as it is at the moment of writing. */
export function recordsOf(room: Room): Records {
  const runs = (): Run[] => [...room.history, ...(room.run ? [room.run] : [])];
  return {
    session: () => room.record(),
    participant: (index) => room.roster.record(index),
    run: (number) => runs().find((run) => run.number === number),
    all: () => ({
      participants: room.roster.indices,
      runs: runs().map((run) => run.number),
    }),
  };
}
