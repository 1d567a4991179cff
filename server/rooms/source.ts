import type { Standings } from '../../shared/protocol/frame.ts';
import type { Source } from './feed.ts';
import { sameStandings } from '../../shared/live/leaderboard.ts';
import type { Room } from './room.ts';
import { publicViewOf } from './pseudonyms.ts';
import { hasStarted, standingsOf, viewOf } from './state.ts';

/** What the feed tells of a room, as it is at the moment of sending. */
export function sourceOf(room: Room): Source {
  return {
    participants: () => room.participants(),
    newStandings: () => newStandings(room),
    count: () => room.roster.size,
    indices: () => room.roster.participants.map(({ index }) => index),
    hidesNames: () => room.pseudonyms !== null,
    instructorView: (participant) => {
      const found = room.roster.get(participant);
      return found ? viewOf(found, room.phase, room.run) : null;
    },
    view: (participant) => {
      const found = room.roster.get(participant);
      return found ? publicViewOf(found, room) : null;
    },
    peer: (participant) => room.roster.peerOf(participant),
    isRanking: () => hasStarted(room.phase),
    now: () => room.now,
    sent: (audience, points) => {
      const receivers = audience === 'screens' ? room.screens.size : room.roster.connected;
      room.context.meter.pointsOut(points * receivers);
    },
  };
}

/** The standings where they are no longer those that the pages have; the run keeps them. */
export function newStandings({ run, phase, roster, now, journal }: Room): Standings | null {
  if (!run || !hasStarted(phase)) return null;
  const standings = standingsOf(run, roster, now);
  if (sameStandings(standings, run.standings)) return null;
  if (standings.arrived !== run.standings.arrived) journal.noteLater({ runs: [run.number] });
  run.standings = standings;
  return standings;
}
