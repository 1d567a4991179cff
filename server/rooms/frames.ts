import { encodeFrame, type Chunk, type Standings } from '../../shared/protocol/frame.ts';
import type { Piece, SeriesRecord } from '../store/store.ts';

/** One frame with what the columns gained; pieces without values are left out. */
export function frameOf(
  run: number,
  series: readonly SeriesRecord[],
  standings: Standings | null,
): Uint8Array {
  const chunks = (piece: (record: SeriesRecord) => Piece): Chunk[] =>
    series
      .map((record) => ({ participant: record.participant, ...piece(record) }))
      .filter(({ values }) => values.length > 0);
  return encodeFrame({
    run,
    losses: chunks(({ losses }) => losses),
    evaluations: chunks(({ evaluations }) => evaluations),
    standings,
  });
}
