// Lists the features that a ReLU lets through. They lie with the channels of a place side by side
// and are listed channel by channel: four places are turned into four channels at a time, and the
// active ones among four are moved to the front by a shuffle from a table. Written out, since a call
// would cost more than what it does.
import { FEATURE_ROW_BYTES, PLACE_BYTES, SIDE } from './convolution';
import { LISTED_BYTES, ROW_BYTES } from './memory';

const AREA: u32 = SIDE * SIDE;
/** Rows of weights of the features of one channel. */
const CHANNEL_BYTES: u32 = AREA * ROW_BYTES;
/** Room for one channel, and for the three more that the last write of four may touch. */
const LIST_BYTES: u32 = (AREA + 4) * LISTED_BYTES;

/**
 * @param front for each set of four lanes the shuffle that moves its members to the front
 * @param lists room for nine lists
 * @returns the end of the list that begins at `to`
 */
export function listFeatures(features: usize, front: usize, lists: usize, to: usize): usize {
  for (let channel: u32 = 0; channel < 8; channel += 4) {
    const list = lists + channel * LIST_BYTES;
    to = listFour(features + (channel << 2), front, channel * CHANNEL_BYTES, list, to);
  }
  return listLast(features + 32, front, 8 * CHANNEL_BYTES, to);
}

/** Four channels; the weights of the first one's features begin at offset `first`. */
function listFour(features: usize, front: usize, first: u32, lists: usize, to: usize): usize {
  const zero = f32x4.splat(0);
  const begin1 = lists + LIST_BYTES;
  const begin2 = begin1 + LIST_BYTES;
  const begin3 = begin2 + LIST_BYTES;
  // The first list goes to its place at once; the others are moved behind it.
  let end0 = to;
  let end1 = begin1;
  let end2 = begin2;
  let end3 = begin3;
  let j = i32x4.add(i32x4.splat(first), i32x4(0, ROW_BYTES, 2 * ROW_BYTES, 3 * ROW_BYTES));
  const channelBytes = i32x4.splat(CHANNEL_BYTES);
  for (let r: u32 = 0; r < SIDE; r++) {
    let z = features + r * FEATURE_ROW_BYTES + 4 * PLACE_BYTES;
    for (const end = z + SIDE * PLACE_BYTES; z < end; z += 4 * PLACE_BYTES) {
      const a = v128.load(z);
      const b = v128.load(z, 48);
      const c = v128.load(z, 96);
      const d = v128.load(z, 144);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      let k = j;
      const t0 = v128.shuffle<f64>(ab, cd, 0, 2);
      // Not `> 0`: a feature that is no number must not look like a silent one.
      const mask0 = (<u32>i32x4.bitmask(f32x4.le(t0, zero))) ^ 15;
      const shuffle0 = v128.load(front + (mask0 << 4));
      const value0 = i8x16.swizzle(t0, shuffle0);
      const index0 = i8x16.swizzle(k, shuffle0);
      v128.store(end0, v128.shuffle<i32>(index0, value0, 0, 4, 1, 5));
      v128.store(end0, v128.shuffle<i32>(index0, value0, 2, 6, 3, 7), 16);
      end0 += popcnt(mask0) * LISTED_BYTES;
      k = i32x4.add(k, channelBytes);
      const t1 = v128.shuffle<f64>(ab, cd, 1, 3);
      const mask1 = (<u32>i32x4.bitmask(f32x4.le(t1, zero))) ^ 15;
      const shuffle1 = v128.load(front + (mask1 << 4));
      const value1 = i8x16.swizzle(t1, shuffle1);
      const index1 = i8x16.swizzle(k, shuffle1);
      v128.store(end1, v128.shuffle<i32>(index1, value1, 0, 4, 1, 5));
      v128.store(end1, v128.shuffle<i32>(index1, value1, 2, 6, 3, 7), 16);
      end1 += popcnt(mask1) * LISTED_BYTES;
      k = i32x4.add(k, channelBytes);
      const t2 = v128.shuffle<f64>(abHigh, cdHigh, 0, 2);
      const mask2 = (<u32>i32x4.bitmask(f32x4.le(t2, zero))) ^ 15;
      const shuffle2 = v128.load(front + (mask2 << 4));
      const value2 = i8x16.swizzle(t2, shuffle2);
      const index2 = i8x16.swizzle(k, shuffle2);
      v128.store(end2, v128.shuffle<i32>(index2, value2, 0, 4, 1, 5));
      v128.store(end2, v128.shuffle<i32>(index2, value2, 2, 6, 3, 7), 16);
      end2 += popcnt(mask2) * LISTED_BYTES;
      k = i32x4.add(k, channelBytes);
      const t3 = v128.shuffle<f64>(abHigh, cdHigh, 1, 3);
      const mask3 = (<u32>i32x4.bitmask(f32x4.le(t3, zero))) ^ 15;
      const shuffle3 = v128.load(front + (mask3 << 4));
      const value3 = i8x16.swizzle(t3, shuffle3);
      const index3 = i8x16.swizzle(k, shuffle3);
      v128.store(end3, v128.shuffle<i32>(index3, value3, 0, 4, 1, 5));
      v128.store(end3, v128.shuffle<i32>(index3, value3, 2, 6, 3, 7), 16);
      end3 += popcnt(mask3) * LISTED_BYTES;
      j = i32x4.add(j, i32x4.splat(4 * ROW_BYTES));
    }
  }
  memory.copy(end0, begin1, end1 - begin1);
  end0 += end1 - begin1;
  memory.copy(end0, begin2, end2 - begin2);
  end0 += end2 - begin2;
  memory.copy(end0, begin3, end3 - begin3);
  return end0 + (end3 - begin3);
}

/** The last channel, which has its vector to itself. */
function listLast(features: usize, front: usize, first: u32, to: usize): usize {
  const zero = f32x4.splat(0);
  let k = i32x4.add(i32x4.splat(first), i32x4(0, ROW_BYTES, 2 * ROW_BYTES, 3 * ROW_BYTES));
  for (let r: u32 = 0; r < SIDE; r++) {
    let z = features + r * FEATURE_ROW_BYTES + 4 * PLACE_BYTES;
    for (const end = z + SIDE * PLACE_BYTES; z < end; z += 4 * PLACE_BYTES) {
      const ab = v128.shuffle<f32>(v128.load(z), v128.load(z, 48), 0, 4, 0, 4);
      const cd = v128.shuffle<f32>(v128.load(z, 96), v128.load(z, 144), 0, 4, 0, 4);
      const t0 = v128.shuffle<f64>(ab, cd, 0, 2);
      const mask0 = (<u32>i32x4.bitmask(f32x4.le(t0, zero))) ^ 15;
      const shuffle0 = v128.load(front + (mask0 << 4));
      const value0 = i8x16.swizzle(t0, shuffle0);
      const index0 = i8x16.swizzle(k, shuffle0);
      v128.store(to, v128.shuffle<i32>(index0, value0, 0, 4, 1, 5));
      v128.store(to, v128.shuffle<i32>(index0, value0, 2, 6, 3, 7), 16);
      to += popcnt(mask0) * LISTED_BYTES;
      k = i32x4.add(k, i32x4.splat(4 * ROW_BYTES));
    }
  }
  return to;
}
