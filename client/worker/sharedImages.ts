import { ImageSet } from '../../shared/data/images.ts';
import type { KernelSpace } from '../../shared/model/kernelSpace.ts';
import { TEST_IMAGES, type RunSettings } from '../../shared/run/settings.ts';
import { loadImages, type Arrivals } from './images.ts';
import type { CreateSpace } from './kernels.ts';

/** Of each run that still goes on in this worker. */
const inUse = new Map<string, SharedImages>();

/**
 * What the models of one run in one worker have in common: the images, loaded once, and the kernels'
 * memory, which holds them in a form of its own. It is given up with the last of these models.
 */
export class SharedImages {
  readonly train: ImageSet;
  readonly test = ImageSet.awaiting(TEST_IMAGES);
  private kernels: KernelSpace | null | undefined;
  private loading: Promise<void> | null = null;
  private readonly life = new AbortController();
  private readonly followers = new Set<Arrivals>();

  /** @returns null for a run that needs none */
  static of(start: { run: number; settings: RunSettings; dataUrl: string }): SharedImages | null {
    const { run, settings, dataUrl } = start;
    if (settings.experiment !== 'mnist') return null;
    const key = `${run} ${settings.images} ${dataUrl}`;
    const images = inUse.get(key) ?? new SharedImages(key, settings.images, dataUrl);
    inUse.set(key, images);
    return images;
  }

  private constructor(
    private readonly key: string,
    count: number,
    private readonly dataUrl: string,
  ) {
    this.train = ImageSet.awaiting(count);
  }

  /** Where the kernels compute for all of these models; null where they cannot be had. */
  space(create: CreateSpace): KernelSpace | null {
    if (this.kernels === undefined) this.kernels = create();
    return this.kernels;
  }

  /**
   * Resolves when all images are there.
   * @param signal ends the wait; with the last one of them the loading ends as well
   * @throws as `loadImages` does
   */
  async follow(arrivals: Arrivals, signal: AbortSignal): Promise<void> {
    this.followers.add(arrivals);
    signal.addEventListener('abort', () => this.leave(arrivals));
    this.loading ??= this.load();
    // Whoever begins to follow is not told before it is ready to listen.
    await Promise.resolve();
    const { train, test } = this;
    if (test.available > 0 || train.available > 0) {
      arrivals.arrived(train.available + test.available, train.capacity + test.capacity);
    }
    await this.loading;
  }

  private async load(): Promise<void> {
    const { dataUrl, train, test, life } = this;
    const arrivals: Arrivals = {
      arrived: (loaded, total) => this.each((follower) => follower.arrived(loaded, total)),
      interrupted: (is) => this.each((follower) => follower.interrupted(is)),
    };
    try {
      await loadImages(dataUrl, train, test, arrivals, life.signal);
    } catch (error) {
      // Whoever tries again begins anew.
      this.forget();
      throw error;
    }
  }

  private each(tell: (follower: Arrivals) => void): void {
    for (const follower of this.followers) tell(follower);
  }

  private leave(arrivals: Arrivals): void {
    this.followers.delete(arrivals);
    if (this.followers.size > 0) return;
    this.forget();
    this.life.abort();
  }

  private forget(): void {
    if (inUse.get(this.key) === this) inUse.delete(this.key);
  }
}
