import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../server/guard/bucket.ts';
import { Buckets } from '../../../server/guard/buckets.ts';
import { Lookups } from '../../../server/guard/lookups.ts';
import type { Room } from '../../../server/rooms/room.ts';
import { CODE_GUESSES, MAX_REMEMBERED_ADDRESSES } from '../../../shared/limits.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import { CODE_ALPHABET } from '../../../shared/protocol/names.ts';
import { FakeTime } from './fakeTime.ts';

const SCHOOL = '203.0.113.7';

describe('a token bucket', () => {
  it('never lets through more than its burst and its rate allow, and always what they allow', () => {
    const rate = fc.record({
      burst: fc.integer({ min: 1, max: 50 }),
      perSecond: fc.integer({ min: 1, max: 20 }),
    });
    const pauses = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 300 });
    fc.assert(
      fc.property(rate, pauses, (allowed, waits) => {
        let now = 1_000;
        const bucket = new TokenBucket(allowed, now);
        let taken = 0;
        for (const pause of waits) {
          now += pause;
          const wait = bucket.take(now);
          if (wait === 0) taken += 1;
          else {
            now += wait;
            expect(bucket.wait(now)).toBe(0);
          }
        }
        expect(taken).toBeLessThanOrEqual(
          allowed.burst + ((now - 1_000) / 1_000) * allowed.perSecond + 1e-6,
        );
        const patient = waits.every((pause) => pause >= 1_000 / allowed.perSecond);
        if (patient || waits.length <= allowed.burst) expect(taken).toBe(waits.length);
      }),
    );
  });

  it('gives nothing for a clock that is set back, and goes on from there', () => {
    const bucket = new TokenBucket({ burst: 1, perSecond: 1 }, 10_000);
    expect(bucket.take(10_000)).toBe(0);
    expect(bucket.take(5_000)).toBe(1_000);
    expect(bucket.take(6_000)).toBe(0);
  });

  it('of an address is remembered as long as there is room for it', () => {
    const buckets = new Buckets({ burst: 1, perSecond: 0.001 }, () => 0);
    expect(buckets.take('first')).toBe(0);
    expect(buckets.take('first')).toBeGreaterThan(0);
    for (let k = 1; k < MAX_REMEMBERED_ADDRESSES; k++) buckets.take(`address ${k}`);
    expect(buckets.wait('first')).toBeGreaterThan(0);
    buckets.take('one too many');
    expect(buckets.wait('first')).toBe(0);
    expect(buckets.wait('address 1')).toBeGreaterThan(0);
  });
});

describe('codes', () => {
  function lookups(...codes: string[]) {
    const time = new FakeTime();
    let opened = 0;
    const open = (code: string) => {
      opened += 1;
      return Promise.resolve(
        codes.includes(code) ? ({ code } as Room) : { refusal: REFUSALS.unknownCode },
      );
    };
    const guard = new Lookups({ open }, () => time.now());
    return { time, guard, codes, opened: () => opened };
  }
  const guess = async (guard: Lookups, address = SCHOOL) => {
    const guesses = Array.from({ length: CODE_GUESSES.burst }, (_, k) =>
      guard.find(address, codeOf(k)),
    );
    for (const found of await Promise.all(guesses)) {
      expect(found).toEqual({ refusal: 'unknown_code' });
    }
  };
  /** Codes of which none is one of those that the tests use. */
  const codeOf = (k: number) =>
    `AA${[...(k + 1e9).toString(23).slice(-4)].map((digit) => CODE_ALPHABET[parseInt(digit, 23)]).join('')}`;
  const tooMany = { refusal: 'too_many_requests', retryAfter: expect.any(Number) };

  it('[P28] cannot be guessed: past its tries an address hears nothing of right or wrong ones', async () => {
    const { guard, time } = lookups('CDEFGH');
    await guess(guard);
    expect(await guard.find(SCHOOL, 'AAAAAA')).toEqual(tooMany);
    expect(await guard.find(SCHOOL, 'CDEFGH')).toEqual(tooMany);
    expect(await guard.find('198.51.100.1', 'CDEFGH')).toHaveProperty('room');
    time.pass(1_000 / CODE_GUESSES.perSecond);
    expect(await guard.find(SCHOOL, 'CDEFGH')).toHaveProperty('room');
  });

  it('[P28] of classes that are under way behind an address stay good, whoever guesses beside them', async () => {
    const { guard } = lookups('CDEFGH', 'DEFGHJ');
    expect(await guard.find(SCHOOL, 'cde-fgh')).toHaveProperty('room');
    guard.know(SCHOOL, 'DEFGHJ');
    await guess(guard);
    for (let k = 0; k < 3_000; k++) {
      expect(await guard.find(SCHOOL, k % 2 ? 'CDEFGH' : 'DEFGHJ')).toHaveProperty('room');
    }
  });

  it('[P28] are found for a whole school that comes at one moment from one address', async () => {
    const { guard, opened } = lookups('CDEFGH');
    const all = Array.from({ length: 3_000 }, () => guard.find(SCHOOL, 'CDEFGH'));
    for (const found of await Promise.all(all)) expect(found).toHaveProperty('room');
    expect(opened()).toBe(1);
  });

  it('[P28] are not limited as long as they are right, nor is what can be no code', async () => {
    const { guard } = lookups('CDEFGH');
    for (let k = 0; k < 10 * CODE_GUESSES.burst; k++) {
      expect(await guard.find(SCHOOL, 'not a code')).toEqual({ refusal: 'unknown_code' });
      expect(await guard.find(`10.0.${k >> 8}.${k & 255}`, 'CDEFGH')).toHaveProperty('room');
    }
    expect(await guard.find(SCHOOL, 'CDEFGH')).toHaveProperty('room');
  });

  it('[P28] of a session that has ended count as guesses again', async () => {
    const { guard, codes } = lookups('CDEFGH');
    expect(await guard.find(SCHOOL, 'CDEFGH')).toHaveProperty('room');
    codes.pop();
    for (let k = 0; k <= CODE_GUESSES.burst; k++) {
      expect(await guard.find(SCHOOL, 'CDEFGH')).toEqual({ refusal: 'unknown_code' });
    }
    expect(await guard.find(SCHOOL, 'CDEFGH')).toEqual(tooMany);
  });
});
