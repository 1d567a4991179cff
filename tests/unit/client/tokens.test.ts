import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const CLIENT = path.resolve('client');
const read = (file: string) => readFileSync(path.join(CLIENT, file), 'utf8');
const css = read('style/tokens.css');

/** Custom properties that a text declares. */
function declared(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]),
  );
}

/** The declarations of the first rule after `start`. */
function rule(start: string): Map<string, string> {
  const from = css.indexOf(start);
  expect(from, start).toBeGreaterThanOrEqual(0);
  return declared(css.slice(css.indexOf('{', from), css.indexOf('}', from)));
}

const light = rule(':root {');
const dark = rule(":root[data-theme='dark'] {");
const components = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.svelte'))
  .map((file) => {
    const text = read(file);
    const given = [...text.matchAll(/style:(--[\w-]+)/g)].map(([, name]) => name!);
    return { file, style: /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '', given };
  });

describe('design tokens', () => {
  it('are the same in the dark whether the system or the reader asks for it', () => {
    expect(rule(":root:not([data-theme='light']) {")).toEqual(dark);
    for (const name of dark.keys()) expect(light.has(name), name).toBe(true);
  });

  it('are where every component has its colours, sizes of text, layers and times from', () => {
    const raw = [
      /#[0-9a-f]{3,8}\b/i,
      /\b(rgb|hsl|oklch)\(/,
      /font-size:[^;]*\d(rem|px)/,
      /border-radius:[^;]*\d(rem|px)/,
      /z-index:\s*\d/,
      /\d(ms|s)\b/,
    ];
    const found = components.flatMap(({ file, style }) =>
      style
        .split('\n')
        .filter((line) => raw.some((each) => each.test(line)))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(found, 'use a token of client/style/tokens.css').toEqual([]);
  });

  it('exist where they are used', () => {
    const found = components.flatMap(({ file, style, given }) => {
      const own = new Set([...declared(style).keys(), ...given]);
      return [...style.matchAll(/var\((--[\w-]+)\)/g)]
        .map(([, name]) => name!)
        .filter((name) => !light.has(name) && !own.has(name))
        .map((name) => `${file}: ${name}`);
    });
    expect(found).toEqual([]);
  });

  /** WCAG relative luminance of `#rrggbb`. */
  function luminance(colour: string): number {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const c = parseInt(colour.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  }

  const TEXTS = [
    ...['--paper', '--surface', '--sunk'].flatMap((ground) =>
      ['--ink', '--ink-soft', '--accent'].map((ink) => [ink, ground] as const),
    ),
    ['--accent-ink', '--accent'],
    ['--accent-ink', '--accent-hover'],
    ['--accent', '--accent-soft'],
    ...['good', 'warn', 'bad'].flatMap((tone) => [
      [`--${tone}`, `--${tone}-soft`] as const,
      [`--${tone}`, '--surface'] as const,
      ['--ink', `--${tone}-soft`] as const,
    ]),
  ] as const;

  /** Axes, rings and frames that have to be seen, but not read. */
  const MARKS = ['--paper', '--surface', '--sunk'].flatMap((ground) =>
    ['--line-strong', '--focus'].map((mark) => [mark, ground] as const),
  );

  it.each([
    ['light', light],
    ['dark', new Map([...light, ...dark])],
  ])('are read with a contrast of 4.5 to 1 and seen with one of 3 to 1, in %s', (_, theme) => {
    const expectContrast = (pairs: typeof TEXTS | typeof MARKS, least: number) => {
      for (const [ink, ground] of pairs) {
        const [a, b] = [ink, ground].map((name) => luminance(theme.get(name)!) + 0.05);
        const contrast = Math.max(a!, b!) / Math.min(a!, b!);
        expect(contrast, `${ink} on ${ground}`).toBeGreaterThanOrEqual(least);
      }
    };
    expectContrast(TEXTS, 4.5);
    expectContrast(MARKS, 3);
  });
});
