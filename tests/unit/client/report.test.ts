import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { withMany } from '../../../client/i18n/pluralForms.ts';
import { messages } from '../../../client/messages/en.ts';
import { findings } from '../../../client/report/findings.ts';
import { reportOf } from '../../../client/report/report.ts';
import { settingsText } from '../../../client/report/settingsText.ts';
import type { ClassBrainResult } from '../../../shared/run/classBrain.ts';
import { brainPlanOf } from '../../../shared/run/brainMembers.ts';
import { lineBrain } from '../../../shared/run/lineBrain.ts';
import { WORKSHOP } from '../../../shared/data/linear.ts';
import type { ParticipantResults, RunResult } from '../../../shared/protocol/results.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';

function student(index: number, rate: number, to: number, divergedAt: number | null) {
  const losses = Array.from({ length: divergedAt ?? 4 }, (_, k) => ({
    steps: k + 1,
    loss: 4 + ((to - 4) * k) / 3,
    seconds: k + 1,
  }));
  const bet = { bet: 'good', outcome: divergedAt === null ? 'good' : 'diverged', betPoints: 0 };
  return {
    ...{ index, name: `<b>s${index}`, simulated: false, rank: index + 1, rate, verdict: null },
    ...{ divergedAt, losses, evaluations: [], state: divergedAt === null ? 'done' : 'diverged' },
    ...bet,
  } as ParticipantResults;
}

function run(students: ParticipantResults[]): RunResult {
  return {
    number: 3,
    arrived: 4,
    settings: {
      ...{ experiment: 'linear', model: 'perceptron', seed: 1, steps: 4, init: { kind: 'zeros' } },
    },
    pace: { kind: 'race' },
    rates: { kind: 'spread', from: 0.01, to: 2 },
    participants: students,
  };
}

const FOUR = [
  student(0, 1, 0.001, null),
  student(1, 0.5, 0.002, null),
  student(2, 0.01, 3.9, null),
  student(3, 2, 900, 2),
];

describe('the report of a run', () => {
  beforeAll(async () => {
    const resources = { en: { translation: withMany(messages) } };
    await i18next.init({ lng: 'en', resources, interpolation: { escapeValue: false } });
  });

  it('draws in its sweep the loss that its table ranks by, and not the last batch', () => {
    const settings: RunResult['settings'] = {
      experiment: 'toy',
      model: 'mlp',
      init: { kind: 'seed' },
      ...{ seed: 1, steps: 4, batchSize: 32, points: 200, hidden: 8 },
      order: 'shuffle',
      shape: 'moons',
      activation: 'relu',
    };
    const noisy = (index: number, rate: number, values: number[]) => ({
      ...student(index, rate, 1, null),
      losses: values.map((loss, k) => ({ steps: k + 1, loss, seconds: null })),
    });
    const students = [noisy(0, 0.1, [1, 2, 3, 6]), noisy(1, 1, [6, 3, 2, 1])];
    const page = reportOf('ACDEFG', { ...run(students), settings }, 'today', 'early');
    const heights = [...page.matchAll(/<circle [^>]*cy="([\d.]+)"[^>]* fill/g)].map(([, cy]) => cy);
    expect(heights).toHaveLength(2);
    expect(new Set(heights).size).toBe(1);
  });

  it('asks the network for nothing, runs nothing, and takes no name for HTML', () => {
    const page = reportOf('ACDEFG', run(FOUR), 'today', 'none');
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).not.toMatch(/https?:|<script|src=|url\(|<b>/);
    expect(page).toContain('&lt;b&gt;s0');
    expect(page).toContain('class ACDEFG, run 3');
    expect(page.match(/<svg [^>]*role="img"/g)).toHaveLength(2);
    expect(page.match(/<tr>/g)).toHaveLength(5);
    expect(page).not.toContain('NaN');
  });

  it('says what the run has shown', () => {
    expect(findings(run(FOUR))).toEqual([
      'Best learning rate: 1 (<b>s0), loss 10⁻³.',
      '1 of 4 diverged, at 2.',
      'Good in this run: from 0.0707 to 1.41.',
      '3 of 4 guesses were exactly right.',
    ]);
    expect(findings(run([]))).toEqual([]);
  });

  it('has the class brain in it, as figures and the lesson they teach', () => {
    const { settings, ...rest } = run(FOUR);
    if (settings.experiment !== 'linear') throw new TypeError(settings.experiment);
    const ranked = FOUR.map(({ rate, losses, divergedAt }) => ({
      ...{ rate, divergedAt, windows: losses.length, isRefuted: false, isGood: true },
    }));
    const plan = brainPlanOf({ settings, ...rest }, ranked);
    const page = reportOf('ACDEFG', run(FOUR), 'today', lineBrain(plan!, settings, WORKSHOP));
    expect(page).toContain('<h2>Class brain</h2>');
    expect(page).toMatch(/<p>average: ŷ = \d\.\d+ · x \+ \d\.\d+<\/p>/);
    expect(page).toMatch(/average of all \S+ · best single model \(1\) \S+ · a single model on/);
    expect(page).toContain('average of all, with the 1 that diverged');
    expect(page).toContain('Made of 4 models.');

    const score = (accuracy: number) => ({ accuracy, perClass: [] });
    const scores: ClassBrainResult = {
      ...{ kind: 'classifier', plan: plan!, accuracies: [], mean: 0.8 },
      ...{ best: score(0.9), bestOnTest: { ...score(0.9), rate: plan!.best } },
      ...{ sound: { average: score(0.91), vote: score(0.92) }, good: null, all: null },
    };
    const digits = reportOf('ACDEFG', run(FOUR), 'today', scores);
    expect(digits).toContain('Right on the test data: average of all 91.0% · vote of all 92.0%');
    expect(digits).toContain('Averaging works here');
    expect(reportOf('ACDEFG', run(FOUR), 'today', 'none')).toContain('all of them diverged');
    expect(reportOf('ACDEFG', run(FOUR), 'today', 'early')).toContain('the run was not over');
    expect(reportOf('ACDEFG', run(FOUR), 'today', 'long')).toContain('computing it takes a while');
  });

  it('says everything that the run was given, in one line', () => {
    expect(settingsText(run(FOUR))).toBe(
      'A straight line · 4 steps · start: all zero · seed 1 · at full speed · ' +
        'learning rates dealt from 0.01 to 2',
    );
    const digits: RunPlan = {
      settings: {
        ...{ experiment: 'mnist', model: 'softmax', seed: 7, steps: 125, images: 2_000 },
        ...{ batchSize: 32, order: 'file', init: { kind: 'seed' } },
      },
      pace: { kind: 'paced', stepsPerSecond: 20 },
      rates: { kind: 'list', rates: [0.1, 0.01] },
    };
    expect(settingsText(digits)).toBe(
      'Handwritten digits · Softmax · 2,000 images · batches of 32, in turn · 125 steps ' +
        '(epochs: 1.98) · start: random (seed) · seed 7 · 20 steps a second · ' +
        'learning rates from a list, 0.01 to 0.1',
    );
  });

  it('names curves at their ends, and shows the bands, the best rate and the edge', () => {
    const page = reportOf('ACDEFG', run(FOUR), 'today', 'none');
    const names = [...page.matchAll(/<text [^>]*class="name">([^<]+)</g)].map(([, name]) => name);
    expect(names).toEqual(['0.01', '0.5', '1', '2', 'diverged']);
    expect(page).not.toContain('are named');
    const crowd = Array.from({ length: 120 }, (_, k) => student(k, 0.01 + k / 300, 1, null));
    const large = reportOf('ACDEFG', run(crowd), 'today', 'none');
    const some = large.match(/<text [^>]*class="name"/g)!.length - 1;
    expect(some).toBeGreaterThan(40);
    expect(large).toContain(`${some} of the 120 curves are named`);
    for (const words of ['too low', 'good', 'too high', 'best: 1', '2/λmax = 1.36']) {
      expect(page).toContain(`>${words}</text>`);
    }
  });

  it('has room for everybody in a large class, and counts whom a sheet has no room for', () => {
    const crowd = Array.from({ length: 300 }, (_, k) => student(k, 0.01 + k / 300, 1, null));
    const rowsOf = (count: number) =>
      reportOf('ACDEFG', run(crowd.slice(0, count)), 'today', 'none').match(/<tr><td/g)?.length;
    for (const count of [1, 12, 13, 32, 33, 66, 67, 120, 121, 170]) {
      expect(rowsOf(count), `${count} students`).toBe(count);
    }
    expect(rowsOf(300)).toBe(170);
    expect(reportOf('ACDEFG', run(crowd), 'today', 'none')).toContain('130 more have no room');
    expect(reportOf('ACDEFG', run([]), 'today', 'none')).not.toContain('NaN');
  });
});
