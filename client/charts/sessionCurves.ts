import type { Column } from '../../shared/live/column.ts';
import type { ParticipantView } from '../../shared/protocol/views.ts';
import { rateFraction, rateRange } from '../../shared/run/rates.ts';
import {
  reportingGrid,
  stepsPerEpoch,
  windowEnd,
  type Grid,
  type RunSettings,
} from '../../shared/run/settings.ts';
import { scaleColour } from '../style/rateColour.ts';
import type { ChartSession } from './chartSession.ts';
import { stateOf, type Curve, type Metric, type Unit } from './curves.ts';
import { GrowingExtent } from './extent.ts';
import { REFERENCE } from './reference.ts';
import { Smoothing } from './smoothing.ts';
import { secondsAtSteps } from './seconds.ts';
import type { PastRun } from './witness.svelte.ts';

/** How the values of a session are made into curves. */
export interface Reading {
  metric: Metric;
  unit: Unit;
  /** Share of the past in each smoothed value; 0 smooths nothing. Losses of training only. */
  memory: number;
}

const NOTHING = new Float32Array(0);

/** Shades are told apart no finer than this, and curves of one shade are drawn in one go. */
const SHADES = 63;

/** What is kept of a participant between two readings, so that only new points cost anything. */
interface Kept {
  column: Column | undefined;
  reading: string;
  smoothing: Smoothing | null;
  extent: GrowingExtent;
  /** One of each (loss, accuracy) pair. */
  part: Float32Array;
}

/** Makes a session's board into curves; keeps what it has worked out for the next time. */
export class SessionCurves {
  private readonly kept = new Map<number, Kept>();
  private places: { key: string; x: Float32Array } = { key: '', x: NOTHING };

  constructor(private readonly session: ChartSession) {}

  /** The curves of everybody who has a learning rate in the present run. */
  read(reading: Reading): Curve[] {
    const { session } = this;
    const run = session.view?.run;
    if (!run) return [];
    const { board } = session;
    const columns = reading.metric === 'train' ? board.losses : board.evaluations;
    const shared = this.placesOf(reading, run.settings);
    const curves: Curve[] = [];
    for (const participant of session.participants.values()) {
      const { index, rate, status } = participant;
      if (rate === null) continue;
      const kept = this.keep(index, columns.get(index), reading);
      const values = this.valuesOf(kept, reading.metric);
      const y = kept.smoothing ? kept.smoothing.of(values) : values;
      const x = reading.unit === 'seconds' ? this.secondsOf(index, reading.metric) : shared;
      const divergedAt = status.state === 'diverged' ? status.atStep : null;
      curves.push({
        ...shade(participant, rate, run.rates),
        state: stateOf(status),
        x,
        y: y.length > x.length ? y.subarray(0, x.length) : y,
        raw: kept.smoothing ? values : null,
        extent: kept.extent.of(y),
        divergedAt,
        divergedX:
          divergedAt === null ? null : stepPlace(reading.unit, divergedAt, x, run.settings),
        source: kept,
      });
    }
    return curves;
  }

  /** The instructor's reference, where there is one; nobody knows its seconds. */
  reference(reading: Reading, name: (rate: number) => string): Curve | null {
    const { reference, view } = this.session;
    const run = view?.run;
    if (!reference || !run || reading.unit === 'seconds') return null;
    const { rate, divergedAt } = reference;
    const column = reading.metric === 'train' ? reference.losses : reference.evaluations;
    const kept = this.keep(REFERENCE, column, reading);
    const values = this.valuesOf(kept, reading.metric);
    const y = kept.smoothing ? kept.smoothing.of(values) : values;
    const x = this.placesOf(reading, run.settings);
    const perStep = reading.unit === 'epochs' ? stepsPerEpoch(run.settings) : 1;
    return {
      participant: REFERENCE,
      name: name(rate),
      rate,
      tone: 0,
      colour: '',
      state: divergedAt === null ? 'training' : 'diverged',
      x,
      y: y.subarray(0, x.length),
      raw: null,
      extent: kept.extent.of(y),
      divergedAt,
      divergedX: divergedAt === null ? null : divergedAt / perStep,
      source: kept,
    };
  }

  private keep(index: number, column: Column | undefined, reading: Reading): Kept {
    const signature = `${reading.metric} ${reading.memory}`;
    let kept = this.kept.get(index);
    if (!kept || kept.column !== column || kept.reading !== signature) {
      const smooth = column && reading.metric === 'train' && reading.memory > 0;
      kept = {
        column,
        reading: signature,
        smoothing: smooth ? new Smoothing(reading.memory, column.capacity) : null,
        extent: new GrowingExtent(),
        part: NOTHING,
      };
      this.kept.set(index, kept);
    }
    return kept;
  }

  private valuesOf(kept: Kept, metric: Metric): Float32Array {
    const { column } = kept;
    if (!column) return NOTHING;
    if (metric === 'train') return column.slice(0);
    if (kept.part.length !== column.length) {
      const part = metric === 'accuracy' ? 1 : 0;
      kept.part = Float32Array.from({ length: column.length }, (_, k) => column.at(k, part));
    }
    return kept.part;
  }

  /** When each value of a participant was there. */
  private secondsOf(index: number, metric: Metric): Float32Array {
    const { times, grid, evaluationSteps } = this.session.board;
    const seconds = times.get(index)?.slice(0) ?? NOTHING;
    return metric === 'train' ? seconds : secondsAtSteps(seconds, grid, evaluationSteps);
  }

  /** Where the windows or evaluations lie that all curves share. */
  private placesOf({ metric, unit }: Reading, settings: RunSettings): Float32Array {
    if (unit === 'seconds') return NOTHING;
    const { grid, evaluationSteps, run } = this.session.board;
    const key = `${run} ${metric} ${unit} ${grid.steps} ${evaluationSteps.length}`;
    if (this.places.key !== key) {
      const per = unit === 'epochs' ? stepsPerEpoch(settings) : 1;
      const steps = metric === 'train' ? gridSteps(grid) : evaluationSteps;
      this.places = { key, x: Float32Array.from(steps, (step) => step / per) };
    }
    return this.places.x;
  }
}

/** The training losses of a run that is over. */
export function pastCurves({ run, students }: PastRun, unit: Unit, memory: number): Curve[] {
  const per = unit === 'epochs' ? stepsPerEpoch(run.settings) : 1;
  const shared = Float32Array.from(
    gridSteps(reportingGrid(run.settings.steps)),
    (step) => step / per,
  );
  return [...students.values()].flatMap(({ participant, losses, times }) => {
    const { rate, status } = participant;
    if (rate === null) return [];
    const values = losses.slice(0);
    const y = memory > 0 ? new Smoothing(memory, losses.capacity).of(values) : values;
    return [
      {
        ...shade(participant, rate, run.rates),
        state: stateOf(status),
        x: unit === 'seconds' ? times.slice(0) : shared,
        y,
        raw: null,
        extent: new GrowingExtent().of(y),
        divergedAt: null,
        divergedX: null,
        source: losses,
      },
    ];
  });
}

function gridSteps(grid: Grid): number[] {
  return Array.from({ length: grid.windows }, (_, k) => windowEnd(grid, k));
}

function shade(
  { index, name }: ParticipantView,
  rate: number,
  rates: Parameters<typeof rateRange>[0],
): Pick<Curve, 'participant' | 'name' | 'rate' | 'tone' | 'colour'> {
  const { from, to } = rateRange(rates);
  const place = rateFraction(Math.min(from, to), Math.max(from, to), rate);
  const tone = Math.min(Math.max(place, 0), 1);
  const colour = scaleColour(Math.round(tone * SHADES) / SHADES);
  return { participant: index, name, rate, tone, colour };
}

/** Where a step lies on the x axis: in seconds, where the last point came. */
function stepPlace(unit: Unit, step: number, x: Float32Array, settings: RunSettings): number {
  switch (unit) {
    case 'steps':
      return step;
    case 'epochs':
      return step / stepsPerEpoch(settings);
    case 'seconds':
      return x[x.length - 1] ?? NaN;
  }
}
