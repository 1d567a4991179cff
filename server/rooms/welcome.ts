import { shareOf } from '../../shared/live/share.ts';
import type { Welcome } from '../../shared/protocol/events.ts';
import type { ParticipantView, SessionView } from '../../shared/protocol/views.ts';
import { publicViewOf, type PageOf } from './pseudonyms.ts';
import type { Room } from './room.ts';

/** A session as every page sees it. */
export function sessionViewOf({
  code,
  phase,
  locked,
  pseudonyms,
  roster,
  run,
  journal,
  screens,
}: Room): SessionView {
  return {
    code,
    phase,
    locked,
    pseudonyms,
    reportEvery: shareOf(roster.size).report,
    run: run?.view() ?? null,
    unsavedSince: journal.failingSince,
    unattended: screens.isUnattended,
  };
}

/** What a page begins with; that of a student knows only whom it is shown. */
export function welcomeOf(
  room: Room,
  page: PageOf,
  knownTo: (student: number) => ParticipantView[],
): Welcome {
  const everybody = () =>
    page === 'instructor'
      ? room.participants()
      : room.roster.participants.map((each) => publicViewOf(each, room));
  return {
    session: room.view(),
    participants: typeof page === 'number' ? knownTo(page) : everybody(),
    people: room.roster.size,
    joinUrl: room.context.joinUrl(),
    now: room.now,
  };
}
