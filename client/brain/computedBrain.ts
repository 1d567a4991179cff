import type { Examples } from '../../shared/data/examples.ts';
import { ImageSet } from '../../shared/data/images.ts';
import type { KernelSpace } from '../../shared/model/kernelSpace.ts';
import type { BrainPlan } from '../../shared/run/brainMembers.ts';
import { ClassBrain } from '../../shared/run/classBrain.ts';
import { toyData } from '../../shared/run/learner.ts';
import { TEST_IMAGES, type ClassifierSettings } from '../../shared/run/settings.ts';
import { loadImages } from '../worker/images.ts';
import type { CreateSpace } from '../worker/kernels.ts';
import { BrainReader } from './brainReader.ts';
import type { FromBrain } from './messages.ts';

/** Work at most this long before the worker listens to its messages again, in ms. */
const SLICE_MS = 30;
/** The memory of the kernels only grows with each model: after this many it is given up. */
const MODELS_IN_A_SPACE = 20;

/** The class brain of classifiers in this worker, from its data to its answers. */
export class ComputedBrain {
  private readonly life = new AbortController();
  private brain: ClassBrain | null = null;
  private reader: BrainReader | null = null;
  private pixels: Uint8Array | null = null;
  private space: { kernels: KernelSpace | null; left: number } | null = null;
  private told = -1;

  constructor(
    private readonly plan: BrainPlan,
    private readonly settings: ClassifierSettings,
    private readonly dataUrl: string,
    private readonly createSpace: CreateSpace,
    private readonly tell: (message: FromBrain) => void,
  ) {}

  begin(): void {
    this.prepare().catch(() => {
      if (!this.life.signal.aborted) this.tell({ type: 'failed', reason: 'data' });
    });
  }

  end(): void {
    this.life.abort();
  }

  draw(pixels: Uint8Array | null): void {
    this.pixels = pixels;
    if (this.reader) this.tell({ type: 'answer', answer: pixels && this.reader.read(pixels) });
  }

  private async prepare(): Promise<void> {
    const { settings } = this;
    this.progress(0);
    const { train, test } = await this.data();
    if (this.life.signal.aborted) return;
    const space = () => this.nextSpace();
    this.brain = new ClassBrain(this.plan, { settings, train, test, space });
    this.work();
  }

  private async data(): Promise<{ train: Examples; test: Examples }> {
    const { settings } = this;
    if (settings.experiment === 'toy') {
      const data = toyData(settings);
      if (data.experiment === 'toy') return data;
    }
    const images = settings.experiment === 'mnist' ? settings.images : 0;
    const train = ImageSet.awaiting(images);
    const test = ImageSet.awaiting(TEST_IMAGES);
    const arrivals = { arrived() {}, interrupted() {} };
    await loadImages(this.dataUrl, train, test, arrivals, this.life.signal);
    return { train, test };
  }

  private nextSpace(): KernelSpace | null {
    if (!this.space || this.space.left === 0) {
      this.space = { kernels: this.createSpace(), left: MODELS_IN_A_SPACE };
    }
    this.space.left -= 1;
    return this.space.kernels;
  }

  private work(): void {
    const { brain } = this;
    if (!brain || this.life.signal.aborted) return;
    const started = performance.now();
    const result = brain.advance(() => performance.now() - started > SLICE_MS);
    this.progress(brain.done);
    if (!result) {
      setTimeout(() => this.work(), 0);
      return;
    }
    this.space = null;
    if (result !== 'none' && this.settings.experiment === 'mnist') {
      this.reader = new BrainReader(this.settings, this.plan, brain);
      this.draw(this.pixels);
    }
    this.tell({ type: 'result', result });
  }

  private progress(done: number): void {
    if (done === this.told) return;
    this.told = done;
    this.tell({ type: 'progress', done, of: this.plan.members.length });
  }
}
