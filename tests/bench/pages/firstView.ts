import type { Browser, CDPSession, Page } from 'playwright-core';

/** How a student's device reaches the server. */
interface Conditions {
  name: string;
  /** What the device's own connection carries, and how long an answer is on its way at least. */
  network?: { kilobytesPerSecond: number; latencyMs: number };
  /** The main thread is throttled by so much. */
  slower: number;
}

export interface FirstView {
  name: string;
  /** Until something is drawn, and until a nickname can be typed, from the tap on the link; medians. */
  paintedMs: number;
  usableMs: number;
  slowestMs: number;
  /** Bytes over the network until then, all files of the page: script, style, type and the empty page. */
  bytes: number;
}

/** One of 30 devices that open the link at once and share 300 Mbit/s. */
const BUSY_WIFI = { kilobytesPerSecond: 1_250, latencyMs: 20 };

export function conditions(slower: number): Conditions[] {
  return [
    { name: 'this machine', slower: 1 },
    { name: 'busy Wi-Fi', network: BUSY_WIFI, slower: 1 },
    { name: `busy Wi-Fi, ${slower} times slower`, network: BUSY_WIFI, slower },
  ];
}

/**
 * A student's first view, each time with an empty cache and a browser that has been started.
 * @param address of a class, by a name that is not the machine's own: of such a one, without https,
 *   browsers take gzip only
 */
export async function measureFirstView(
  browser: Browser,
  address: string,
  { name, network, slower }: Conditions,
  times: number,
): Promise<FirstView> {
  const seen: { painted: number; usable: number; bytes: number }[] = [];
  for (let k = 0; k < times; k++) {
    const context = await browser.newContext({
      locale: 'en-US',
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const bytes = await countBytes(devtools);
    if (network) {
      const throughput = network.kilobytesPerSecond * 1_000;
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: network.latencyMs,
        downloadThroughput: throughput,
        uploadThroughput: throughput,
      });
    }
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await watchForm(page);
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.formUsable !== undefined);
    const loaded = bytes();
    await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint').length > 0,
    );
    const [usable, painted] = await page.evaluate(() => [
      window.formUsable ?? NaN,
      performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
    ]);
    seen.push({ painted, usable, bytes: loaded });
    await context.close();
  }
  return {
    name,
    paintedMs: median(seen.map(({ painted }) => painted)),
    usableMs: median(seen.map(({ usable }) => usable)),
    slowestMs: Math.max(...seen.map(({ usable }) => usable)),
    bytes: median(seen.map(({ bytes }) => bytes)),
  };
}

declare global {
  interface Window {
    /** When a nickname could be typed, in ms since the navigation began. */
    formUsable?: number;
  }
}

/** Notes the first frame in which the form is there and takes what is typed. */
async function watchForm(page: Page): Promise<void> {
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('form input[type=text]:enabled')) return;
      observer.disconnect();
      requestAnimationFrame(() => (window.formUsable = performance.now()));
    }).observe(document, { childList: true, subtree: true });
  });
}

/** Counts what arrives, headers included. */
async function countBytes(devtools: CDPSession): Promise<() => number> {
  let sum = 0;
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (sum += encodedDataLength));
  await devtools.send('Network.enable');
  return () => sum;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
