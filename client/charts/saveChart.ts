import type { RunView } from '../../shared/protocol/views.ts';
import { rateRange } from '../../shared/run/rates.ts';
import { formatRate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { settingsText } from '../report/settingsText.ts';
import { scaleColour } from '../style/rateColour.ts';
import { CurvePlot, type Scene } from './curvePlot.ts';
import { inksOf, type Inks } from './drawFrame.ts';
import { saveBlob } from './saveBlob.ts';

/** Of the saved picture, in CSS pixels; twice as many pixels, so that it can be printed. */
const SIZE = { width: 1_200, height: 760, ratio: 2 };
const FONT = 16;
const HEAD = 84;
/** Middle of the row with title and legend, and of the settings below it. */
const ROWS = { title: 30, settings: 62 };
const FOOT = 56;
const MARGIN = 24;
/** Drawing may take this long before the page is let go on, in ms. */
const SLICE = 12;

const NOT_POINTING = { point: null, cursor: null, box: null };

/**
 * Draws the scene once more, at a size of its own and with title, settings, legend and summary, and offers it
 * as a PNG file. In slices, so that the page goes on meanwhile.
 * @param host the chart on the page, whose colours and typeface are taken
 */
export async function saveChart(
  host: HTMLElement,
  scene: Scene,
  code: string,
  run: RunView,
  summary: string,
): Promise<void> {
  const stage = document.createElement('div');
  Object.assign(stage.style, { position: 'fixed', left: '-99999px', top: '0' });
  host.append(stage);
  const plot = new CurvePlot(stage, { font: FONT, line: 2 }, SIZE);
  try {
    plot.prepare(scene);
    while (!plot.show(scene, NOT_POINTING, performance.now() + SLICE)) {
      await new Promise((resolve) => setTimeout(resolve));
    }
    const canvas = document.createElement('canvas');
    canvas.width = SIZE.width * SIZE.ratio;
    canvas.height = (SIZE.height + HEAD + FOOT) * SIZE.ratio;
    const context = canvas.getContext('2d')!;
    context.scale(SIZE.ratio, SIZE.ratio);
    const inks = inksOf(host);
    context.fillStyle = inks.surface;
    context.fillRect(0, 0, SIZE.width, SIZE.height + HEAD + FOOT);
    const family = getComputedStyle(host).fontFamily;
    const title = t('chart.png.title', { code, run: run.number });
    drawTexts(context, inks, family, { title, settings: settingsText(run), summary });
    drawLegend(context, inks, family, run);
    context.translate(0, HEAD);
    plot.paint(context, scene.dimmed);
    await saveBlob(canvas, `build-a-brain-${code}-${run.number}.png`);
  } finally {
    plot.destroy();
    stage.remove();
  }
}

function drawTexts(
  context: CanvasRenderingContext2D,
  inks: Inks,
  family: string,
  { title, settings, summary }: Record<'title' | 'settings' | 'summary', string>,
): void {
  context.fillStyle = inks.ink;
  context.textBaseline = 'middle';
  context.font = `700 ${FONT * 1.4}px ${family}`;
  context.fillText(title, MARGIN, ROWS.title);
  context.fillStyle = inks.soft;
  context.font = `${FONT}px ${family}`;
  context.fillText(settings, MARGIN, ROWS.settings, SIZE.width - 2 * MARGIN);
  context.fillText(summary, MARGIN, HEAD + SIZE.height + FOOT / 2, SIZE.width - 2 * MARGIN);
}

/** The colours of the learning rates, at the right of the title. */
function drawLegend(
  context: CanvasRenderingContext2D,
  inks: Inks,
  family: string,
  run: RunView,
): void {
  const { from, to } = rateRange(run.rates);
  const [low, high] = [from, to].sort((a, b) => a - b).map(formatRate);
  const width = 220;
  const right = SIZE.width - MARGIN;
  context.font = `${FONT}px ${family}`;
  context.fillStyle = inks.soft;
  context.textAlign = 'right';
  context.fillText(high!, right, ROWS.title);
  const end = right - context.measureText(high!).width - 10;
  const gradient = context.createLinearGradient(end - width, 0, end, 0);
  for (let k = 0; k <= 8; k++) gradient.addColorStop(k / 8, scaleColour(k / 8));
  context.fillStyle = gradient;
  context.fillRect(end - width, ROWS.title - 5, width, 10);
  context.fillStyle = inks.soft;
  context.fillText(`${t('chart.rate')}  ${low!}`, end - width - 10, ROWS.title);
  context.textAlign = 'left';
}
