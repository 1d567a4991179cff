import { afterEach, expect, it } from 'vitest';
import { leftRuns, noteRun, type LeftRun } from '../../../client/student/leftRuns.ts';
import { forget, keep } from '../../../client/live/storage.ts';
import { PLAN } from '../../integration/client.ts';

const KEY = 'build-a-brain:runs';
afterEach(() => forget(KEY));

const left = (run: number, more: Partial<LeftRun> = {}): LeftRun => ({
  ...{ code: 'ABCDEF', index: 3, run, settings: PLAN.settings, rate: 0.1, step: 10 * run },
  ...more,
});

it('a device keeps the run under way and the one before, each as far as it has come', () => {
  for (const run of [1, 2, 3]) noteRun(left(run));
  noteRun(left(3, { step: 35 }));
  expect(leftRuns('ABCDEF')).toEqual([left(3, { step: 35 }), left(2)]);
});

it('of another class, or of another student of it, a device keeps nothing', () => {
  noteRun(left(1));
  expect(leftRuns('GHJKLM')).toEqual([]);
  noteRun(left(2, { index: 4 }));
  expect(leftRuns('ABCDEF')).toEqual([left(2, { index: 4 })]);
  noteRun(left(1, { code: 'GHJKLM' }));
  expect(leftRuns('ABCDEF')).toEqual([]);
});

it.each([
  ['no JSON', '{'],
  ['another form', '{"run":1}'],
  ['a rate that no run has', JSON.stringify([left(1, { rate: 1e9 })])],
  ['a step that is no number', JSON.stringify([{ ...left(1), step: null }])],
])('what was stored as %s counts as nothing', (_, text) => {
  keep(KEY, text);
  expect(leftRuns('ABCDEF')).toEqual([]);
});
