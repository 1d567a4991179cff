import { TypedFields } from './typedFields.ts';

/** What became of it: refused for good, or only not to be had now. */
export type Sent = 'taken' | 'refused' | 'unsent';

/** How a page speaks with the room about what they share. */
interface Link<T extends object> {
  /** Sends what has changed here. The room tells all before it answers. */
  send(change: Partial<T>): Promise<Sent>;
  /** Shows on this page what the room has. */
  take(value: T): void;
  /** Between two messages, in ms. */
  pause: number;
  /** The fields that are typed in, and how long after its last key a hand is still at one, in ms. */
  typed?: { fields: readonly (keyof T)[]; rest: number };
  /** Other pages have changed these fields. */
  changedElsewhere?(change: Partial<T>): void;
}

/**
 * Keeps the fields of an object on this page and in the room the same: what a hand changes here goes
 * out field by field, at most every `pause` ms, and what others change comes in. While something of
 * this page is on its way, what comes in waits, or an older echo would undo what the hand does next;
 * what could not be sent is kept, and sent again with the next news of the room or when the page is
 * back. What the room refuses is not kept: the page shows again what the room has. In a field that
 * is being typed in here, what others write meanwhile waits for the hand: see `TypedFields`.
 */
export class SharedFields<T extends object> {
  /** What page and room have in common, but for what is on its way. */
  private agreed: T | null = null;
  private local: T | null = null;
  /** What came in while something was on its way. */
  private waiting: T | null = null;
  private isSending = false;
  private hasEnded = false;
  private readonly hands: TypedFields<keyof T>;

  constructor(private readonly link: Link<T>) {
    const { fields, rest } = link.typed ?? { fields: [], rest: 0 };
    this.hands = new TypedFields(fields, rest, (field, isLater) => this.release(field, isLater));
  }

  /** The room has this. */
  receive(value: T): void {
    if (this.isSending) {
      this.waiting = value;
      return;
    }
    const own = this.notice(value);
    this.agreed = value;
    this.local = { ...value, ...own };
    this.link.take(this.local);
    if (Object.keys(own).length > 0) void this.send();
  }

  /**
   * What others have changed is said, and left alone where a hand is at it.
   * @returns what this page keeps of its own
   */
  private notice(value: T): Partial<T> {
    const { agreed, local } = this;
    if (!agreed || !local) return {};
    const own = difference(agreed, local);
    const elsewhere = difference(agreed, value);
    const fields = Object.keys(elsewhere) as (keyof T)[];
    if (fields.length === 0) return own;
    this.hands.changedElsewhere(fields, (field) => field in own);
    this.link.changedElsewhere?.(elsewhere);
    for (const field of fields) if (this.hands.isContested(field)) own[field] = local[field];
    return own;
  }

  /** This page has this; nothing is sent before it is known what the room has. */
  offer(value: T): void {
    if (this.local) this.hands.touched(Object.keys(difference(this.local, value)) as (keyof T)[]);
    this.local = value;
    this.again();
  }

  /** Sends what could not be sent, now that it can be. */
  again(): void {
    if (this.agreed && !this.isSending) void this.send();
  }

  /** The room has this, and is to take what this page has. */
  begin(agreed: T, local: T): void {
    this.agreed = agreed;
    this.offer(local);
  }

  /** Sends nothing more. */
  end(): void {
    this.hasEnded = true;
    this.hands.clear();
  }

  private async send(): Promise<void> {
    this.isSending = true;
    while (this.agreed && this.local && !this.hasEnded) {
      const { agreed, local } = this;
      const change = difference(agreed, local);
      for (const field of Object.keys(change) as (keyof T)[]) {
        if (this.hands.isContested(field)) delete change[field];
      }
      if (Object.keys(change).length === 0) break;
      this.agreed = { ...agreed, ...change };
      const sent = await this.link.send(change);
      if (sent !== 'taken') this.agreed = agreed;
      // After a refusal as well: a hand that goes on typing must not send with every key.
      await new Promise((resolve) => setTimeout(resolve, this.link.pause));
      if (sent === 'refused' && !this.hasEnded) this.takeBack(change, agreed);
      if (sent === 'unsent') break;
    }
    this.isSending = false;
    const { waiting } = this;
    this.waiting = null;
    if (waiting && !this.hasEnded) this.receive(waiting);
  }

  /** A hand has left a field that others have changed meanwhile: whoever typed last has it. */
  private release(field: keyof T, isLater: boolean): void {
    if (!this.agreed || !this.local) return;
    if (!isLater) {
      this.local = { ...this.local, [field]: this.agreed[field] };
      this.link.take(this.local);
    }
    this.again();
  }

  /** What was refused is again as the room has it, but for what a hand has changed since. */
  private takeBack(refused: Partial<T>, agreed: T): void {
    const local = { ...(this.local ?? agreed) };
    const since = difference({ ...local, ...refused }, local);
    for (const field of Object.keys(refused) as (keyof T)[]) {
      if (!(field in since)) local[field] = agreed[field];
    }
    this.local = local;
    this.link.take(local);
  }
}

/** The fields of `after` that `before` has otherwise, with what they are in `after`. */
function difference<T extends object>(before: T, after: T): Partial<T> {
  const fields = Object.keys(after) as (keyof T)[];
  const changed = fields.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return Object.fromEntries(changed.map((field) => [field, after[field]])) as Partial<T>;
}
