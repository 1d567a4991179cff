import { untrack } from 'svelte';
import type { Reference } from '../charts/reference.ts';
import { Column } from '../../shared/live/column.ts';
import type { RunView } from '../../shared/protocol/views.ts';
import { evaluationSteps, reportingGrid, windowEnd } from '../../shared/run/settings.ts';
import type { LiveSession } from '../live/connection.svelte.ts';
import type { WorkerNews, ToWorker } from '../worker/messages.ts';
import { SupervisedWorker } from '../worker/supervised.ts';

/**
 * The instructor's reference curve, trained on this screen in step with the class: a run is a pure
 * function, so that every screen that is told its learning rate draws the same one. To be made while
 * a component is set up; ends with it.
 */
export class ReferenceTraining {
  failed = $state<'data' | 'internal' | null>(null);
  private worker: SupervisedWorker | null = null;
  /** What is being trained, as text, and under which number. */
  private asked = '';
  private number = 0;
  private reference: Reference | null = null;

  constructor(private readonly session: LiveSession) {
    $effect(() => this.follow());
    $effect(() => () => {
      this.end();
      this.worker?.end();
    });
  }

  private follow(): void {
    const { view, offset, wakes } = this.session;
    void wakes;
    const run = view?.run;
    const isOver = view?.phase === 'finished';
    untrack(() => {
      if (!run?.clock || run.reference === null) {
        this.end();
        return;
      }
      const asked = JSON.stringify([run.number, run.settings, run.reference]);
      // A race that has ended has no step for all: the reference goes to the end of its own.
      const isWhole = isOver && run.clock.kind === 'race';
      if (this.asked !== `${asked} ${isWhole}`) this.begin(run, run.reference, isWhole);
      this.asked = `${asked} ${isWhole}`;
      this.tell({ type: 'clock', clock: run.clock, offset });
    });
  }

  private begin({ settings }: RunView, rate: number, isWhole: boolean): void {
    this.number += 1;
    this.failed = null;
    this.reference = {
      rate,
      losses: new Column(reportingGrid(settings.steps).windows),
      evaluations: new Column(evaluationSteps(settings).length, 2),
      divergedAt: null,
    };
    this.session.compare(this.reference);
    this.tell({
      type: 'run',
      run: this.number,
      settings: { ...settings, init: { ...settings.init } },
      rate,
      doneBefore: isWhole ? settings.steps : 0,
      dataUrl: new URL('data/mnist/', document.baseURI).href,
    });
  }

  private end(): void {
    if (this.asked === '') return;
    this.asked = '';
    this.reference = null;
    this.failed = null;
    this.session.compare(null);
    this.tell({ type: 'halt' });
  }

  private take(message: WorkerNews): void {
    const { reference } = this;
    if (message.run !== this.number || !reference) return;
    switch (message.type) {
      case 'losses':
        reference.losses.append(message.from, message.losses);
        this.session.compare(reference);
        break;
      case 'evaluations':
        reference.evaluations.append(message.from, message.values);
        this.session.compare(reference);
        break;
      case 'diverged':
        this.reference = { ...reference, divergedAt: message.atStep };
        this.session.compare(this.reference);
        break;
      case 'failed':
        this.failed = message.reason;
        break;
      case 'progress':
      case 'loading':
      case 'samples':
      case 'picture':
      case 'reading':
      case 'mistakes':
      case 'filters':
      case 'silence':
      case 'readable':
        break;
    }
  }

  /** A worker is only begun where there is something to train. */
  private tell(message: ToWorker): void {
    this.worker ??= new SupervisedWorker(
      () => new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' }),
      (news) => this.take(news),
      () => this.stepsDone(),
    );
    this.worker.tell(message);
  }

  private stepsDone(): number {
    const settings = this.session.view?.run?.settings;
    const windows = this.reference?.losses.length ?? 0;
    return settings && windows > 0 ? windowEnd(reportingGrid(settings.steps), windows - 1) : 0;
  }
}
