import type { ImageSet } from '../../shared/data/images.ts';
import type { Classifier } from '../../shared/model/classifier.ts';
import {
  convolutionLayer,
  denseLayer,
  SilenceCheck,
  type ReluLayer,
} from '../../shared/model/silence.ts';
import { startingParameters } from '../../shared/model/parameters.ts';
import type { MnistSettings } from '../../shared/run/settings.ts';
import { filtersOf } from './filters.ts';
import type { FromWorker } from './messages.ts';

/** Least time between the beginnings of two checks while the model learns, in ms. */
const CHECK_MS = 1_000;

type News = Extract<FromWorker, { type: 'filters' | 'silence' }>;
type Omitted<T> = T extends unknown ? Omit<T, 'run'> : never;

/** What a model of the digits looks like inside: its filters, and which of its units are silent. */
export class Inside {
  private check: { step: number; silence: SilenceCheck } | null = null;
  private checkedStep = -1;
  private begunAt = -Infinity;
  private readonly start: readonly Float32Array[];

  constructor(
    private readonly settings: MnistSettings,
    private readonly model: Classifier,
    private readonly test: ImageSet,
    private readonly tell: (news: Omitted<News>, transfer: Transferable[]) => void,
  ) {
    this.start = settings.model === 'mlp' ? startingParameters(settings) : [];
  }

  /**
   * Tells the filters, as soon as there is a digit to show to them.
   * @param drawn the digit that is drawn, 784 bytes; null for the first of the test images
   */
  show(drawn: Uint8Array | null): void {
    if (!drawn && this.test.available === 0) return;
    const { settings, model, start, test } = this;
    const filters = filtersOf(settings, model, start, drawn ?? test.bytes(0, 1));
    const arrays = Object.values(filters).filter((value) => ArrayBuffer.isView(value));
    this.tell(
      { type: 'filters', filters },
      arrays.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }

  /**
   * Goes on looking for silent units, in the time that training leaves, and tells them when all are
   * known. Begins anew where the model has changed.
   * @param step steps that the model has done
   * @param isAtRest whether it stays as it is
   * @returns whether there is more to do
   */
  advance(step: number, isAtRest: boolean, stop: () => boolean): boolean {
    this.check ??= this.begin(step, isAtRest);
    if (!this.check) return false;
    const silent = this.check.silence.advance(stop);
    if (!silent) return true;
    this.checkedStep = this.check.step;
    this.check = null;
    this.tell({ type: 'silence', silence: { silent, step: this.checkedStep } }, []);
    return isAtRest && step !== this.checkedStep;
  }

  private begin(step: number, isAtRest: boolean): Inside['check'] {
    if (step === this.checkedStep || this.test.available < this.test.capacity) return null;
    if (!isAtRest && performance.now() - this.begunAt < CHECK_MS) return null;
    const layer = this.layer();
    if (!layer) return null;
    this.begunAt = performance.now();
    return { step, silence: new SilenceCheck(layer, this.test) };
  }

  /** A copy of the layer that a ReLU follows; null where there is none, or it has left the numbers. */
  private layer(): ReluLayer | null {
    const { model } = this.settings;
    if (model === 'softmax') return null;
    const [weights, biases] = this.model.parameters.slice(0, 2).map((values) => values.slice());
    if (!weights?.every(Number.isFinite) || !biases?.every(Number.isFinite)) return null;
    return model === 'mlp' ? denseLayer(weights, biases) : convolutionLayer(weights, biases);
  }
}
