import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { SharedFields, type Sent } from '../../../client/live/sharedFields.ts';

interface Fields {
  a: number;
  b: number;
  list: number[];
}
const START: Fields = { a: 0, b: 0, list: [] };

/** A room that merges what it is sent, and tells all pages before it answers, as the real one does. */
class Room {
  value = START;
  takes = true;
  readonly pages: Page[] = [];

  async send(change: Partial<Fields>): Promise<Sent> {
    await Promise.resolve();
    if (!this.takes) return 'unsent';
    if (change.a !== undefined && change.a < 0) return 'refused';
    this.value = { ...this.value, ...change };
    for (const page of this.pages) page.shared.receive(this.value);
    await Promise.resolve();
    return 'taken';
  }
}

class Page {
  value = START;
  readonly sent: Partial<Fields>[] = [];
  readonly elsewhere: Partial<Fields>[] = [];
  readonly shared: SharedFields<Fields>;

  constructor(room: Room) {
    this.shared = new SharedFields({
      send: (change) => {
        this.sent.push(change);
        return room.send(change);
      },
      take: (value) => (this.value = value),
      pause: 100,
      typed: { fields: ['a'], rest: 300 },
      changedElsewhere: (change) => this.elsewhere.push(change),
    });
    room.pages.push(this);
    this.shared.receive(room.value);
  }

  type(change: Partial<Fields>): void {
    this.value = { ...this.value, ...change };
    this.shared.offer(this.value);
  }
}

/** Pages of one room, on fake time. */
async function pages(count: number, act: (room: Room, pages: Page[]) => Promise<void>) {
  vi.useFakeTimers();
  try {
    const room = new Room();
    await act(
      room,
      Array.from({ length: count }, () => new Page(room)),
    );
  } finally {
    vi.useRealTimers();
  }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('fields that a page shares with the room', () => {
  it('go out one by one, the first at once and what follows together, and come in elsewhere', () =>
    pages(2, async (room, [one, two]) => {
      one!.type({ a: 1 });
      for (const a of [2, 3, 4]) one!.type({ a });
      await pass(50);
      expect(one!.sent).toEqual([{ a: 1 }]);
      expect(one!.value.a).toBe(4);
      await pass(500);
      expect(one!.sent).toEqual([{ a: 1 }, { a: 4 }]);
      expect([room.value.a, two!.value.a]).toEqual([4, 4]);
      expect(two!.sent).toEqual([]);
    }));

  it('keep what each of two hands has changed at the same moment', () =>
    pages(2, async (room, [one, two]) => {
      one!.type({ a: 1 });
      two!.type({ b: 2, list: [1] });
      await pass(500);
      const both = { a: 1, b: 2, list: [1] };
      expect([room.value, one!.value, two!.value]).toEqual([both, both, both]);
    }));

  it('that could not be sent are kept, and sent with the next news of the room', () =>
    pages(1, async (room, [page]) => {
      room.takes = false;
      page!.type({ a: 1 });
      await pass(500);
      room.takes = true;
      room.value = { ...START, b: 5 };
      page!.shared.receive(room.value);
      await pass(500);
      expect(room.value).toEqual({ ...START, a: 1, b: 5 });
      expect(page!.value).toEqual(room.value);
    }));

  it('that could not be sent go out as soon as the page is back', () =>
    pages(1, async (room, [page]) => {
      room.takes = false;
      page!.type({ a: 1 });
      page!.type({ b: 2 });
      await pass(500);
      room.takes = true;
      page!.shared.again();
      await pass(500);
      expect([room.value.a, room.value.b]).toEqual([1, 2]);
    }));

  it('[P103] are kept where a hand is typing, and then are whose typed last', () =>
    pages(2, async (room, [one, two]) => {
      two!.type({ a: 5 });
      await pass(150);
      one!.type({ a: 6 });
      await pass(20);
      // It has been told, and keeps what it types; so does the other, whose text is not yet seen.
      expect([one!.elsewhere, two!.elsewhere]).toEqual([[{ a: 5 }], [{ a: 6 }]]);
      expect([one!.value.a, two!.value.a, room.value.a]).toEqual([6, 5, 6]);
      two!.type({ a: 57 });
      await pass(200);
      expect([one!.value.a, two!.value.a, room.value.a]).toEqual([6, 57, 6]);
      await pass(1_000);
      expect([one!.value.a, two!.value.a, room.value.a]).toEqual([57, 57, 57]);
      expect(two!.sent).toEqual([{ a: 5 }, { a: 57 }]);
    }));

  it('[P103] are the other form where many were changed at once, whoever is typing', () =>
    pages(2, async (room, [one, two]) => {
      two!.type({ a: 5 });
      await pass(150);
      one!.type({ a: 1, b: 1 });
      await pass(20);
      expect(two!.value).toEqual({ ...START, a: 1, b: 1 });
      await pass(1_000);
      expect(room.value).toEqual({ ...START, a: 1, b: 1 });
    }));

  it('that are refused are what the room has again, and hold up none that come later', async () => {
    vi.useFakeTimers();
    try {
      const room = new Room();
      const [page, other] = [new Page(room), new Page(room)];
      page.type({ a: -1, b: 7 });
      await vi.advanceTimersByTimeAsync(200);
      expect(page.value).toEqual(START);
      page.type({ b: 8 });
      await vi.advanceTimersByTimeAsync(200);
      expect([page.value, other.value, room.value].map(({ a, b }) => [a, b])).toEqual([
        [0, 8],
        [0, 8],
        [0, 8],
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are not sent with every key where the room refuses them', async () => {
    vi.useFakeTimers();
    try {
      const room = new Room();
      const page = new Page(room);
      room.takes = false;
      for (let k = 0; k < 100; k++) {
        page.type({ a: k });
        await vi.advanceTimersByTimeAsync(10);
      }
      expect(page.sent.length).toBeLessThanOrEqual(11);
      expect(page.value.a).toBe(99);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are what the page has where the room is to take that, and end with the page', () =>
    pages(1, async (room, [page]) => {
      page!.shared.begin({ ...START, b: 1 }, { ...START, a: 1 });
      await pass(500);
      expect(page!.sent).toEqual([{ a: 1, b: 0 }]);
      page!.shared.end();
      page!.type({ a: 9 });
      await pass(500);
      expect(room.value.a).toBe(1);
    }));

  it('are the same everywhere in the end, whoever changes what and when', async () => {
    const act = fc.record({
      page: fc.nat(2),
      change: fc.record({ a: fc.nat(3), b: fc.nat(3) }, { requiredKeys: [] }),
      wait: fc.constantFrom(0, 0, 30, 130),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), (acts) =>
        pages(3, async (room, all) => {
          for (const { page, change, wait } of acts) {
            all[page]!.type(change);
            if (wait > 0) await pass(wait);
          }
          await pass(5_000);
          for (const { value } of all) expect(value).toEqual(room.value);
        }),
      ),
      { numRuns: 60 },
    );
  });
});
