/** Between two announcements of what only goes on, in ms: a screen reader has more to read than a chart. */
const PAUSE = 15_000;

/** What a live region says of something that changes all the time: news at once, the rest now and then. */
export class Spoken {
  private text = '';
  private news: string | null = null;
  private at = -Infinity;

  /**
   * The text to be in the live region.
   * @param text what could be said at `now`
   * @param news what is worth saying at once when it changes
   * @param now ms of any clock
   */
  next(text: string, news: string, now: number): string {
    if (news !== this.news || now - this.at >= PAUSE) {
      this.text = text;
      this.news = news;
      this.at = now;
    }
    return this.text;
  }
}
