import { expect, it } from 'vitest';
import type { RunSummary } from '../../shared/protocol/results.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN, start } from './client.ts';

/** A session after two runs of Ada, who finished, and of a student whose name is a formula, who diverged. */
async function finished() {
  const { url, time } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const ada = await connect(url);
  accepted(await ada.join(code, 'Ada; "the Countess"'));
  const rude = await connect(url);
  accepted(await rude.join(code, '=HYPERLINK("x")'));
  const plan = { ...PLAN, settings: { ...PLAN.settings, steps: 4 }, bets: true };
  accepted(await teacher.ask('prepare', plan));
  accepted(await ada.ask('bet', { run: 1, rate: 0.01, bet: 'tooLow' }));
  const download = (file: string, authorization = `Bearer ${secret}`) =>
    fetch(`${url}/api/sessions/${code}/${file}`, { headers: { authorization } });
  for (const run of [1, 2]) {
    await start(teacher, time);
    await teacher.until(() => teacher.session?.phase === 'running');
    accepted(await ada.ask('losses', { run, from: 0, losses: [2, 1], seconds: [0, 0] }));
    // Also while the run is live.
    const lines = (await (await download('curves.csv')).text()).trim().split('\r\n');
    expect(lines.filter((line) => line.startsWith(`${run},`)).length).toBe(2);
    const { runs } = (await (await download('runs.json')).json()) as { runs: RunSummary[] };
    expect(runs.at(-1)).toMatchObject({ number: run, isOver: false, students: 2, done: 0 });
    accepted(await ada.ask('losses', { run, from: 2, losses: [0.5, 0.25] }));
    accepted(await rude.ask('losses', { run, from: 0, losses: [3], divergedAt: 1 }));
    await teacher.until(() => teacher.session?.phase === 'finished');
    if (run === 1) accepted(await teacher.ask('command', { command: 'next' }));
  }
  // The losses are invented: the server's replay finds that out, of every student and run.
  const verdicts = async () => [
    ...(await (await download('results.json')).text()).matchAll(/"refuted"/g),
  ];
  await expect.poll(verdicts, { timeout: 20_000 }).toHaveLength(4);
  return { code, download };
}

it('results leave as CSV and JSON, every run and every point, for the instructor alone', async () => {
  const { code, download } = await finished();
  const csv = await download('results.csv');
  expect(csv.headers.get('content-type')).toMatch('text/csv');
  expect(csv.headers.get('cache-control')).toBe('no-store');
  expect(csv.headers.get('content-disposition')).toContain(`build-a-brain-${code}-results.csv`);
  // fetch takes the byte order mark off.
  const lines = (await csv.text()).trim().split('\r\n');
  expect(lines[0]).toMatch(/^run,experiment,model,steps,.*,name,.*,learning_rate,state,/);
  expect(lines.length).toBe(5);
  expect(lines[1]).toBe(
    '1,linear,perceptron,4,,,1,,1,"Ada; ""the Countess""",no,0.01,done,,refuted,4,0.25,,,tooLow,,',
  );
  expect(lines[2]).toBe(
    `1,linear,perceptron,4,,,1,,2,"'=HYPERLINK(""x"")",no,1,diverged,1,refuted,1,3,,,,,`,
  );

  const french = await (await download('results.csv?numbers=comma')).text();
  expect(french.split('\r\n')[1]).toContain(';0,01;done;');

  const curves = (await (await download('curves.csv')).text()).trim().split('\r\n');
  expect(curves.length).toBe(1 + 2 * 5);
  expect(curves.slice(1, 4)).toEqual([
    '1,1,"Ada; ""the Countess""",0.01,1,2,0',
    '1,1,"Ada; ""the Countess""",0.01,2,1,0',
    '1,1,"Ada; ""the Countess""",0.01,3,0.5,',
  ]);

  const json = (await (await download('results.json')).json()) as {
    session: string;
    runs: { number: number; settings: unknown; participants: Record<string, unknown>[] }[];
  };
  expect(json.session).toBe(code);
  expect(json.runs.map(({ number }) => number)).toEqual([1, 2]);
  expect(json.runs[1]!.settings).toMatchObject({ steps: 4, seed: 1 });
  expect(json.runs[1]!.participants).toMatchObject([
    {
      name: 'Ada; "the Countess"',
      rank: null,
      state: 'done',
      bet: null,
      losses: { 3: { steps: 4, loss: 0.25 } },
    },
    { name: '=HYPERLINK("x")', rank: null, state: 'diverged', divergedAt: 1 },
  ]);

  const one = (await (await download('results.json?run=2')).json()) as { runs: unknown[] };
  expect(one.runs).toEqual([json.runs[1]]);
  const { runs } = (await (await download('runs.json')).json()) as { runs: RunSummary[] };
  expect(runs).toMatchObject([
    { number: 1, isOver: true, students: 2, done: 1, diverged: 1, best: null },
    { number: 2, isOver: true, students: 2, done: 1, diverged: 1, best: null },
  ]);

  for (const authorization of ['', 'Bearer wrong', 'Basic Zm9vOmJhcg==']) {
    const refused = await download('results.json', authorization);
    expect([refused.status, await refused.json()]).toEqual([403, { code: 'wrong_secret' }]);
  }
  expect((await download('results.xlsx')).status).toBe(404);
});
