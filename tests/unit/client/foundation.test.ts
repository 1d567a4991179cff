import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeOf } from '../../../client/app/route.ts';
import { preferredLanguage } from '../../../client/i18n/languages.ts';
import {
  decades,
  positionOfRate,
  rateOfPosition,
  rateScale,
  typedRate,
} from '../../../client/student/rateSlider.ts';
import { scaleColour, rateColour } from '../../../client/style/rateColour.ts';
import { LEARNING_RATE } from '../../../shared/limits.ts';

describe('routeOf', () => {
  it('knows the pages, whatever the case of the code', () => {
    expect(routeOf('', '')).toEqual({ page: 'home' });
    expect(routeOf('ACD347', '')).toEqual({ page: 'student', code: 'ACD347' });
    expect(routeOf('acd-347/', '')).toEqual({ page: 'student', code: 'ACD347' });
    expect(routeOf('show/acd347', '')).toEqual({
      ...{ page: 'projector', code: 'ACD347', pass: '' },
    });
    expect(routeOf('show/acd347', '#pass')).toMatchObject({ pass: 'pass' });
    const instructor = { page: 'instructor', code: 'ACD347', secret: 's-e_cret' };
    expect(routeOf('teach/ACD347', '#s-e_cret')).toEqual(instructor);
  });

  it('says of anything else that there is nothing', () => {
    for (const path of ['nowhere', 'teach', 'teach/ABC', 'show/ACD347/x', 'x/ACD347', '%E0%A4%A']) {
      expect(routeOf(path, '')).toEqual({ page: 'notFound' });
    }
  });
});

describe('preferredLanguage', () => {
  it('takes the first that is spoken, and English where none is', () => {
    expect(preferredLanguage(['de-DE', 'fr-CH', 'en'])).toBe('fr');
    expect(preferredLanguage(['EN-GB', 'fr'])).toBe('en');
    expect(preferredLanguage(['ja'])).toBe('en');
    expect(preferredLanguage([])).toBe('en');
  });
});

describe('rateColour', () => {
  /** WCAG relative luminance of `rgb(r g b)`. */
  function luminance(colour: string): number {
    const [r, g, b] = colour.match(/\d+/g)!.map((part) => {
      const c = Number(part) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  }
  const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

  it('reads on the light and on the dark surface, along the whole scale', () => {
    const dark = luminance('rgb(27 32 42)');
    for (let fraction = 0; fraction <= 1; fraction += 0.01) {
      const colour = luminance(scaleColour(fraction));
      expect(contrast(colour, 1)).toBeGreaterThanOrEqual(3);
      expect(contrast(colour, dark)).toBeGreaterThanOrEqual(3);
    }
  });

  it('orders rates by lightness on a log axis, either way round', () => {
    const range = { from: 10, to: 0.001 };
    const lights = [0.001, 0.01, 0.1, 1, 10].map((rate) => luminance(rateColour(rate, range)));
    expect(lights).toEqual([...lights].sort((a, b) => a - b));
    expect(rateColour(0.1, { from: 0.001, to: 10 })).toBe(rateColour(0.1, range));
    expect(rateColour(1e-5, range)).toBe(scaleColour(0));
    expect(rateColour(0.5, { from: 0.5, to: 0.5 })).toBe(scaleColour(0.5));
  });
});

describe('rate slider', () => {
  const rate = fc.double({ min: LEARNING_RATE.min, max: LEARNING_RATE.max, noNaN: true });

  it('gives only rates within the range, ends included, and finds its way back', () => {
    fc.assert(
      fc.property(rate, rate, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
        const scale = rateScale({ from, to });
        const position = Math.round(share * scale.positions);
        const chosen = rateOfPosition(scale, position);
        expect(chosen).toBeGreaterThanOrEqual(scale.from);
        expect(chosen).toBeLessThanOrEqual(scale.to);
        expect(positionOfRate(scale, scale.from)).toBeGreaterThanOrEqual(0);
        expect(positionOfRate(scale, scale.to)).toBeLessThanOrEqual(scale.positions);
      }),
    );
    const scale = rateScale({ from: 0.001, to: 10 });
    for (let position = 0; position <= scale.positions; position++) {
      expect(positionOfRate(scale, rateOfPosition(scale, position))).toBe(position);
    }
  });

  it('marks the decades', () => {
    const marks = decades(rateScale({ from: 0.02, to: 5 }));
    expect(marks.map((mark) => mark.rate)).toEqual([0.1, 1]);
    expect(decades(rateScale({ from: 0.001, to: 10 })).map((mark) => mark.rate)).toEqual([
      0.001, 0.01, 0.1, 1, 10,
    ]);
  });

  it('reads what is typed with a comma or a point, and nothing outside the range', () => {
    const scale = rateScale({ from: 0.01, to: 2 });
    expect(typedRate(scale, ' 0,05 ')).toBe(0.05);
    expect(typedRate(scale, '1e-1')).toBe(0.1);
    for (const typed of ['', 'a', '3', '0', '-1', 'NaN', 'Infinity', '0.1.2']) {
      expect(typedRate(scale, typed)).toBeNull();
    }
  });
});
