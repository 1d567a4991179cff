import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { withMany } from '../../../client/i18n/pluralForms.ts';
import { messages as en } from '../../../client/messages/en.ts';
import { messages as fr } from '../../../client/messages/fr.ts';
import { NO_ANSWER } from '../../../shared/live/answer.ts';
import { FAREWELLS, REFUSALS } from '../../../shared/protocol/codes.ts';

type Tree = { [key: string]: string | Tree };

/** Messages by their full key. */
function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[prefix + key, value] as const]
        : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

const LANGUAGES = { en: flatten(en), fr: flatten(fr) };
const SHOWN = { en: flatten(withMany(en)), fr: flatten(withMany(fr)) };
const placeholders = (text: string) => [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map((m) => m[1]);
const unique = (names: (string | undefined)[]) => [...new Set(names)].sort();

describe('messages', () => {
  it('are the same in both languages', () => {
    expect([...LANGUAGES.fr.keys()].sort()).toEqual([...LANGUAGES.en.keys()].sort());
  });

  for (const [language, messages] of Object.entries(SHOWN)) {
    it(`are complete in ${language}: none empty, every plural form there`, () => {
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const empty = [...messages].filter(([, text]) => text.trim() === '').map(([key]) => key);
      expect(empty).toEqual([]);
      const counted = [...messages.keys()].filter((key) => key.endsWith('_other'));
      const wanted = counted.flatMap((key) =>
        categories.map((category) => key.replace(/other$/, category)),
      );
      expect(wanted.filter((key) => !messages.has(key))).toEqual([]);
    });
  }

  it('fill in the same values in both languages', () => {
    for (const [key, text] of LANGUAGES.fr) {
      const counterpart = LANGUAGES.en.get(key)!;
      expect(unique(placeholders(text)), key).toEqual(unique(placeholders(counterpart)));
    }
  });

  it('say every code that a page can be given', () => {
    for (const messages of Object.values(LANGUAGES)) {
      const codes = [...Object.values(REFUSALS), NO_ANSWER];
      expect(codes.filter((code) => !messages.has(`common.refusal.${code}`))).toEqual([]);
      const farewells = Object.values(FAREWELLS);
      expect(farewells.filter((code) => !messages.has(`common.farewell.${code}`))).toEqual([]);
      expect(farewells.filter((code) => !messages.has(`student.after.${code}`))).toEqual([]);
    }
  });

  it('have a general form of what is said of models, which knows as much', () => {
    for (const messages of Object.values(LANGUAGES)) {
      const ofModels = [...messages].filter(([key]) => key.includes('_alone'));
      expect(ofModels.length).toBeGreaterThan(20);
      for (const [key, text] of ofModels) {
        const general = placeholders(messages.get(key.replace('_alone', '')) ?? '');
        expect(general, key).toEqual(expect.arrayContaining(placeholders(text)));
      }
    }
  });

  it('keep French punctuation with its word', () => {
    const loose = [...LANGUAGES.fr].filter(([, text]) => / [:;!?»]|« |'/.test(text));
    expect(loose).toEqual([]);
  });
});

/** Attributes and props that a person reads or hears. */
const SPOKEN =
  /^(aria-(label|description|roledescription|valuetext)|placeholder|title|alt|label|hint|text)$/;
const hasLetters = (text: string) => /\p{L}/u.test(text);

/** Texts that stand in a component's markup instead of in the messages. */
function inlineTexts(source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown, spoken: boolean): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const each of node) visit(each, spoken);
      return;
    }
    const { type, name, data, value, ...rest } = node as Record<string, unknown>;
    if (type === 'Text' && spoken && typeof data === 'string' && hasLetters(data)) {
      found.push(data.trim());
    }
    if (type === 'Attribute') {
      visit(value, typeof name === 'string' && SPOKEN.test(name));
      return;
    }
    if (type === 'StyleDirective') return;
    for (const each of [value, ...Object.values(rest)]) visit(each, true);
  };
  visit(parse(source, { modern: true }).fragment, true);
  return found;
}

describe('components', () => {
  it('have no text of their own', () => {
    const root = path.resolve('client');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const components = files.filter((file) => file.endsWith('.svelte'));
    expect(components.length).toBeGreaterThan(20);
    const texts = components.flatMap((file) =>
      inlineTexts(readFileSync(path.join(root, file), 'utf8')).map((text) => `${file}: ${text}`),
    );
    expect(texts).toEqual([]);
  });

  it('would be caught with a text in their markup', () => {
    expect(inlineTexts('<p>Hello</p>')).toEqual(['Hello']);
    expect(inlineTexts('{#if x}<b title="Tip">·</b>{/if}')).toEqual(['Tip']);
    expect(inlineTexts('<Card title="Title {x}"><img alt="Cat" src="a.png" /></Card>')).toEqual([
      'Title',
      'Cat',
    ]);
    expect(
      inlineTexts('<p class="soft" style:left="{x}px" aria-label={t("a.b")}>{t("a")} · 2</p>'),
    ).toEqual([]);
  });
});
