/**
 * The binary frame that carries data from a room to its pages, little-endian throughout.
 *
 *     u8 version, u8 0, u16 run number, then sections until the end:
 *     u8 1 (losses)      u16 chunks, each: u16 participant, u16 from, u16 n, n × f32, times
 *     u8 2 (evaluations) u16 chunks, each: u16 participant, u16 from, u16 n, n × (f32 loss, f32 accuracy)
 *     u8 3 (standings)   u16 windows arrived, u16 n, n × u16 participants, best first
 *     u8 4 (curves)      u16 chunks, each: u16 participant, u16 from, u16 n, n × s16, times
 *     u8 5 (band)        u16 from, u16 n, n × (5 × s16 quantiles)
 *
 * An s16 is a loss in 16 bits, as `shortFloat.ts` defines it; `times.ts` defines times. No other x
 * values travel: window k of every column is the same k. A chunk says where it starts, so that a
 * gap or a repeat shows.
 */
import { FrameError, Reader, Writer } from './bytes.ts';
import { readTimes, timesBytes, writeTimes } from './times.ts';

export { FrameError };

export const FRAME_VERSION = 2;

export const SECTION = { losses: 1, evaluations: 2, standings: 3, curves: 4, band: 5 } as const;

/** Shares of the class whose losses lie below each line of the band. */
export const BAND_QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/** Consecutive values of one participant's column. */
export interface Chunk {
  participant: number;
  from: number;
  values: Float32Array;
}

/** Losses of consecutive reporting windows, and when each of them was there. */
export interface TimedChunk extends Chunk {
  /** Seconds of the run, one for each value; NaN where it is not known. */
  times: Float32Array;
}

/** The order of the participants at the last window at which all of them have arrived. */
export interface Standings {
  /** Windows that every present participant has reported. */
  arrived: number;
  /** Participants, best first. A student is told only those whose curves it is shown. */
  order: number[];
}

/** The class's quantiles at consecutive reporting windows, `BAND_QUANTILES` of each. */
export interface BandChunk {
  from: number;
  values: Float32Array;
}

export interface Frame {
  run: number;
  losses: TimedChunk[];
  /** Values are (loss, accuracy) pairs; `from` counts pairs. */
  evaluations: Chunk[];
  standings: Standings | null;
  /** Losses of others as a student is shown them, rounded to 16 bits. */
  curves?: TimedChunk[];
  band?: BandChunk;
}

const HEADER_BYTES = 4;
const SECTION_BYTES = 3;
const CHUNK_BYTES = 6;
const BAND_BYTES = 5;

export function encodeFrame(frame: Frame): Uint8Array {
  const { run, losses, evaluations, standings, curves = [], band } = frame;
  const writer = new Writer(frameBytes(frame));
  writer.u8(FRAME_VERSION);
  writer.u8(0);
  writer.u16(run);
  writeChunks(writer, SECTION.losses, losses, 1, ({ values, times }) => {
    writer.floats(values);
    writeTimes(writer, times);
  });
  writeChunks(writer, SECTION.evaluations, evaluations, 2, ({ values }) => writer.floats(values));
  if (standings) {
    writer.u8(SECTION.standings);
    writer.u16(standings.arrived);
    writer.u16(standings.order.length);
    for (const participant of standings.order) writer.u16(participant);
  }
  writeChunks(writer, SECTION.curves, curves, 1, ({ values, times }) => {
    writer.shorts(values);
    writeTimes(writer, times);
  });
  if (band) {
    writer.u8(SECTION.band);
    writer.u16(band.from);
    writer.u16(band.values.length / BAND_QUANTILES.length);
    writer.shorts(band.values);
  }
  return writer.bytes;
}

/** Throws a FrameError on anything that `encodeFrame` cannot have made. */
export function decodeFrame(bytes: ArrayBuffer | Uint8Array): Frame {
  const reader = new Reader(bytes);
  const version = reader.u8();
  if (version !== FRAME_VERSION) throw new FrameError(`frame version ${version}`);
  reader.u8();
  const frame: Frame = { run: reader.u16(), losses: [], evaluations: [], standings: null };
  while (!reader.atEnd) {
    const section = reader.u8();
    switch (section) {
      case SECTION.losses:
        frame.losses = readChunks(reader, (count) => timed(reader, count, reader.floats(count)));
        break;
      case SECTION.evaluations:
        frame.evaluations = readChunks(reader, (count) => ({ values: reader.floats(2 * count) }));
        break;
      case SECTION.standings: {
        const arrived = reader.u16();
        const order = Array.from({ length: reader.u16() }, () => reader.u16());
        frame.standings = { arrived, order };
        break;
      }
      case SECTION.curves:
        frame.curves = readChunks(reader, (count) => timed(reader, count, reader.shorts(count)));
        break;
      case SECTION.band: {
        const from = reader.u16();
        frame.band = { from, values: reader.shorts(reader.u16() * BAND_QUANTILES.length) };
        break;
      }
      default:
        throw new FrameError(`frame section ${section}`);
    }
  }
  return frame;
}

function frameBytes({ losses, evaluations, standings, curves = [], band }: Frame): number {
  let bytes = HEADER_BYTES;
  for (const chunks of [losses, evaluations, curves]) {
    if (chunks.length > 0) bytes += SECTION_BYTES;
    const width = chunks === curves ? 2 : 4;
    for (const { values } of chunks) bytes += CHUNK_BYTES + width * values.length;
  }
  for (const { values, times } of [...losses, ...curves]) {
    if (times.length !== values.length) throw new FrameError('a loss without its time');
    bytes += timesBytes(values.length);
  }
  if (standings) bytes += SECTION_BYTES + 2 + 2 * standings.order.length;
  if (band) bytes += BAND_BYTES + 2 * band.values.length;
  return bytes;
}

/** @param width floats that make one value of the column */
function writeChunks<C extends Chunk>(
  writer: Writer,
  section: number,
  chunks: readonly C[],
  width: number,
  write: (chunk: C) => void,
): void {
  if (chunks.length === 0) return;
  writer.u8(section);
  writer.u16(chunks.length);
  for (const chunk of chunks) {
    writer.u16(chunk.participant);
    writer.u16(chunk.from);
    writer.u16(chunk.values.length / width);
    write(chunk);
  }
}

function readChunks<V>(
  reader: Reader,
  read: (count: number) => V,
): ({ participant: number; from: number } & V)[] {
  return Array.from({ length: reader.u16() }, () => ({
    participant: reader.u16(),
    from: reader.u16(),
    ...read(reader.u16()),
  }));
}

function timed(reader: Reader, count: number, values: Float32Array) {
  return { values, times: readTimes(reader, count) };
}
