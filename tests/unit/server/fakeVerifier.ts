import type { Order, OrderListener, Verifier } from '../../../server/rooms/verifier.ts';
import type { Verdict } from '../../../shared/protocol/views.ts';

/** Replays nothing: a test says what was found. */
export class FakeVerifier implements Verifier {
  readonly orders: { order: Order; listener: OrderListener; calledOff: boolean }[] = [];

  verify(order: Order, listener: OrderListener): () => void {
    const entry = { order, listener, calledOff: false };
    this.orders.push(entry);
    return () => (entry.calledOff = true);
  }

  /** Participants of the newest order, in the order of their replays. */
  get participants(): number[] {
    return this.orders.at(-1)!.order.claims.map(({ participant }) => participant);
  }

  /** Gives the newest order the verdicts of these participants; the others are verified. */
  conclude(verdicts: Record<number, Verdict> = {}): void {
    const { order, listener } = this.orders.at(-1)!;
    for (const claim of order.claims) {
      listener.found(claim, verdicts[claim.participant] ?? { state: 'verified' });
    }
    listener.done();
  }
}
