import type { Logger } from 'pino';
import { MAX_SESSIONS } from '../../shared/limits.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { tidyCode } from '../../shared/protocol/names.ts';
import type { Store } from '../store/store.ts';
import type { TimeSource } from '../time.ts';
import type { Outlet } from './outlet.ts';
import { Room, type RoomContext } from './room.ts';
import { hashSecret, newCode, newSecret } from './secrets.ts';

export interface RoomsContext {
  time: TimeSource;
  store: Store;
  log: Logger;
  outletFor: (code: string) => Outlet;
  joinUrl: (code: string) => string;
}

/** The sessions of this server, by join code. */
export class Rooms {
  private readonly rooms = new Map<string, Room>();

  constructor(private readonly context: RoomsContext) {}

  /** Opens a session; the secret is its instructor's. */
  create(): { code: string; secret: string } | { refusal: Refusal } {
    if (this.rooms.size >= MAX_SESSIONS) return { refusal: REFUSALS.tooManySessions };
    let code = newCode();
    while (this.rooms.has(code)) code = newCode();
    const secret = newSecret();
    const origin = { instructorHash: hashSecret(secret), createdAt: this.context.time.now() };
    this.rooms.set(code, new Room(this.roomContext(code), origin));
    this.context.log.info({ code }, 'session opened');
    return { code, secret };
  }

  /** The room of a join code as somebody typed it. */
  find(typed: string): Room | undefined {
    const code = tidyCode(typed);
    return code === null ? undefined : this.rooms.get(code);
  }

  /** Makes all rooms again from what is stored. One that cannot be made stays stored and is left out. */
  async restore(): Promise<void> {
    for (const stored of await this.context.store.load()) {
      const { code, session } = stored;
      const { instructorHash, createdAt } = session;
      try {
        const room = new Room(this.roomContext(code), { instructorHash, createdAt }, stored);
        this.rooms.set(code, room);
      } catch (error) {
        this.context.log.error({ err: error, code }, 'a session could not be restored');
      }
    }
    if (this.rooms.size > 0) this.context.log.info({ sessions: this.rooms.size }, 'restored');
  }

  /** Resolves when every room has stored what it could. */
  async close(): Promise<void> {
    await Promise.all([...this.rooms.values()].map((room) => room.close()));
    this.rooms.clear();
  }

  private roomContext(code: string): RoomContext {
    const { time, store, log, outletFor, joinUrl } = this.context;
    return {
      code,
      time,
      store,
      log,
      outlet: outletFor(code),
      joinUrl: () => joinUrl(code),
      onIdle: () => this.forget(code),
    };
  }

  private forget(code: string): void {
    const room = this.rooms.get(code);
    if (!room) return;
    this.rooms.delete(code);
    this.context.log.info({ code }, 'session forgotten');
    // Only after its last write, which would otherwise bring it back.
    room
      .close()
      .then(() => this.context.store.remove(code))
      .catch((error: unknown) => {
        this.context.log.error({ err: error, code }, 'a session could not be forgotten');
      });
  }
}
