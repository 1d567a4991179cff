import {
  StoreError,
  type Change,
  type Forgotten,
  type ParticipantRecord,
  type Piece,
  type RunRecord,
  type SeriesRecord,
  type SessionRecord,
  type Store,
  type StoredSession,
  type TimedPiece,
} from './store.ts';

interface Kept {
  session: SessionRecord;
  participants: Map<number, ParticipantRecord>;
  runs: Map<number, RunRecord>;
  /** By run, then by participant. */
  series: Map<number, Map<number, SeriesRecord>>;
}

/** Keeps the records as long as the process lives. */
export class MemoryStore implements Store {
  private readonly sessions = new Map<string, Kept>();

  async load(code: string): Promise<StoredSession | null> {
    const kept = this.sessions.get(code);
    if (!kept) return null;
    return structuredClone({
      code,
      session: kept.session,
      participants: byKey(kept.participants),
      runs: byKey(kept.runs),
      series: byKey(kept.series).flatMap(byKey),
    });
  }

  async count(): Promise<number> {
    return this.sessions.size;
  }

  async unusedSince(time: number): Promise<string[]> {
    const unused = [...this.sessions].filter(([, { session }]) => session.usedAt < time);
    return unused.map(([code]) => code);
  }

  /** Nothing in the memory is ever set aside. */
  async forgetDamaged(): Promise<Forgotten> {
    return { deleted: [], left: [] };
  }

  async write(code: string, change: Change): Promise<void> {
    // On copies of the maps, so that a change that fails half-way leaves nothing behind.
    const kept = copied(this.sessions.get(code) ?? begun(code, change));
    if (change.session) kept.session = structuredClone(change.session);
    for (const record of change.participants ?? []) {
      kept.participants.set(record.index, structuredClone(record));
    }
    for (const record of change.runs ?? []) kept.runs.set(record.number, structuredClone(record));
    for (const number of change.forgottenRuns ?? []) {
      kept.runs.delete(number);
      kept.series.delete(number);
    }
    for (const record of change.series ?? []) append(kept, record);
    this.sessions.set(code, kept);
  }

  async remove(code: string): Promise<void> {
    this.sessions.delete(code);
  }

  async close(): Promise<void> {
    this.sessions.clear();
  }
}

function byKey<T>(records: Map<number, T>): T[] {
  return [...records].sort(([a], [b]) => a - b).map(([, record]) => record);
}

function begun(code: string, { session }: Change): Kept {
  if (!session) throw new StoreError('not_stored', `session ${code} is not stored`);
  return { session, participants: new Map(), runs: new Map(), series: new Map() };
}

function copied({ session, participants, runs, series }: Kept): Kept {
  return {
    session,
    participants: new Map(participants),
    runs: new Map(runs),
    series: new Map([...series].map(([run, ofRun]) => [run, new Map(ofRun)])),
  };
}

function append({ runs, series }: Kept, gained: SeriesRecord): void {
  const { run, participant } = gained;
  // Of a run that was forgotten in the meantime nothing is kept.
  if (!runs.has(run)) return;
  const ofRun = series.get(run) ?? new Map<number, SeriesRecord>();
  series.set(run, ofRun);
  const held = ofRun.get(participant);
  ofRun.set(participant, {
    run,
    participant,
    losses: {
      ...joined(held?.losses, gained.losses, 1),
      times: joined(timesOf(held?.losses), timesOf(gained.losses), 1).values,
    },
    evaluations: joined(held?.evaluations, gained.evaluations, 2),
    divergedAt: gained.divergedAt ?? held?.divergedAt ?? null,
  });
}

function timesOf<P extends TimedPiece | undefined>(piece: P): P & Piece {
  return piece && { ...piece, values: piece.times };
}

/** @param width floats that make one value */
function joined(held: Piece | undefined, gained: Piece, width: number): Piece {
  const before = held?.values.subarray(0, gained.from * width) ?? new Float32Array(0);
  if (before.length < gained.from * width) {
    throw new StoreError('gap', 'values before these are missing');
  }
  const end = Math.max(held?.values.length ?? 0, before.length + gained.values.length);
  const values = new Float32Array(end);
  if (held) values.set(held.values);
  values.set(gained.values, before.length);
  return { from: 0, values };
}
