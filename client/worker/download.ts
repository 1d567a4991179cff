import { DataError } from '../../shared/data/idx.ts';
import { TIMING } from '../../shared/limits.ts';

/** Told of a download that has to wait for the network, and of when it goes on. */
export type Interruption = (isInterrupted: boolean) => void;

/**
 * A file's bytes, whatever the network does meanwhile: what is lost on the way is asked for again,
 * body and all, until it is there or `signal` says that nobody wants it any more.
 * @throws DataError when the server says that there is no such file
 * @throws the signal's reason when it is aborted
 */
export async function download(
  url: string,
  signal: AbortSignal,
  interrupted: Interruption,
): Promise<Uint8Array<ArrayBuffer>> {
  for (
    let wait: number = TIMING.downloadRetry.min;
    ;
    wait = Math.min(2 * wait, TIMING.downloadRetry.max)
  ) {
    try {
      const bytes = await attempt(url, signal);
      interrupted(false);
      return bytes;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DataError) throw error;
    }
    interrupted(true);
    await pause(wait, signal);
  }
}

/** One request. A connection over which nothing comes any more counts as lost. */
async function attempt(url: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const request = new AbortController();
  const abort = () => request.abort();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expect = () => {
    clearTimeout(timer);
    timer = setTimeout(abort, TIMING.downloadStall);
  };
  signal.addEventListener('abort', abort);
  try {
    expect();
    const response = await fetch(url, { signal: request.signal });
    if (!response.ok) throw failure(url, response.status);
    return await body(response, expect);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** A busy server, or one that is being restarted, can be asked again; what it says of the file is final. */
function failure(url: string, status: number): Error {
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isFinal ? new DataError(`${url}: ${status}`) : new Error(`${url}: ${status}`);
}

async function body(response: Response, came: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (!piece?.value) break;
    pieces.push(piece.value);
    came();
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', over);
      resolve();
    }, ms);
    signal.addEventListener('abort', over, { once: true });
  });
}
