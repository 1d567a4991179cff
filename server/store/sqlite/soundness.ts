import type Database from 'libsql';
import { participantRecord, runRecord, sessionRecord } from '../sql/read.ts';
import type { ParticipantTable, RunTable, SessionTable } from '../sql/schema.ts';

/** A session that cannot be read: its code in hexadecimal, since that may be what is damaged. */
export interface DamagedSession {
  hexCode: string;
  reason: string;
}

/** Text, as its bytes, and everything else as it is. */
type RawRow = Record<string, ArrayBuffer | number | null>;

/** What `read` makes of a row throws where it is damaged. */
interface Readable {
  table: string;
  columns: readonly string[];
  read: (row: never) => unknown;
}

const SESSIONS: Readable = {
  table: 'session',
  columns: [
    ...['instructor_hash', 'created_at', 'used_at', 'locked', 'pseudonyms'],
    ...['wall', 'draft', 'phase'],
  ],
  read: (row: SessionTable) => sessionRecord(row),
};
const PARTICIPANTS: Readable = {
  table: 'participant',
  columns: ['seat', 'name', 'secret_hash', 'simulated', 'removed'],
  read: (row: ParticipantTable) => participantRecord(row),
};
const RUNS: Readable = {
  table: 'run',
  columns: ['number', 'plan', 'clock', 'arrived', 'rates', 'bets', 'verdicts', 'reference'],
  read: (row: RunTable) => runRecord(row),
};

/** Numbers of the tables of curves: a text in their place could not be read without risk. */
const CURVES = {
  series: ['run', 'participant', 'losses', 'coalesce(diverged_at, 0)'],
  block: ['run', 'first', 'participant'],
} as const;

/**
 * Finds the sessions with a row that no room would have stored. Has to come before any of their
 * text is read as such: bytes that are no UTF-8 end libsql and with it the whole process, and
 * SQLite's own check does not look at them.
 * @param code only this session
 */
export function damagedSessions(database: Database.Database, code?: string): DamagedSession[] {
  const damaged = new Map<string, string>();
  const note = (hexCode: string, reason: string) => {
    if (!damaged.has(hexCode)) damaged.set(hexCode, reason);
  };
  const known = new Set<string>();
  for (const { table, columns, read } of [SESSIONS, PARTICIPANTS, RUNS]) {
    for (const raw of rawRows(database, table, columns, code)) {
      const hexCode = hexOf(raw['code'] ?? null);
      if (table === 'session') known.add(hexCode);
      else if (!known.has(hexCode)) note(hexCode, `the session of a ${table} is missing`);
      const reason = whyUnreadable(raw, read);
      if (reason !== null) note(hexCode, `${table}: ${reason}`);
    }
  }
  if (code === undefined) return list(damaged);
  for (const [table, numbers] of Object.entries(CURVES)) {
    const odd = numbers.map((number) => `typeof(${number}) <> 'integer'`).join(' OR ');
    const sql = `SELECT count(*) AS odd FROM ${table} WHERE code = ? AND (${odd})`;
    const found = database.prepare(sql).get(code) as { odd: number };
    if (found.odd > 0) note(Buffer.from(code).toString('hex'), `${table}: no number`);
  }
  return list(damaged);
}

function rawRows(
  database: Database.Database,
  table: string,
  columns: readonly string[],
  code: string | undefined,
): Iterable<RawRow> {
  const raw = ['code', ...columns].map(
    (name) =>
      `CASE typeof(${name}) WHEN 'text' THEN CAST(${name} AS BLOB) ELSE ${name} END AS ${name}`,
  );
  const statement = database.prepare(
    `SELECT ${raw.join(', ')} FROM ${table}${code === undefined ? '' : ' WHERE code = ?'}`,
  );
  // One row after the other: a school's database need not fit into the memory.
  return statement.iterate(...(code === undefined ? [] : [code])) as Iterable<RawRow>;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function whyUnreadable(raw: RawRow, read: Readable['read']): string | null {
  try {
    const row = Object.entries(raw).map(([name, value]) => [
      name,
      value instanceof ArrayBuffer ? UTF8.decode(value) : value,
    ]);
    read(Object.fromEntries(row) as never);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function hexOf(code: RawRow[string]): string {
  return (code instanceof ArrayBuffer ? Buffer.from(code) : Buffer.from(String(code))).toString(
    'hex',
  );
}

function list(damaged: ReadonlyMap<string, string>): DamagedSession[] {
  return [...damaged].map(([hexCode, reason]) => ({ hexCode, reason }));
}
