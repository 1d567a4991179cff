import type { RunPlan } from './views.ts';

/** What an instructor's page or a projector is told of a run that it has not seen itself. [P104] */
export interface RecalledRun extends RunPlan {
  number: number;
  /** Windows at which everybody is ranked. */
  arrived: number;
  /** Who took part, is in the room still, and had a learning rate; names are in the roster. */
  students: { participant: number; rate: number; divergedAt: number | null }[];
  /** All that they reported, as a frame. */
  points: ArrayBuffer | Uint8Array;
}
