import type { ParticipantView, SessionView } from '../../shared/protocol/views.ts';
import type { Board } from '../live/board.ts';
import type { Reference } from './reference.ts';

/** What charts read of a session; a `LiveSession` is one. */
export interface ChartSession {
  readonly code: string;
  readonly view: SessionView | null;
  readonly participants: ReadonlyMap<number, ParticipantView>;
  /** Grows when anything of this has changed. */
  readonly version: number;
  readonly board: Board;
  /** Drawn beside the participants' curves, and ranked with none of them. */
  readonly reference?: Reference | null;
  /** The participant that this page is, where it is one. */
  readonly self?: { index: number } | null;
  /** The server's time, in ms. */
  serverNow(): number;
}
