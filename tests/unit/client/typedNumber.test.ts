import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readings, typedNumbers, typedWhole } from '../../../client/i18n/typedNumber.ts';
import { rateScale, typedRate } from '../../../client/student/rateSlider.ts';

describe('a typed number', () => {
  it.each([
    ['0.1', [0.1]],
    ['0,1', [0.1]],
    ['0,125', [0.125]],
    ['-2.5', [-2.5]],
    [' 1 000 ', [1_000]],
    ['1 000,5', [1_000.5]],
    ['1’000', [1_000]],
    ['1,000.5', [1_000.5]],
    ['1,000,000', [1_000_000]],
    ['1,250', [1_250, 1.25]],
    ['1.250', [1.25]],
    ['1e-4', [1e-4]],
    ['.5', [0.5]],
    ['', []],
    ['ten', []],
    ['1.2.3', []],
    ['1 0', []],
    ['1.000,5', []],
    ['Infinity', []],
    ['0x10', []],
  ])('%j can be %j', (text, numbers) => {
    expect(readings(text)).toEqual(numbers);
  });

  it.each([
    ['1,000', 1_000],
    ['1 000', 1_000],
    ['60,000', 60_000],
    ['1e3', 1_000],
    ['1.000', 'notWhole'],
    ['2,5', 'notWhole'],
    ['many', 'notNumber'],
  ])('%j is %j where a whole one is asked for', (text, whole) => {
    expect(typedWhole(text)).toBe(whole);
  });

  it('is never misread, in the notation of either language', () => {
    const whole = fc.integer({ min: 0, max: 3_000_000 });
    const rate = fc.double({ min: 1e-6, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(whole, rate, fc.constantFrom('en', 'fr'), (count, value, language) => {
        const written = count.toLocaleString(language);
        expect(typedWhole(written), written).toBe(count);
        const text = value.toLocaleString(language, { maximumSignificantDigits: 6 });
        expect(readings(text), text).toContain(Number(value.toPrecision(6)));
      }),
    );
  });
});

describe('numbers typed in a row', () => {
  it.each([
    ['0.001, 0.01, 0.1', [0.001, 0.01, 0.1]],
    ['0.001,0.01,0.1', [0.001, 0.01, 0.1]],
    ['0,001; 0,01; 1,5', [0.001, 0.01, 1.5]],
    ['0,001 0,01\n1', [0.001, 0.01, 1]],
    ['0,01, 0,1, 1', [0.01, 0.1, 1]],
    ['0,1 0,5 1,2', [0.1, 0.5, 1.2]],
    ['1,5; 2,5', [1.5, 2.5]],
    ['1,2,3', [1, 2, 3]],
    ['1\n500', [1, 500]],
    [' , ;', []],
  ])('%j hold %j', (text, numbers) => {
    expect(typedNumbers(text)).toEqual({ numbers });
  });

  it.each(['1,5 2,5', '1,5', '1,2, 3', '1.5 2,5', '1,000', '1 500; 2', '1,000; 0,5'])(
    '%j are not guessed at',
    (text) => {
      expect(typedNumbers(text)).toEqual({ ambiguous: true });
    },
  );

  it('name the piece that is no number', () => {
    expect(typedNumbers('0.1, fast, 1')).toEqual({ wrong: 'fast' });
  });

  it('are read as they were meant or not at all, with either comma and whatever separates', () => {
    const rates = fc.array(fc.double({ min: 1e-6, max: 1e4, noNaN: true }), {
      minLength: 1,
      maxLength: 6,
    });
    const separators = fc.constantFrom('; ', ';', ', ', ',', ' ', '\n');
    fc.assert(
      fc.property(rates, separators, fc.constantFrom('.', ','), (given, separator, point) => {
        const meant = given.map((rate) => Number(rate.toPrecision(3)));
        const text = meant.map((rate) => String(rate).replace('.', point)).join(separator);
        // Commas for both would be nobody's notation.
        fc.pre(!(point === ',' && separator === ','));
        const read = typedNumbers(text);
        if ('numbers' in read) expect(read.numbers, text).toEqual(meant);
        else if (text.includes(';')) expect(read, text).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a rate that a student types', () => {
  const scale = rateScale({ from: 0.01, to: 2 });

  it.each([
    ['0,5', 0.5],
    ['1.23456', 1.23],
    ['1,250', 1.25],
    ['1e-1', 0.1],
    ['1.99999', 2],
    ['5', null],
    ['0x1', null],
    ['', null],
  ])('%j is %j', (typed, rate) => {
    expect(typedRate(scale, typed)).toBe(rate);
  });

  it('is refused where two are possible', () => {
    expect(typedRate(rateScale({ from: 0.01, to: 10_000 }), '1,250')).toBeNull();
  });
});
