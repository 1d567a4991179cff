import { expect, it, onTestFinished, vi } from 'vitest';
import { chooseLanguage, startLanguage } from '../../client/i18n/i18n.svelte.ts';
import { formatRate } from '../../client/i18n/format.ts';
import { reportOf } from '../../client/report/report.ts';
import { useChromium, visit } from './chromium.ts';
import { classOf } from './reportedClass.ts';

useChromium();

/** Pages of a PDF as Chromium writes it. */
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;

/** In a page: texts of pictures that stick out of them, and names of curves that lie on one another. */
const MISPLACED = `(() => {
  const wrong = [];
  const box = (text) => text.getBoundingClientRect();
  for (const svg of document.querySelectorAll('svg[role]')) {
    const paper = svg.getBoundingClientRect();
    for (const text of svg.querySelectorAll('text')) {
      const { left, right, top, bottom } = box(text);
      const isIn = left >= paper.left - 1 && right <= paper.right + 1;
      if (!isIn || top < paper.top - 1 || bottom > paper.bottom + 1) wrong.push(text.textContent + ' is cut');
    }
    const names = [...svg.querySelectorAll('text.name')];
    for (const [k, a] of names.entries()) for (const b of names.slice(k + 1)) {
      const [one, other] = [box(a), box(b)];
      const beside = one.right <= other.left || other.right <= one.left;
      // Letters are lower than the box of their line.
      const apart = Math.abs(one.top - other.top) >= 0.7 * one.height || a.hasAttribute('transform');
      if (!beside && !apart) wrong.push(a.textContent + ' lies on ' + b.textContent);
    }
  }
  return wrong;
})()`;

it('the report of a class of 10, 30, 66 or 120 is one sheet with all of them on it, in both languages', async () => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  vi.stubGlobal('navigator', { languages: ['en'] });
  onTestFinished(async () => {
    await chooseLanguage('en');
    vi.unstubAllGlobals();
  });
  await startLanguage();
  const asked: string[] = [];
  const page = await visit('about:blank', { requested: (address) => asked.push(address) });
  for (const language of ['fr', 'en'] as const) {
    await chooseLanguage(language);
    for (const [students, experiment] of [
      ...([
        [10, 'linear'],
        [30, 'linear'],
      ] as const),
      ...([
        [30, 'mnist'],
        [66, 'mnist'],
        [120, 'mnist'],
      ] as const),
    ] as const) {
      const { run, brain } = classOf(students, experiment);
      const made = '25 novembre 2026 à 13:40';
      await page.setContent(reportOf('ACDEFG', run, made, brain));
      const name = `${language}, ${students} students, ${experiment}`;
      expect(pagesOf(await page.pdf({ preferCSSPageSize: true })), name).toBe(1);
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(MISPLACED), name).toEqual([]);
      expect(await page.locator('tbody tr').count(), name).toBe(students);
      const names = await page.locator('svg[role] >> nth=0').locator('text.name').allTextContents();
      const rates = run.participants.map(({ rate }) => formatRate(rate!));
      const missing = rates.filter((rate) => !names.includes(rate)).length;
      expect(missing > 0, name).toBe(students > 40);
      const told = await page.getByText(language === 'fr' ? 'sont nommées' : 'are named').count();
      expect(told, name).toBe(missing > 0 ? 1 : 0);
      const first = await page.locator('td.name').allInnerTexts();
      expect(new Set(first).size, name).toBe(students);
      await page.emulateMedia({ media: null });
    }
  }
  expect(asked.filter((address) => address !== 'about:blank')).toEqual([]);
});
