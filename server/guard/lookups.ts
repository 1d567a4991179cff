import { CODE_GUESSES, MAX_REMEMBERED_ADDRESSES } from '../../shared/limits.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { tidyCode } from '../../shared/protocol/names.ts';
import type { Room } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { Buckets } from './buckets.ts';

/** The room of a code, or why there is none; `retryAfter` in ms where it is a matter of time. */
export type Found = { room: Room } | { refusal: Refusal; retryAfter?: number };

/**
 * Finds sessions by their codes, and lets no address find one by trying codes. A whole school may
 * share one address, so what is counted is wrong codes, never right ones: an address that has
 * tried too many gets no answer to codes that are new to it, right or wrong, while the classes
 * that were opened or entered from it stay open to everybody behind it.
 */
export class Lookups {
  private readonly guesses: Buckets;
  /** Address and code of what has been found or opened, the latest last. */
  private readonly known = new Set<string>();
  /** Those being looked for: a class that returns to a server at one moment asks it once. */
  private readonly pending = new Map<string, Promise<Found>>();

  constructor(
    private readonly rooms: Pick<Rooms, 'open'>,
    now: () => number,
  ) {
    this.guesses = new Buckets(CODE_GUESSES, now);
  }

  async find(address: string, typed: string): Promise<Found> {
    const code = tidyCode(typed);
    // What can be no code finds nothing, however often it is tried.
    if (code === null) return { refusal: REFUSALS.unknownCode };
    const entry = key(address, code);
    if (this.known.has(entry)) return this.look(address, code);
    const asked = this.pending.get(entry);
    if (asked) return asked;
    // Taken before the answer is known, so that many tries at once are counted as well.
    const retryAfter = this.guesses.take(address);
    if (retryAfter > 0) return { refusal: REFUSALS.tooManyRequests, retryAfter };
    const looking = this.look(address, code).then((found) => {
      if ('room' in found || found.refusal !== REFUSALS.unknownCode) this.guesses.giveBack(address);
      return found;
    });
    this.pending.set(entry, looking);
    try {
      return await looking;
    } finally {
      this.pending.delete(entry);
    }
  }

  /** This address has come by this code honestly. */
  know(address: string, code: string): void {
    const entry = key(address, code);
    this.known.delete(entry);
    this.known.add(entry);
    for (const oldest of this.known) {
      if (this.known.size <= MAX_REMEMBERED_ADDRESSES) break;
      this.known.delete(oldest);
    }
  }

  private async look(address: string, code: string): Promise<Found> {
    const opened = await this.rooms.open(code);
    if ('refusal' in opened) {
      // Of a session that has ended; from now on asking for it is a guess.
      if (opened.refusal === REFUSALS.unknownCode) this.known.delete(key(address, code));
      return opened;
    }
    this.know(address, code);
    return { room: opened };
  }
}

function key(address: string, code: string): string {
  return `${code} ${address}`;
}
