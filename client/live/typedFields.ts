/** What a hand is typing in a field, and what happens elsewhere meanwhile. */
interface Typing {
  timer: ReturnType<typeof setTimeout>;
  /** Whether the field was changed elsewhere since the hand began. */
  isContested: boolean;
  /** Whether the hand has typed after that: then the field will be its. */
  isLater: boolean;
}

/**
 * The fields that a hand is typing in on this page. A field stays the hand's for `rest` ms after its
 * last key: what others change in it is not shown before, and what the hand goes on typing is not
 * sent before, or two who type in the same field would undo each other key by key.
 */
export class TypedFields<K extends PropertyKey> {
  private readonly hands = new Map<K, Typing>();

  /**
   * @param fields those that are typed in
   * @param released is told of a field that has rested and was changed elsewhere meanwhile:
   * `isLater` where the hand's text came after that
   */
  constructor(
    private readonly fields: readonly K[],
    private readonly rest: number,
    private readonly released: (field: K, isLater: boolean) => void,
  ) {}

  /** A hand has changed these fields at once; only typing changes a single one. */
  touched(fields: readonly K[]): void {
    const [field] = fields;
    if (fields.length !== 1 || field === undefined || !this.fields.includes(field)) return;
    const before = this.hands.get(field);
    clearTimeout(before?.timer);
    const isContested = before?.isContested ?? false;
    const timer = setTimeout(() => this.release(field), this.rest);
    this.hands.set(field, { timer, isContested, isLater: isContested });
  }

  /**
   * These fields were changed elsewhere. Many at once are another form, which takes the hand's place.
   * @param isUnsent whether this page has text for a field that nobody else has seen yet
   */
  changedElsewhere(fields: readonly K[], isUnsent: (field: K) => boolean): void {
    if (fields.length > 1) this.clear();
    for (const field of fields) {
      const typing = this.hands.get(field);
      if (!typing) continue;
      typing.isContested = true;
      typing.isLater = isUnsent(field);
    }
  }

  /** Whether what this page has there is neither to be sent now nor to be replaced. */
  isContested(field: K): boolean {
    return this.hands.get(field)?.isContested === true;
  }

  clear(): void {
    for (const { timer } of this.hands.values()) clearTimeout(timer);
    this.hands.clear();
  }

  private release(field: K): void {
    const typing = this.hands.get(field);
    this.hands.delete(field);
    if (typing?.isContested) this.released(field, typing.isLater);
  }
}
