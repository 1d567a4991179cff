import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFrame,
  encodeFrame,
  FRAME_VERSION,
  FrameError,
  type Frame,
  type TimedChunk,
} from '../../../shared/protocol/frame.ts';
import { timed } from '../timed.ts';

const u16 = fc.integer({ min: 0, max: 0xffff });
const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

const chunk = (width: number) =>
  fc
    .array(fc.array(finite, { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 20,
    })
    .chain((values) =>
      fc.record({
        participant: u16,
        from: u16,
        values: fc.constant(Float32Array.from(values.flat())),
      }),
    );

/** Hundredths of a second between one loss and the next, whole seconds where there are many, or unknown. */
const gap = fc.oneof(
  fc.nat(0x7fff),
  fc.integer({ min: 328, max: 3_000 }).map((seconds) => 100 * seconds),
  fc.constant(NaN),
);

const timedChunk = chunk(1).chain((of) =>
  fc
    .tuple(fc.nat(1e5), fc.array(gap, { minLength: 20, maxLength: 20 }))
    .map(([first, gaps]) => ({ ...of, times: timesOf(first, gaps.slice(1, of.values.length)) })),
);

function timesOf(first: number, gaps: number[]): Float32Array {
  let at = first;
  const later = gaps.map((gap) => (Number.isNaN(gap) ? NaN : (at += gap)));
  return Float32Array.from([first, ...later], (hundredths) => hundredths / 100);
}

const frames: fc.Arbitrary<Frame> = fc.record({
  run: u16,
  losses: fc.array(timedChunk, { maxLength: 8 }),
  evaluations: fc.array(chunk(2), { maxLength: 8 }),
  standings: fc.option(fc.record({ arrived: u16, order: fc.array(u16, { maxLength: 30 }) })),
});

describe('a frame', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      }),
    );
  });

  it('[P41] carries losses of others within 1 part in 512, and the band with them', () => {
    const loss = fc.float({ min: 0, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(loss, { minLength: 5, maxLength: 5 }), (losses) => {
        const values = Float32Array.from(losses);
        const frame = decodeFrame(
          encodeFrame({
            ...{ run: 1, losses: [], evaluations: [], standings: null },
            curves: [timed({ participant: 3, from: 7, values })],
            band: { from: 9, values },
          }),
        );
        expect(frame.curves).toMatchObject([{ participant: 3, from: 7 }]);
        expect(frame.band?.from).toBe(9);
        for (const rounded of [frame.curves![0]!.values, frame.band!.values]) {
          rounded.forEach((value, k) => {
            const allowed = Math.max(losses[k]! / 512, 2 ** -134);
            expect(Math.abs(value - losses[k]!)).toBeLessThanOrEqual(allowed);
          });
        }
      }),
    );
  });

  it('[P111] carries when losses were there, to a hundredth, after a long sleep to half a second', () => {
    const times = Float32Array.of(NaN, 0.25, 0.26, 300, 3_000.4, 3_000.9, 29_000);
    const chunk = { participant: 3, from: 0, values: new Float32Array(times.length), times };
    const frame = { run: 1, losses: [chunk], evaluations: [], standings: null, curves: [chunk] };
    const read = decodeFrame(encodeFrame(frame));
    for (const [{ times: told }] of [read.losses, read.curves] as [TimedChunk][]) {
      expect(told.subarray(0, 4)).toEqual(times.subarray(0, 4));
      told
        .subarray(4)
        .forEach((time, k) => expect(Math.abs(time - times[4 + k]!)).toBeLessThan(0.51));
    }
  });

  it('is read at whatever offset its bytes lie, and from a bare buffer', () => {
    const frame: Frame = { run: 7, losses: [], evaluations: [], standings: null };
    const bytes = encodeFrame(frame);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeFrame(shifted.subarray(3))).toEqual(frame);
    expect(decodeFrame(bytes.slice().buffer)).toEqual(frame);
  });

  it('random bytes give a frame or a FrameError, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, versioned) => {
        if (versioned && bytes.length > 0) bytes[0] = FRAME_VERSION;
        try {
          decodeFrame(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('every frame that is cut short is refused or a shorter whole one', () => {
    fc.assert(
      fc.property(frames, fc.double({ min: 0, max: 0.999, noNaN: true }), (frame, part) => {
        const bytes = encodeFrame(frame);
        const cut = bytes.slice(0, Math.floor(bytes.length * part));
        try {
          expect(encodeFrame(decodeFrame(cut))).toEqual(cut);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
    );
  });

  it('[P22] carries no NaN and no infinity, in neither direction', () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      const bad = timed({ participant: 0, from: 0, values: Float32Array.of(1, value) });
      const frame: Frame = { run: 1, losses: [bad], evaluations: [], standings: null };
      expect(() => encodeFrame(frame)).toThrow(FrameError);
      const good = encodeFrame({ ...frame, losses: [{ ...bad, values: Float32Array.of(1, 2) }] });
      // The last loss lies before the six bytes of two times.
      new DataView(good.buffer).setFloat32(good.length - 10, value, true);
      expect(() => decodeFrame(good)).toThrow('not finite');
    }
  });

  it('refuses another version', () => {
    const bytes = encodeFrame({ run: 1, losses: [], evaluations: [], standings: null });
    bytes[0] = FRAME_VERSION + 1;
    expect(() => decodeFrame(bytes)).toThrow(FrameError);
  });
});
