import type { BrowserContext, Page } from 'playwright-core';

/** What a device's worker said of windows that it had trained, at `at` ms of the real time. */
interface Trained {
  from: number;
  count: number;
  at: number;
}

/**
 * Makes a device whose clocks are wrong by so many ms, those of its pages by `page` and those of its
 * workers by `worker`; it notes when it trains what, and it can sleep.
 */
export function device({ page, worker }: { page: number; worker: number }) {
  return async (context: BrowserContext): Promise<void> => {
    await context.addInitScript({ content: `${clocks(page)}${LISTEN}` });
    await context.route('**/assets/worker*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        body: `${clocks(worker)}${STAMP}${await response.text()}`,
      });
    });
  };
}

/** The real time at which each page had trained this window, in ms. */
export function trainedAt(pages: readonly Page[], window: number): Promise<number[]> {
  return Promise.all(
    pages.map(async (page) => {
      const found = await page.waitForFunction((wanted) => {
        const { trained } = globalThis as unknown as { trained: Trained[] };
        return trained.find(({ from, count }) => from <= wanted && wanted < from + count)?.at;
      }, window);
      return (await found.jsonValue())!;
    }),
  );
}

/** Windows that this page has trained. */
export function trained(page: Page): Promise<number> {
  return page.evaluate(() => {
    const last = (globalThis as unknown as { trained: Trained[] }).trained.at(-1);
    return last ? last.from + last.count : 0;
  });
}

/** The device sleeps for so many ms: afterwards the system's clock has gone on, the other stood still. */
export async function sleep(page: Page, ms: number): Promise<void> {
  await page.evaluate((slept) => new BroadcastChannel('sleep').postMessage(slept), ms);
}

/** In a block of its own, so that no name gets in the way of the page's. */
function clocks(shift: number): string {
  return `{
    const origin = performance.timeOrigin;
    const now = performance.now.bind(performance);
    let slept = 0;
    globalThis.realTime = () => origin + now();
    new BroadcastChannel('sleep').onmessage = ({ data }) => (slept += data);
    Object.defineProperty(performance, 'timeOrigin', { value: origin + (${shift}) });
    performance.now = () => now() - slept;
    const System = Date;
    globalThis.Date = class extends System {
      constructor(...parts) {
        if (parts.length > 0) super(...parts);
        else super(System.now() + (${shift}));
      }
      static now() {
        return System.now() + (${shift});
      }
    };
  }
  `;
}

const STAMP = `{
    const post = self.postMessage.bind(self);
    self.postMessage = (message, options) => post({ ...message, at: realTime() }, options);
  }
  `;

const LISTEN = `
    globalThis.trained = [];
    globalThis.Worker = class extends Worker {
      constructor(...how) {
        super(...how);
        this.addEventListener('message', ({ data }) => {
          if (data.type !== 'losses') return;
          trained.push({ from: data.from, count: data.losses.length, at: data.at });
        });
      }
    };
  `;
