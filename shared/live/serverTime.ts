/**
 * An estimate of the server's clock from questions and answers. The answer that came back
 * fastest bounds the error best: at most half its round trip.
 */
export class ServerTime {
  private best: { offset: number; roundTrip: number } | null = null;

  /** The server's time minus this device's, in ms; 0 until something is known. */
  get offset(): number {
    return this.best?.offset ?? 0;
  }

  get isKnown(): boolean {
    return this.best !== null;
  }

  /**
   * @param asked this device's time when the question left
   * @param answered this device's time when the answer came
   * @param serverNow the server's time in the answer
   */
  learn(asked: number, answered: number, serverNow: number): void {
    const roundTrip = answered - asked;
    if (this.best && roundTrip > this.best.roundTrip) return;
    this.best = { offset: serverNow - (asked + answered) / 2, roundTrip };
  }

  /** Forgets what was measured, when a device's clock may have jumped: after sleep, or a new connection. */
  reset(): void {
    if (this.best) this.best.roundTrip = Infinity;
  }
}
