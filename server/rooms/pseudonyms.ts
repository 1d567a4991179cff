import { pseudonym } from '../../shared/nicknames/friendly.ts';
import type { NameLanguage } from '../../shared/nicknames/words.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import type { Room } from './room.ts';
import type { Participant } from './roster.ts';
import { viewOf } from './state.ts';

/** Whose page it is: a student's is known by its index. */
export type PageOf = number | 'instructor' | 'projector';

/** What a page calls a participant: a hidden name only its owner and instructors are told. [P81] */
export function nameFor(
  { roster, code, pseudonyms }: Room,
  { participant, name }: { participant: number; name: string },
  page: PageOf,
): string {
  const isTold = pseudonyms === null || page === 'instructor' || page === participant;
  return isTold
    ? (roster.get(participant)?.name ?? name)
    : pseudonym(pseudonyms, code, participant);
}

/** A participant as students and projectors see it: a hidden name never leaves the server. [P81] */
export function publicViewOf(
  participant: Participant,
  { phase, run, code, pseudonyms }: Room,
): ParticipantView {
  const view = viewOf(participant, phase, run);
  return pseudonyms ? { ...view, name: pseudonym(pseudonyms, code, view.index) } : view;
}

/** Shows everybody under another name, of two words in that language, or under the own one again. */
export function hideNames(room: Room, pseudonyms: NameLanguage | null): void {
  if (room.pseudonyms === pseudonyms) return;
  room.announce(() => {
    room.pseudonyms = pseudonyms;
    for (const { index } of room.roster.participants) room.changed(index);
    room.forgetPlaces();
  });
}
