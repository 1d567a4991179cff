import type { Column } from '../../shared/live/column.ts';

/** A curve that no participant trains: of a learning rate that the instructor compares with. */
export interface Reference {
  rate: number;
  /** Mean loss of each reporting window. */
  losses: Column;
  /** (loss, accuracy) pairs on the test images. */
  evaluations: Column;
  divergedAt: number | null;
}

/** In the place of a participant's index. */
export const REFERENCE = -1;
