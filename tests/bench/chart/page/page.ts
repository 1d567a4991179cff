import { flushSync, mount, unmount } from 'svelte';
import uPlot from 'uplot';
import LossChart from '../../../../client/charts/LossChart.svelte';
import { startLanguage } from '../../../../client/i18n/i18n.svelte.ts';
import { timeFrames, type FrameTime } from './frames.ts';
import { madeUpLosses } from './losses.ts';
import { BenchSession, POINTS } from './session.svelte.ts';

/** Of the chart, in CSS pixels: about what it has on the projector at 1920×1080. */
const SIZE = { width: 1_120, height: 800 };

declare global {
  interface Window {
    bench: { chart: typeof chart; peer: typeof peer } | undefined;
  }
}

/** Our chart while `perFrame` points are added to every curve in each frame. */
async function chart(students: number, perFrame: number, rescaled: boolean): Promise<FrameTime[]> {
  const target = stage();
  const losses = madeUpLosses(students, rescaled);
  const session = new BenchSession(students);
  const component = mount(LossChart, { target, props: { session, size: 'page' } });
  flushSync();
  // Curves, also where the class is so large that the band would be shown.
  target.querySelector<HTMLButtonElement>('button[aria-controls]')!.click();
  flushSync();
  const band = [...target.querySelectorAll('label')].find((label) =>
    /band/.test(label.textContent),
  );
  const box = band!.querySelector('input')!;
  append(session, losses, 0, 1);
  await timeFrames(3, () => undefined);
  if (box.checked) box.click();
  target.querySelector<HTMLButtonElement>('button[aria-controls]')!.click();
  await timeFrames(10, () => undefined);
  const times = await timeFrames(Math.floor((POINTS - 1) / perFrame), (k) =>
    append(session, losses, 1 + k * perFrame, perFrame),
  );
  await unmount(component);
  target.remove();
  return times;
}

function append(session: BenchSession, losses: Float32Array[], from: number, count: number): void {
  session.board.apply({
    run: 1,
    losses: losses.map((all, participant) => ({
      participant,
      from,
      values: all.subarray(from, from + count),
      times: Float32Array.from({ length: count }, (_, k) => (from + k) / 10),
    })),
    evaluations: [],
    standings: null,
  });
  session.version++;
}

/** uPlot while it draws all curves anew in each frame, as it does whenever a point is added. */
async function peer(students: number, frames: number): Promise<FrameTime[]> {
  const target = stage();
  const losses = madeUpLosses(students, false);
  const steps = Array.from({ length: POINTS }, (_, k) => k + 1);
  const data: uPlot.AlignedData = [steps, ...losses.map((all) => Array.from(all))];
  const plot = new uPlot(
    {
      ...SIZE,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: { distr: 3 } },
      series: [
        {},
        ...losses.map((_, s) => ({
          stroke: `hsl(${(360 * s) / students} 60% 45%)`,
          width: 1,
          points: { show: false },
        })),
      ],
    },
    data,
    target,
  );
  await timeFrames(3, () => undefined);
  const times = await timeFrames(frames, () => plot.setData(data));
  plot.destroy();
  target.remove();
  return times;
}

function stage(): HTMLElement {
  const target = document.createElement('div');
  Object.assign(target.style, { width: `${SIZE.width}px`, height: `${SIZE.height}px` });
  document.body.append(target);
  return target;
}

await startLanguage();
window.bench = { chart, peer };
