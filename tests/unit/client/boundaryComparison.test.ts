import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compared, type Rated } from '../../../client/pictures/boundary/comparison.ts';

function student(index: number, rate: number): Rated {
  return { index, name: `S${index}`, simulated: false, rate, status: { state: 'training' } };
}

const named = (students: readonly Rated[], best: number | null) =>
  compared(students, best).map(({ role, student: { index } }) => [role, index]);

describe('the models that are compared', () => {
  const class3 = [student(0, 0.1), student(1, 10), student(2, 0.001)];

  it('are of the lowest rate, of who leads, of the highest, by rising rate', () => {
    expect(named(class3, 0)).toEqual([
      ['lowest', 2],
      ['best', 0],
      ['highest', 1],
    ]);
  });

  it('name who leads at an end once, as the best', () => {
    expect(named(class3, 1)).toEqual([
      ['lowest', 2],
      ['best', 1],
    ]);
    expect(named(class3, 2)).toEqual([
      ['best', 2],
      ['highest', 1],
    ]);
  });

  it('are those of the ends before anybody leads, and none of a single rate', () => {
    expect(named(class3, null)).toEqual([
      ['lowest', 2],
      ['highest', 1],
    ]);
    expect(named([student(0, 0.1), student(1, 0.1)], 0)).toEqual([]);
    expect(named([], null)).toEqual([]);
  });

  it('rise in rate and name nobody twice, whatever the class', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-6, max: 1e4, noNaN: true }), { maxLength: 12 }),
        fc.nat(12),
        (rates, best) => {
          const found = compared(
            rates.map((rate, k) => student(k, rate)),
            best,
          );
          const indices = found.map(({ student: { index } }) => index);
          expect(new Set(indices).size).toBe(indices.length);
          const shown = found.map(({ student: { rate } }) => rate);
          expect(shown).toEqual(shown.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});
