import type { BrainPlan } from '../../shared/run/brainMembers.ts';
import type { ClassBrainResult } from '../../shared/run/classBrain.ts';
import type { LineBrainResult } from '../../shared/run/lineBrain.ts';
import type { RunSettings } from '../../shared/run/settings.ts';

/** From the page to the worker that computes the class brain. */
export type ToBrain =
  | {
      type: 'compute';
      plan: BrainPlan;
      settings: RunSettings;
      /** Absolute URL of the folder with the data's manifest. */
      dataUrl: string;
    }
  /** A digit to read once the class brain is there, 784 bytes, 0 (paper) to 255 (ink); null for none. */
  | { type: 'draw'; pixels: Uint8Array | null };

export type BrainResult = ClassBrainResult | LineBrainResult;

/** What the class brain says of a drawn digit. */
export interface BrainAnswer {
  /** The averaged model's probability of each digit. */
  average: Float32Array;
  /** The share of the votes of each digit. */
  votes: Float32Array;
}

/** From the worker to the page. */
export type FromBrain =
  /** Models computed, of so many. */
  | { type: 'progress'; done: number; of: number }
  /** 'none' where every model has diverged. */
  | { type: 'result'; result: BrainResult | 'none' }
  | { type: 'answer'; answer: BrainAnswer | null }
  | { type: 'failed'; reason: 'data' | 'internal' };
