/**
 * The binary frame that carries data from a room to its pages, little-endian throughout.
 *
 *     u8 version, u8 0, u16 run number, then sections until the end:
 *     u8 1 (losses)      u16 chunks, each: u16 participant, u16 from, u16 n, n × f32
 *     u8 2 (evaluations) u16 chunks, each: u16 participant, u16 from, u16 n, n × (f32 loss, f32 accuracy)
 *     u8 3 (standings)   u16 windows arrived, u16 n, n × u16 participants, best first
 *
 * No x values travel: window k of every column is the same k. A chunk says where it starts, so that
 * a gap or a repeat shows.
 */
export const FRAME_VERSION = 1;

export const SECTION = { losses: 1, evaluations: 2, standings: 3 } as const;

/** Consecutive values of one participant's column. */
export interface Chunk {
  participant: number;
  from: number;
  values: Float32Array;
}

/** The order of the participants at the last window at which all of them have arrived. */
export interface Standings {
  /** Windows that every present participant has reported. */
  arrived: number;
  /** Participants, best first. */
  order: number[];
}

export interface Frame {
  run: number;
  losses: Chunk[];
  /** Values are (loss, accuracy) pairs; `from` counts pairs. */
  evaluations: Chunk[];
  standings: Standings | null;
}

const HEADER_BYTES = 4;
const SECTION_BYTES = 3;
const CHUNK_BYTES = 6;

export class FrameError extends Error {}

export function encodeFrame(frame: Frame): Uint8Array {
  const writer = new Writer(frameBytes(frame));
  writer.u8(FRAME_VERSION);
  writer.u8(0);
  writer.u16(frame.run);
  writeChunks(writer, SECTION.losses, frame.losses, 1);
  writeChunks(writer, SECTION.evaluations, frame.evaluations, 2);
  if (frame.standings) {
    writer.u8(SECTION.standings);
    writer.u16(frame.standings.arrived);
    writer.u16(frame.standings.order.length);
    for (const participant of frame.standings.order) writer.u16(participant);
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
        frame.losses = readChunks(reader, 1);
        break;
      case SECTION.evaluations:
        frame.evaluations = readChunks(reader, 2);
        break;
      case SECTION.standings: {
        const arrived = reader.u16();
        const order = Array.from({ length: reader.u16() }, () => reader.u16());
        frame.standings = { arrived, order };
        break;
      }
      default:
        throw new FrameError(`frame section ${section}`);
    }
  }
  return frame;
}

function frameBytes(frame: Frame): number {
  let bytes = HEADER_BYTES;
  for (const chunks of [frame.losses, frame.evaluations]) {
    if (chunks.length > 0) bytes += SECTION_BYTES;
    for (const { values } of chunks) bytes += CHUNK_BYTES + values.byteLength;
  }
  if (frame.standings) bytes += SECTION_BYTES + 2 + 2 * frame.standings.order.length;
  return bytes;
}

/** @param width floats that make one value of the column */
function writeChunks(writer: Writer, section: number, chunks: Chunk[], width: number): void {
  if (chunks.length === 0) return;
  writer.u8(section);
  writer.u16(chunks.length);
  for (const { participant, from, values } of chunks) {
    writer.u16(participant);
    writer.u16(from);
    writer.u16(values.length / width);
    for (const value of values) writer.f32(value);
  }
}

function readChunks(reader: Reader, width: number): Chunk[] {
  return Array.from({ length: reader.u16() }, () => {
    const participant = reader.u16();
    const from = reader.u16();
    const values = new Float32Array(reader.u16() * width);
    for (let i = 0; i < values.length; i++) values[i] = reader.f32();
    return { participant, from, values };
  });
}

class Writer {
  readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.view = new DataView(this.bytes.buffer);
  }
  u8(value: number): void {
    this.view.setUint8(this.at, value);
    this.at += 1;
  }
  u16(value: number): void {
    if (value > 0xffff) throw new FrameError(`${value} does not fit in 16 bits`);
    this.view.setUint16(this.at, value, true);
    this.at += 2;
  }
  f32(value: number): void {
    if (!Number.isFinite(value)) throw new FrameError(`${value} must not reach the wire`);
    this.view.setFloat32(this.at, value, true);
    this.at += 4;
  }
}

class Reader {
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: ArrayBuffer | Uint8Array) {
    this.view =
      bytes instanceof Uint8Array
        ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        : new DataView(bytes);
  }
  get atEnd(): boolean {
    return this.at === this.view.byteLength;
  }
  u8(): number {
    return this.view.getUint8(this.take(1));
  }
  u16(): number {
    return this.view.getUint16(this.take(2), true);
  }
  f32(): number {
    const value = this.view.getFloat32(this.take(4), true);
    if (!Number.isFinite(value)) throw new FrameError('a value is not finite');
    return value;
  }
  private take(length: number): number {
    const at = this.at;
    if (at + length > this.view.byteLength) throw new FrameError('frame is cut short');
    this.at = at + length;
    return at;
  }
}
