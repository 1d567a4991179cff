import { describe, expect, it } from 'vitest';
import { Arrivals } from '../../../client/charts/arrivals.ts';
import { Column } from '../../../shared/live/column.ts';

/** One student's column, and the times at which its points came. */
function watched() {
  const column = new Column(100);
  const arrivals = new Arrivals();
  const columns = new Map([[3, column]]);
  return {
    come(count: number, now: number, blind = false, since = 0): void {
      column.append(
        column.length,
        Array.from({ length: count }, () => 1),
      );
      arrivals.note(columns, now, blind, since);
    },
    times: () => [...arrivals.timesOf(3)],
  };
}

describe('when points came', () => {
  it('is spread over the time since the ones before, for they were computed one by one', () => {
    const page = watched();
    page.come(1, 0.5);
    page.come(2, 1);
    expect(page.times()).toEqual([0.5, 0.75, 1]);
  });

  it('is not known of what a page finds when it is opened', () => {
    const page = watched();
    page.come(40, 7, true);
    page.come(2, 8);
    expect(page.times()).toEqual([...Array.from({ length: 40 }, () => NaN), 7.5, 8]);
  });

  it('is not known of many that come at once after a silence, but of the one of a slow device', () => {
    const page = watched();
    page.come(1, 1);
    page.come(30, 21);
    page.come(1, 31);
    expect(page.times()).toEqual([1, ...Array.from({ length: 30 }, () => NaN), 31]);
  });

  it('is known after a pause, which is no silence', () => {
    const page = watched();
    page.come(1, 1);
    page.come(2, 61, false, 60);
    expect(page.times()).toEqual([1, 60.5, 61]);
  });
});
