import { encodeFrame, type BandChunk, type Standings } from '../../shared/protocol/frame.ts';
import type { Piece, SeriesRecord } from '../store/store.ts';

/** One frame with what the columns gained; pieces without values are left out. */
export function frameOf(
  run: number,
  series: readonly SeriesRecord[],
  standings: Standings | null,
): Uint8Array {
  return encodeFrame({
    run,
    losses: chunks(series, ({ losses }) => losses),
    evaluations: chunks(series, ({ evaluations }) => evaluations),
    standings,
  });
}

/** The same for students, who only look at the losses of others. */
export function studentFrameOf(
  run: number,
  series: readonly SeriesRecord[],
  standings: Standings | null,
  band: BandChunk | null,
): Uint8Array {
  return encodeFrame({
    run,
    losses: [],
    evaluations: chunks(series, ({ evaluations }) => evaluations),
    standings,
    curves: chunks(series, ({ losses }) => losses),
    ...(band && { band }),
  });
}

function chunks<P extends Piece>(
  series: readonly SeriesRecord[],
  piece: (record: SeriesRecord) => P,
): (P & { participant: number })[] {
  return series
    .map((record) => ({ participant: record.participant, ...piece(record) }))
    .filter(({ values }) => values.length > 0);
}
