import type { Transaction } from 'kysely';
import type { Clock } from '../../../shared/clock.ts';
import type { RunPlan } from '../../../shared/protocol/views.ts';
import { NAME_LANGUAGES } from '../../../shared/nicknames/words.ts';
import { PHASES, type Phase } from '../../../shared/session.ts';
import type {
  ParticipantRecord,
  RunRecord,
  SeriesRecord,
  SessionRecord,
  StoredSession,
} from '../store.ts';
import { fromBytes } from './floats.ts';
import type {
  BlockTable,
  ParticipantTable,
  RunTable,
  SeriesTable,
  SessionTable,
  Tables,
} from './schema.ts';

/** All rows of a session as records; null where there is no such session. */
export async function readSession(
  db: Transaction<Tables>,
  code: string,
): Promise<StoredSession | null> {
  const session = await db
    .selectFrom('session')
    .selectAll()
    .where('code', '=', code)
    .executeTakeFirst();
  if (!session) return null;
  const participants = await db
    .selectFrom('participant')
    .selectAll()
    .where('code', '=', code)
    .orderBy('seat')
    .execute();
  const runs = await db
    .selectFrom('run')
    .selectAll()
    .where('code', '=', code)
    .orderBy('number')
    .execute();
  const series = await db
    .selectFrom('series')
    .selectAll()
    .where('code', '=', code)
    .orderBy('run')
    .orderBy('participant')
    .execute();
  const blocks = await db.selectFrom('block').selectAll().where('code', '=', code).execute();
  return {
    code,
    session: sessionRecord(session),
    participants: participants.map(participantRecord),
    runs: runs.map(runRecord),
    series: seriesRecords(series, blocks),
  };
}

function sessionRecord(row: SessionTable): SessionRecord {
  return {
    instructorHash: row.instructor_hash,
    createdAt: Number(row.created_at),
    usedAt: Number(row.used_at),
    locked: row.locked === 1,
    pseudonyms: NAME_LANGUAGES.find((language) => language === row.pseudonyms) ?? null,
    phase: phaseOf(row.phase),
  };
}

function phaseOf(text: string): Phase {
  const phase = PHASES.find((each) => each === text);
  if (!phase) throw new Error(`no phase is called ${text}`);
  return phase;
}

function participantRecord(row: ParticipantTable): ParticipantRecord {
  return {
    index: row.seat,
    name: row.name,
    secretHash: row.secret_hash,
    simulated: row.simulated === 1,
    removed: row.removed === 1,
  };
}

function runRecord(row: RunTable): RunRecord {
  const rates = JSON.parse(row.rates) as [participant: number, rate: number | null][];
  return {
    number: row.number,
    plan: JSON.parse(row.plan) as RunPlan,
    reference: row.reference,
    clock: row.clock === null ? null : (JSON.parse(row.clock) as Clock),
    arrived: row.arrived,
    rates: rates.map(([participant, rate]) => ({ participant, rate })),
    bets: JSON.parse(row.bets) as RunRecord['bets'],
    verdicts: JSON.parse(row.verdicts) as RunRecord['verdicts'],
  };
}

function seriesRecords(
  rows: readonly SeriesTable[],
  blocks: readonly BlockTable[],
): SeriesRecord[] {
  const losses = new Map<string, Float32Array>();
  for (const row of rows) {
    const values = new Float32Array(row.losses);
    const tail = fromBytes(row.tail);
    values.set(tail, row.losses - tail.length);
    losses.set(key(row), values);
  }
  for (const block of blocks) losses.get(key(block))?.set(fromBytes(block.losses), block.first);
  return rows.map((row) => ({
    run: row.run,
    participant: row.participant,
    losses: { from: 0, values: losses.get(key(row)) ?? new Float32Array(0) },
    evaluations: { from: 0, values: fromBytes(row.evaluations) },
    divergedAt: row.diverged_at,
  }));
}

function key({ run, participant }: { run: number; participant: number }): string {
  return `${run}:${participant}`;
}
