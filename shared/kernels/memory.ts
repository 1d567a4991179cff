// What lies where in the kernels' memory. Addresses and counts are u32; `kernelSpace.ts` and
// `kernelModels.ts` in shared/model write these records, so their order there and here is the same.

/** The examples that a model trains on. */
export namespace ExampleSet {
  /** For each example the addresses of the first and behind the last of its listed inputs. */
  export const BOUNDS: u32 = 0;
  /** u8 for each example. */
  export const LABELS: u32 = 4;
}

/** An input or neuron that is not zero: u32 offset of its row of weights in bytes, f32 value. */
export const LISTED_BYTES: u32 = 8;

/** Four f32. A layer's outputs are padded to whole vectors. */
export const VECTOR_BYTES: u32 = 16;

/**
 * A row of weights has room for four vectors: one cache line. A wide layer is cut into blocks of
 * that width, each with all its rows, so that those of one block fit the first-level cache.
 */
export const ROW_BYTES: u32 = 64;

/** Examples that an evaluation takes through a layer together. */
export const EVALUATED: u32 = 32;

export namespace Softmax {
  export const WEIGHTS: u32 = 0;
  export const BIASES: u32 = 4;
  export const CLASSES: u32 = 8;
  /** Vectors in a row of outputs. */
  export const VECTORS: u32 = 12;
  /** One row for each example of a batch: logits, probabilities, steps. */
  export const OUTPUTS: u32 = 16;
  /** Room for the indices of `EVALUATED` examples. */
  export const INDICES: u32 = 20;
}

/** Begins as `Softmax`, for its second layer. */
export namespace Mlp {
  export const WEIGHTS: u32 = 24;
  export const BIASES: u32 = 28;
  export const INPUTS: u32 = 32;
  export const HIDDEN: u32 = 36;
  export const BLOCKS: u32 = 40;
  export const ACTIVATION: u32 = 44;
  /** One row for each example of a batch: z, then activations. */
  export const ACTIVATIONS: u32 = 48;
  /** One row for each example of a batch: what the cost asks of z. */
  export const STEPS: u32 = 52;
  /** For each example of a batch room for all its active neurons. */
  export const ACTIVE: u32 = 56;
  /** For each example of a batch the end of its active neurons. */
  export const ACTIVE_ENDS: u32 = 60;
}

/** Begins as `Softmax`, for its dense layer. */
export namespace Convnet {
  /** 5 rows of 5 taps from right to left, each with its 9 channels in 12 places. */
  export const KERNELS: u32 = 24;
  /** 9 channels in 12 places. */
  export const BIASES: u32 = 28;
  /** Shaped like the kernels, then the biases: their steps, gathered over a batch. */
  export const STEPS: u32 = 32;
  /** 24 rows of 32 places for columns −4 … 27, each with 9 channels in 12 places. */
  export const FEATURES: u32 = 36;
  /** For each pixel u16 row, u16 column. */
  export const PIXELS: u32 = 40;
  /** For each feature, channel by channel, where in FEATURES it lies, in bytes. */
  export const PLACES: u32 = 44;
  /** For each image of a batch room for all its features, were they all active. */
  export const ACTIVE: u32 = 48;
  /** For each image of a batch the end of its active features. */
  export const ACTIVE_ENDS: u32 = 52;
  /** For each set of four lanes the shuffle that moves its members to the front. */
  export const FRONT: u32 = 56;
  /** Room for the active features of each channel. */
  export const LISTS: u32 = 60;
}
