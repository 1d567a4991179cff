/** What a room has counted for those who run the server. */
export interface Meter {
  /** A tick took this long, in ms. */
  ticked(ms: number): void;
  /** Loss points and evaluations that the server did not hold yet. */
  pointsIn(count: number): void;
  /** The same, in frames, once for each page that a frame goes to. */
  pointsOut(count: number): void;
}

/** For a room that nobody watches. */
export const UNWATCHED: Meter = {
  ticked() {},
  pointsIn() {},
  pointsOut() {},
};
