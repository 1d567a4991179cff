import type { Logger } from 'pino';
import { MAX_SESSIONS, MAX_STORED_SESSIONS } from '../../shared/limits.ts';
import { FAREWELLS, REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { tidyCode } from '../../shared/protocol/names.ts';
import type { Store } from '../store/store.ts';
import type { TimeSource } from '../time.ts';
import type { Meter } from './meter.ts';
import type { Outlet } from './outlet.ts';
import { Room, type RoomContext } from './room.ts';
import type { Verifier } from './verifier.ts';
import { hashSecret, newCode, newSecret } from './secrets.ts';

export interface RoomsContext {
  time: TimeSource;
  store: Store;
  log: Logger;
  meter: Meter;
  verifier: Verifier;
  outletFor: (code: string) => Outlet;
  joinUrl: (code: string) => string;
}

type Opened = Room | { refusal: Refusal };

/**
 * The sessions of this server, by join code. Those that somebody uses are in memory; the others
 * rest in the store until somebody comes back to them.
 */
export class Rooms {
  private readonly rooms = new Map<string, Room>();
  /** Rooms on their way from the store. */
  private readonly waking = new Map<string, Promise<Opened>>();
  /** Rooms on their way to it. */
  private readonly leaving = new Map<string, Promise<unknown>>();
  private isClosing = false;

  constructor(private readonly context: RoomsContext) {}

  /** Join codes of the sessions in memory. */
  get codes(): string[] {
    return [...this.rooms.keys()];
  }

  /** Opens a session, which is stored when it resolves unless the store fails; the secret is its instructor's. */
  async create(): Promise<{ code: string; secret: string } | { refusal: Refusal }> {
    if (this.rooms.size >= MAX_SESSIONS || (await this.isStoreFull())) {
      return { refusal: REFUSALS.tooManySessions };
    }
    let code = newCode();
    while (this.rooms.has(code) || (await this.isStored(code))) code = newCode();
    const secret = newSecret();
    const origin = { instructorHash: hashSecret(secret), createdAt: this.context.time.now() };
    const room = new Room(this.roomContext(code), origin);
    this.rooms.set(code, room);
    this.context.log.info({ code }, 'session opened');
    await room.journal.settled();
    return { code, secret };
  }

  get all(): Room[] {
    return [...this.rooms.values()];
  }

  /** The room of a join code as somebody typed it, where it is in memory. */
  find(typed: string): Room | undefined {
    const code = tidyCode(typed);
    return code === null ? undefined : this.rooms.get(code);
  }

  /** The room of a join code as somebody typed it, from the store where need be. Rejects where that fails. */
  async open(typed: string): Promise<Opened> {
    const code = tidyCode(typed);
    if (code === null) return { refusal: REFUSALS.unknownCode };
    if (this.isClosing) return { refusal: REFUSALS.internal };
    const known = this.rooms.get(code) ?? this.waking.get(code);
    if (known) return known;
    const waking = this.wake(code).finally(() => this.waking.delete(code));
    this.waking.set(code, waking);
    return waking;
  }

  /** Forgets a session for good and says so to everybody in it. Rejects, and changes nothing, where the store fails. */
  async end(code: string): Promise<void> {
    const { store, log, time } = this.context;
    const room = this.rooms.get(code);
    await room?.journal.halt();
    try {
      await store.remove(code);
    } catch (error) {
      room?.journal.goOn();
      throw error;
    }
    this.rooms.delete(code);
    log.info({ code }, 'session deleted');
    if (!room) return;
    await room.close();
    // After the answer to whoever asked for it.
    time.after(0, () => room.context.outlet.end(FAREWELLS.sessionEnded));
  }

  /** Deletes the sessions that nobody has used for `retention` ms. */
  async sweep(retention: number): Promise<void> {
    for (const room of this.rooms.values()) if (room.isOccupied) room.used();
    const before = this.context.time.now() - retention;
    for (const code of await this.context.store.unusedSince(before)) {
      if (!this.rooms.get(code)?.isOccupied) await this.end(code);
    }
  }

  /** Deletes what was damaged and set aside `retention` ms ago. [P98] */
  async sweepDamaged(retention: number): Promise<void> {
    const { store, time, log } = this.context;
    const { deleted, left } = await store.forgetDamaged(time.now() - retention);
    if (deleted.length > 0)
      log.warn({ files: deleted }, 'what was set aside as damaged is deleted: its days are over');
    if (left.length > 0)
      log.error(
        { files: left },
        'what was set aside as damaged cannot be deleted: its days are over',
      );
  }

  /** Resolves when every room has stored what it could. */
  async close(): Promise<void> {
    this.isClosing = true;
    await Promise.all([...this.leaving.values()]);
    await Promise.all([...this.rooms.values()].map((room) => room.close()));
    this.rooms.clear();
  }

  private async wake(code: string): Promise<Opened> {
    await this.leaving.get(code);
    const stored = await this.context.store.load(code);
    if (!stored) return { refusal: REFUSALS.unknownCode };
    if (this.rooms.size >= MAX_SESSIONS) return { refusal: REFUSALS.tooManySessions };
    const { instructorHash, createdAt } = stored.session;
    const room = new Room(this.roomContext(code), { instructorHash, createdAt }, stored);
    this.rooms.set(code, room);
    this.context.log.info({ code }, 'session back from the store');
    return room;
  }

  private roomContext(code: string): RoomContext {
    const { time, store, log, meter, verifier, outletFor, joinUrl } = this.context;
    return {
      code,
      time,
      store,
      log,
      meter,
      verifier,
      outlet: outletFor(code),
      joinUrl: () => joinUrl(code),
      onIdle: () => {
        const leaving = this.rest(code).finally(() => this.leaving.delete(code));
        this.leaving.set(code, leaving);
      },
    };
  }

  /** Lets a room go that the store has everything of; one that it has not stays. */
  private async rest(code: string): Promise<void> {
    const room = this.rooms.get(code);
    if (!room) return;
    const isStored = await room.journal.flush();
    if (!isStored || room.isOccupied) {
      room.watchIdleness();
      return;
    }
    this.rooms.delete(code);
    await room.close();
    this.context.log.info({ code }, 'session at rest');
  }

  private async isStoreFull(): Promise<boolean> {
    const stored = await this.context.store.count().catch(() => this.rooms.size);
    return stored >= MAX_STORED_SESSIONS;
  }

  private async isStored(code: string): Promise<boolean> {
    const stored = await this.context.store.load(code).catch(() => null);
    return stored !== null;
  }
}
