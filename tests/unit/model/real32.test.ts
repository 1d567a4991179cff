import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp32, log32 } from '../../../shared/model/real32.ts';

/** Distance in units of the last place of a 32-bit float near `exact`. */
function ulps(value: number, exact: number): number {
  const ulp = 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 23);
  return Math.abs(value - exact) / ulp;
}

const float = (min: number, max: number) =>
  fc.float({ min: Math.fround(min), max: Math.fround(max), noNaN: true });

describe('exp32 and log32', () => {
  it('exp32 is within 2 units in the last place', () => {
    fc.assert(
      fc.property(float(-87.3, 88.3), (x) => ulps(exp32(x), Math.exp(x)) <= 2),
      { numRuns: 20_000 },
    );
  });

  it('log32 is within 2 units in the last place, away from 1', () => {
    fc.assert(
      fc.property(float(1.2e-38, 3e38), (x) => {
        fc.pre(Math.abs(x - 1) > 0.1);
        return ulps(log32(x), Math.log(x)) <= 2;
      }),
      { numRuns: 20_000 },
    );
  });

  it('log32 near 1 is within 1e-7', () => {
    fc.assert(fc.property(float(0.9, 1.1), (x) => Math.abs(log32(x) - Math.log(x)) <= 1e-7));
  });

  it('gives 32-bit floats only', () => {
    fc.assert(
      fc.property(float(-100, 100), (x) => {
        expect(Math.fround(exp32(x))).toBe(exp32(x));
        expect(Math.fround(log32(Math.abs(x)))).toBe(log32(Math.abs(x)));
      }),
    );
  });

  it('keeps to the ends of the range', () => {
    expect(exp32(0)).toBe(1);
    expect(exp32(-88)).toBe(0);
    expect(exp32(-Infinity)).toBe(0);
    expect(exp32(89)).toBe(Infinity);
    expect(exp32(NaN)).toBeNaN();
    expect(log32(1)).toBe(0);
    expect(log32(0)).toBe(-Infinity);
    expect(log32(-1)).toBeNaN();
    expect(log32(NaN)).toBeNaN();
    expect(log32(Infinity)).toBe(Infinity);
  });

  it('has not changed a bit', () => {
    const bits = (values: number[]) => [...new Uint32Array(Float32Array.from(values).buffer)];
    expect(bits([-50, -10.5, -1, -1e-3, 0.5, 3, 80].map(exp32))).toMatchInlineSnapshot(`
      [
        459877355,
        937885203,
        1052531378,
        1065336447,
        1070795084,
        1101049646,
        2032843726,
      ]
    `);
    expect(bits([0.1, 0.5, 1.5, 2, 9.999, 1e10].map(log32))).toMatchInlineSnapshot(`
      [
        3222494606,
        3207688728,
        1053792543,
        1060205080,
        1075010538,
        1102591217,
      ]
    `);
  });
});
