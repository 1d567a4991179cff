import type { IncomingMessage } from 'node:http';
import { HANDSHAKES } from '../../shared/limits.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { Buckets } from '../guard/buckets.ts';
import { isOwnOrigin } from './origin.ts';
import type { Proxies } from './proxies.ts';

export interface HandshakeOptions {
  proxies: Proxies;
  publicUrl: string | null;
  /** Whether the server has as many connections as it takes. */
  isFull: () => boolean;
  /** Server time in ms. */
  now: () => number;
}

/** Tells why a request may not begin a connection; null where it may. */
export function handshakeCheck({
  proxies,
  publicUrl,
  isFull,
  now,
}: HandshakeOptions): (request: IncomingMessage) => Refusal | null {
  const begun = new Buckets(HANDSHAKES, now);
  return (request) => {
    if (!isOwnOrigin(request, proxies.host(request), publicUrl)) return REFUSALS.notAllowed;
    const tooMany = isFull() || begun.take(proxies.address(request)) > 0;
    return tooMany ? REFUSALS.tooManyRequests : null;
  };
}
