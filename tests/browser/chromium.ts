import type { Browser, BrowserContext, Page } from 'playwright-core';
import { beforeAll, expect, onTestFinished } from 'vitest';
import { launchChromium } from '../launchChromium.ts';

/** A name for this machine that browsers trust no more than any other on plain http. */
export const NAMED_HOST = 'class.test';

/**
 * What Playwright switches off, which a list of ours replaces, and the renderer that Chromium keeps
 * in reserve: one more process for each page, for nothing.
 */
const NO_FEATURES = [
  'SpareRendererForSitePerProcess',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

const SWITCHES = [
  `--host-resolver-rules=MAP ${NAMED_HOST} 127.0.0.1`,
  `--disable-features=${NO_FEATURES.join(',')}`,
];

let browser: Browser | undefined;

/**
 * One Chromium for all tests that a process runs, which it takes with it when it ends; `npm test`
 * says where it is. People keep apart by their contexts.
 */
export function useChromium(): void {
  beforeAll(async () => {
    if (!browser?.isConnected()) browser = await launchChromium(SWITCHES);
  });
}

/** The browser of `useChromium`, for what it knows of all its pages. */
export function chromium(): Browser {
  return browser!;
}

export interface Visit {
  locale?: string;
  viewport?: { width: number; height: number };
  /** A device that is touched, and has no mouse. */
  touch?: boolean;
  /** Console messages that this page may write, because the test makes them happen. */
  expected?: RegExp;
  /** Is told of every address that the page asks for, sockets and workers included. */
  requested?: (address: string) => void;
  /** Whether the browser runs scripts. */
  scripts?: boolean;
  /** Changes the device before it opens the page. */
  prepare?: (context: BrowserContext) => Promise<void>;
}

/**
 * A page in a browser context of its own, as another person's device would have it. Errors and
 * warnings in its console fail the test.
 */
export async function visit(url: string, options: Visit = {}): Promise<Page> {
  const {
    locale = 'en-US',
    viewport = { width: 1280, height: 800 },
    touch = false,
    expected,
    requested,
    scripts = true,
    prepare,
  } = options;
  const context: BrowserContext = await browser!.newContext({
    locale,
    viewport,
    hasTouch: touch,
    isMobile: touch,
    javaScriptEnabled: scripts,
  });
  await prepare?.(context);
  const page = await context.newPage();
  if (requested) {
    context.on('request', (request) => requested(request.url()));
    page.on('websocket', (socket) => requested(socket.url().replace(/^ws/, 'http')));
  }
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    if (!expected?.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(url);
  return page;
}
