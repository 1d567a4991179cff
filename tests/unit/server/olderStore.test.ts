import Database from 'libsql';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Change } from '../../../server/store/store.ts';
import { ThreadStore } from '../../builtStore.ts';
import { temporaryFolder } from '../../support.ts';
import { USUAL_WALL } from '../../../shared/wall.ts';
import { timed } from '../timed.ts';
import { PLAN } from './classroom.ts';

const onDamage = () => {
  throw new Error('nothing here is damaged');
};

/** A session in the middle of a race, with a full block of losses and an open one. */
function session(): Change {
  return {
    session: {
      ...{ instructorHash: 'aa'.repeat(32), createdAt: 1, usedAt: 2, locked: false },
      ...{ pseudonyms: null, wall: null, draft: null, phase: 'running' },
    },
    participants: [
      { index: 0, name: 'Ada', secretHash: 'bb'.repeat(32), simulated: false, removed: false },
    ],
    runs: [
      {
        ...{ number: 1, plan: PLAN, arrived: 0, reference: null, bets: [], verdicts: [] },
        clock: { kind: 'race', at: 5, going: true, gone: 0 },
        rates: [{ participant: 0, rate: 0.5 }],
      },
    ],
    series: [
      {
        ...{ run: 1, participant: 0, divergedAt: null },
        losses: timed({ from: 0, values: new Float32Array(100).fill(3) }),
        evaluations: { from: 0, values: new Float32Array(0) },
      },
    ],
  };
}

it('[P44] a database of an earlier version is brought up to date with the sessions in it', async () => {
  const file = path.join(temporaryFolder(), 'sessions.sqlite');
  const options = { file, wait: 0, maxBytes: 1e9 };
  const now = new ThreadStore(options, onDamage, onDamage);
  await now.write('AAAAAA', session());
  await now.close();
  // As it was before losses had times and projectors were conducted.
  const before = new Database(file);
  before.exec(`
    ALTER TABLE series DROP COLUMN tail_times;
    ALTER TABLE block DROP COLUMN times;
    ALTER TABLE session DROP COLUMN wall;
    ALTER TABLE session DROP COLUMN draft;
    DELETE FROM kysely_migration WHERE name >= '0006';
    UPDATE run SET clock = '{"kind":"race","at":5,"going":true}';
  `);
  before.close();

  const again = new ThreadStore(options, onDamage, onDamage);
  const stored = await again.load('AAAAAA');
  expect(stored?.session).toMatchObject({ wall: null, draft: null, phase: 'running' });
  expect(stored?.runs[0]?.clock).toEqual({ kind: 'race', at: 5, going: true, gone: 0 });
  const { values, times } = stored!.series[0]!.losses;
  expect([...values]).toEqual(new Array(100).fill(3));
  expect([...times]).toEqual(new Array(100).fill(NaN));
  // What comes from now on has its times, behind those that nobody knows.
  const more = { from: 100, values: Float32Array.of(2), times: Float32Array.of(7.25) };
  const [old] = session().series!;
  await again.write('AAAAAA', { series: [{ ...old!, losses: more }] });
  const after = await again.load('AAAAAA');
  expect([...after!.series[0]!.losses.times.slice(99)]).toEqual([NaN, 7.25]);
  await again.close();
});

it('a wall or a draft that another version has stored costs no class', async () => {
  const file = path.join(temporaryFolder(), 'sessions.sqlite');
  const options = { file, wait: 0, maxBytes: 1e9 };
  const store = new ThreadStore(options, onDamage, onDamage);
  await store.write('AAAAAA', session());
  await store.close();
  // What that version did not have yet is as usual; what this one does not have is not read.
  for (const [stored, wall] of [
    ['{"beside":"picture","asTable":true}', { ...USUAL_WALL, beside: 'picture', asTable: true }],
    ['{"beside":"usual","light":"dim"}', USUAL_WALL],
    ['{"beside":"the door"}', null],
    ['"dim"', null],
  ] as const) {
    const other = new Database(file);
    other.exec(`UPDATE session SET wall = '${stored}', draft = '{"seed":7}'`);
    other.close();
    const again = new ThreadStore(options, onDamage, onDamage);
    expect((await again.load('AAAAAA'))?.session, stored).toEqual({
      ...session().session,
      ...{ wall, draft: null },
    });
    await again.close();
  }
});
