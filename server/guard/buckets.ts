import { MAX_REMEMBERED_ADDRESSES, type Rate } from '../../shared/limits.ts';
import { TokenBucket } from './bucket.ts';

/** One bucket for each address, those that were used longest ago given up when there are too many. */
export class Buckets {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly rate: Rate,
    private readonly now: () => number,
  ) {}

  /** Milliseconds until this address may take one; 0 where it may. */
  wait(address: string): number {
    return this.buckets.get(address)?.wait(this.now()) ?? 0;
  }

  /** Takes one and returns 0, or returns the milliseconds until there is one. */
  take(address: string): number {
    const bucket = this.buckets.get(address) ?? new TokenBucket(this.rate, this.now());
    this.buckets.delete(address);
    this.buckets.set(address, bucket);
    for (const oldest of this.buckets.keys()) {
      if (this.buckets.size <= MAX_REMEMBERED_ADDRESSES) break;
      this.buckets.delete(oldest);
    }
    return bucket.take(this.now());
  }

  /** What was taken was not used after all. */
  giveBack(address: string): void {
    this.buckets.get(address)?.giveBack();
  }
}
