import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerTime } from '../../../shared/live/serverTime.ts';

describe('server time', () => {
  it('is the own time until an answer has come', () => {
    const time = new ServerTime();
    expect(time.isKnown).toBe(false);
    expect(time.offset).toBe(0);
  });

  it('is taken to have been read in the middle of the round trip', () => {
    const time = new ServerTime();
    time.learn(1_000, 1_100, 51_050);
    expect(time.isKnown).toBe(true);
    expect(time.offset).toBe(50_000);
  });

  it('believes the fastest answer, whichever comes first', () => {
    const time = new ServerTime();
    time.learn(0, 400, 10_390);
    time.learn(1_000, 1_020, 11_010);
    time.learn(2_000, 2_600, 12_010);
    expect(time.offset).toBe(10_000);
  });

  it('after a reset keeps its estimate only until the next answer, however slow', () => {
    const time = new ServerTime();
    time.learn(0, 10, 10_005);
    time.reset();
    expect(time.offset).toBe(10_000);
    time.learn(100_000, 101_000, 200_500);
    expect(time.offset).toBe(100_000);
  });

  it('is wrong by at most half the fastest round trip, however late each way is', () => {
    const delay = fc.integer({ min: 0, max: 5_000 });
    const answers = fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), answers, (offset, delays) => {
        const time = new ServerTime();
        delays.forEach(([there, back], k) => {
          const asked = 10_000 * k;
          time.learn(asked, asked + there + back, asked + there + offset);
        });
        const fastest = Math.min(...delays.map(([there, back]) => there + back));
        expect(Math.abs(time.offset - offset)).toBeLessThanOrEqual(fastest / 2);
      }),
    );
  });
});
