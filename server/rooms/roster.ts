import { MAX_ADMITTED, MAX_PARTICIPANTS, TIMING } from '../../shared/limits.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { tidyNickname } from '../../shared/protocol/names.ts';
import type { ParticipantRecord } from '../store/store.ts';
import { isRude } from '../guard/rudeNames.ts';
import { Nicknames } from './nicknames.ts';
import { hashSecret, isSecret } from './secrets.ts';

export interface Participant {
  readonly index: number;
  name: string;
  readonly secretHash: string;
  readonly simulated: boolean;
  removed: boolean;
  presence: Presence;
}

export type Presence =
  | { state: 'here'; peer: string }
  /** `since` is server time in ms. */
  | { state: 'away'; since: number };

/** Who asks to be admitted, and what will prove that it is the same one. */
export interface Newcomer {
  name: string;
  secret: string;
  simulated: boolean;
}

/** Who has ever joined the session; an index is given once. */
export class Roster {
  private readonly everybody: Participant[];
  private readonly bySecretHash = new Map<string, Participant>();
  private readonly nicknames = new Nicknames();
  private removals = 0;

  /** @param now everybody who is restored counts as away since then */
  constructor(records: readonly ParticipantRecord[] = [], now = 0) {
    this.everybody = records.map((record) => ({
      ...record,
      presence: { state: 'away', since: now },
    }));
    for (const each of this.everybody) {
      this.bySecretHash.set(each.secretHash, each);
      if (each.removed) this.removals += 1;
      else this.nicknames.take(each.name);
    }
  }

  /** Those who have not been removed. */
  get participants(): Participant[] {
    return this.everybody.filter(({ removed }) => !removed);
  }

  /** How many have not been removed. */
  get size(): number {
    return this.everybody.length - this.removals;
  }

  /** Whether any of them is connected. */
  get isOccupied(): boolean {
    return this.everybody.some(({ removed, presence }) => !removed && presence.state === 'here');
  }

  /** How many of them are connected. */
  get connected(): number {
    return this.participants.filter(({ presence }) => presence.state === 'here').length;
  }

  /** Simulated students that are connected. */
  get simulated(): number {
    return this.participants.filter((p) => p.simulated && p.presence.state === 'here').length;
  }

  /** The participant who is connected as this peer. */
  at(peer: string): Participant | undefined {
    return this.everybody.find(
      ({ removed, presence }) => !removed && presence.state === 'here' && presence.peer === peer,
    );
  }

  get(index: number): Participant | undefined {
    const participant = this.everybody[index];
    return participant?.removed ? undefined : participant;
  }

  /** The connection of a participant, where there is one. */
  peerOf(index: number): string | null {
    const presence = this.get(index)?.presence;
    return presence?.state === 'here' ? presence.peer : null;
  }

  /** Whether `more` can still join: who was removed has made room. [P94] */
  hasPlaceFor(more: number): boolean {
    const admitted = this.everybody.length + more;
    return this.size + more <= MAX_PARTICIPANTS && admitted <= MAX_ADMITTED;
  }

  /** Whoever joined with this secret, the removed included. */
  withSecret(secret: string): Participant | undefined {
    return this.bySecretHash.get(hashSecret(secret));
  }

  /** Admits a new participant under a name that nobody else has. */
  add(
    { name: typed, secret, simulated }: Newcomer,
    peer: string,
  ): { participant: Participant } | { refusal: Refusal } {
    const tidied = tidyNickname(typed);
    if ('refusal' in tidied) return tidied;
    if (isRude(tidied.name)) return { refusal: REFUSALS.nameRude };
    if (!this.hasPlaceFor(1)) return { refusal: REFUSALS.roomFull };
    const participant: Participant = {
      index: this.everybody.length,
      name: this.nicknames.take(tidied.name),
      secretHash: hashSecret(secret),
      simulated,
      removed: false,
      presence: { state: 'here', peer },
    };
    this.everybody.push(participant);
    this.bySecretHash.set(participant.secretHash, participant);
    return { participant };
  }

  /** Gives a participant another name that nobody else has; what is rude, the instructor judges. */
  rename(participant: Participant, typed: string): Refusal | null {
    const tidied = tidyNickname(typed);
    if ('refusal' in tidied) return tidied.refusal;
    if (tidied.name === participant.name) return null;
    this.nicknames.free(participant.name);
    participant.name = this.nicknames.take(tidied.name);
    return null;
  }

  /** Puts a participant out; its name is free again. */
  remove(participant: Participant): void {
    if (participant.removed) return;
    participant.removed = true;
    this.removals += 1;
    this.nicknames.free(participant.name);
  }

  /** The participant whose secret this is, or why there is none. */
  identify(index: number, secret: string): Participant | { refusal: Refusal } {
    const participant = this.everybody[index];
    if (!participant || !isSecret(secret, participant.secretHash)) {
      return { refusal: REFUSALS.wrongSecret };
    }
    return participant.removed ? { refusal: REFUSALS.removed } : participant;
  }

  /** Whether the class waits for this participant: connected, or gone for a moment only. */
  isPresent(index: number, now: number): boolean {
    const presence = this.get(index)?.presence;
    if (!presence) return false;
    return presence.state === 'here' || now - presence.since < TIMING.awayGrace;
  }

  /** Indices of everybody who has ever joined. */
  get indices(): number[] {
    return [...this.everybody.keys()];
  }

  /** What is stored of a participant, a removed one as well. */
  record(index: number): ParticipantRecord | undefined {
    const participant = this.everybody[index];
    return participant && participantRecord(participant);
  }
}

function participantRecord(participant: Participant): ParticipantRecord {
  const { index, name, secretHash, simulated, removed } = participant;
  return { index, name, secretHash, simulated, removed };
}
