import { pseudonym } from '../../shared/nicknames/friendly.ts';
import type { NameLanguage } from '../../shared/nicknames/words.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import type { Room } from './room.ts';
import type { Participant } from './roster.ts';
import { viewOf } from './state.ts';

/** A participant as students and projectors see it: a hidden name never leaves the server. [P71] */
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
