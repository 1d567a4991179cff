import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, preview } from 'vite';
import { launchChromium } from '../../launchChromium.ts';
import { figuresOf, type Figures } from './figures.ts';

/**
 * npm run bench:chart [-- --json]
 *
 * Frame times of the chart of all curves in headless Chromium, drawn by the processor, while points
 * are added to every curve in every frame; beside it uPlot, which draws all curves anew.
 */
const CLASSES = [30, 300, 1_000];
/** Points added to every curve in each frame: a class that races through a run in four seconds. */
const PER_FRAME = 4;
const PEER_FRAMES = 12;

interface Row {
  curves: number;
  live: Figures;
  rescaled: Figures;
  uplot: Figures;
  /** How many times as long uPlot's median frame takes. */
  ratio: number;
}

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const rows = await measure();
if (options.json) {
  console.log(JSON.stringify({ node: process.version, cpu: cpu(), rows }, null, 2));
} else {
  console.log(cpu());
  console.log(table(rows));
}

async function measure(): Promise<Row[]> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'bench-chart-'));
  const root = fileURLToPath(new URL('page/', import.meta.url));
  const shared = { root, configFile: false, logLevel: 'warn', build: { outDir } } as const;
  await build({
    ...shared,
    plugins: [svelte({ configFile: false })],
    build: { outDir, target: 'es2022', emptyOutDir: true, reportCompressedSize: false },
  });
  const server = await preview({ ...shared, preview: { port: 0, host: '127.0.0.1' } });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
    page.on('pageerror', (error) => console.error(error));
    await page.goto(server.resolvedUrls!.local[0]!);
    await page.waitForFunction(() => window.bench !== undefined);
    // The engine compiles what runs often; what it learns here is no frame of a class.
    await page.evaluate(run, { curves: CLASSES[0]!, per: PER_FRAME, rescaled: true });
    const rows: Row[] = [];
    for (const curves of CLASSES) {
      const live = figuresOf(await page.evaluate(run, { curves, per: PER_FRAME, rescaled: false }));
      const rescaled = figuresOf(
        await page.evaluate(run, { curves, per: PER_FRAME, rescaled: true }),
      );
      const uplot = figuresOf(
        await page.evaluate(({ curves, frames }) => window.bench!.peer(curves, frames), {
          curves,
          frames: PEER_FRAMES,
        }),
      );
      rows.push({ curves, live, rescaled, uplot, ratio: uplot.median / live.median });
    }
    return rows;
  } finally {
    await browser.close();
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  }
}

function run({ curves, per, rescaled }: { curves: number; per: number; rescaled: boolean }) {
  return window.bench!.chart(curves, per, rescaled);
}

function cpu(): string {
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`;
}

function table(all: readonly Row[]): string {
  const ms = (value: number) => value.toFixed(1);
  const cells = ({ median, p99, max }: Figures) => [ms(median), ms(p99), ms(max)];
  const head = [
    'curves',
    ...['live', 'rescaling', 'uPlot'].flatMap((what) =>
      ['median', 'p99', 'max'].map((which) => `${what} ${which}`),
    ),
    'uPlot ÷ ours',
  ];
  const lines = all.map(({ curves, live, rescaled, uplot, ratio }) => [
    String(curves),
    ...cells(live),
    ...cells(rescaled),
    ...cells(uplot),
    ratio.toFixed(1),
  ]);
  return [head, head.map(() => '---:'), ...lines].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
