import { MAX_PARTICIPANTS, TIMING } from '../../shared/limits.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { tidyNickname, uniqueNickname } from '../../shared/protocol/names.ts';
import type { ParticipantRecord } from '../store/store.ts';
import { hashSecret, isSecret } from './secrets.ts';

export interface Participant {
  readonly index: number;
  readonly name: string;
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

  /** @param now everybody who is restored counts as away since then */
  constructor(records: readonly ParticipantRecord[] = [], now = 0) {
    this.everybody = records.map((record) => ({
      ...record,
      presence: { state: 'away', since: now },
    }));
    for (const each of this.everybody) this.bySecretHash.set(each.secretHash, each);
  }

  /** Those who have not been removed. */
  get participants(): Participant[] {
    return this.everybody.filter(({ removed }) => !removed);
  }

  /** Simulated students that are connected. */
  get simulated(): number {
    return this.participants.filter((p) => p.simulated && p.presence.state === 'here').length;
  }

  get(index: number): Participant | undefined {
    const participant = this.everybody[index];
    return participant?.removed ? undefined : participant;
  }

  /** Whether `more` can still join. */
  hasPlaceFor(more: number): boolean {
    return this.everybody.length + more <= MAX_PARTICIPANTS;
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
    if (!this.hasPlaceFor(1)) return { refusal: REFUSALS.roomFull };
    const taken = new Set(this.participants.map(({ name }) => name));
    const participant: Participant = {
      index: this.everybody.length,
      name: uniqueNickname(tidied.name, taken),
      secretHash: hashSecret(secret),
      simulated,
      removed: false,
      presence: { state: 'here', peer },
    };
    this.everybody.push(participant);
    this.bySecretHash.set(participant.secretHash, participant);
    return { participant };
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
