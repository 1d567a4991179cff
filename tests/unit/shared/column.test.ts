import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Column } from '../../../shared/live/column.ts';

describe('a column', () => {
  it('[P13] holds the same whatever pieces it came in, repeats included', () => {
    const pieces = fc.array(
      fc.record({
        back: fc.integer({ min: 0, max: 10 }),
        length: fc.integer({ min: 0, max: 10 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, (list) => {
        const truth = Array.from({ length: 400 }, (_, k) => k + 0.5);
        const column = new Column(400);
        for (const { back, length } of list) {
          const from = Math.max(0, column.length - back);
          const before = column.length;
          const added = column.append(from, truth.slice(from, from + length));
          expect(added).toBe(Math.max(0, from + length - before));
        }
        expect([...column.slice(0)]).toEqual(truth.slice(0, column.length));
      }),
    );
  });

  it('[P14] tells a gap and stays as it is', () => {
    const column = new Column(10);
    column.append(0, [1, 2]);
    expect(column.append(3, [4])).toBeNull();
    expect(column.length).toBe(2);
  });

  it('a repeat with other values changes nothing', () => {
    const column = new Column(4);
    column.append(0, [1, 2]);
    expect(column.append(0, [9, 9, 3])).toBe(1);
    expect([...column.slice(0)]).toEqual([1, 2, 3]);
  });

  it('takes nothing past its end', () => {
    const column = new Column(2);
    expect(() => column.append(1, [1, 2])).toThrow(RangeError);
    expect(column.append(0, [1, 2])).toBe(2);
    expect(column.isFull).toBe(true);
  });

  it('holds values of two parts', () => {
    const column = new Column(3, 2);
    expect(column.append(0, [0.5, 0.25, 0.75, 1])).toBe(2);
    expect(column.append(1, [0.75, 1, 2, 3])).toBe(1);
    expect(column.at(1, 1)).toBe(1);
    expect([...column.slice(2)]).toEqual([2, 3]);
    expect(() => column.at(3)).toThrow(RangeError);
  });
});
