import type { IncomingMessage } from 'node:http';
import { Router, type Request } from 'express';
import ipaddr from 'ipaddr.js';
import { hashSecret, isSecret } from '../rooms/secrets.ts';
import { bearerOf } from './secrets.ts';

/** Headers by which a proxy says that it passes on what somebody else asked. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

export interface Observed {
  /** Whether sessions are restored and the server is not stopping. */
  isReady: () => boolean;
  /** What Prometheus reads. */
  metrics: { contentType: string; metrics(): Promise<string> };
  metricsToken: string | null;
}

/** What those who run the server ask: is the process alive, does it serve, and how is it doing. */
export function observe({ isReady, metrics, metricsToken }: Observed): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', (_request, response) => {
    response.status(isReady() ? 200 : 503).json({ ok: isReady() });
  });
  const tokenHash = metricsToken === null ? null : hashSecret(metricsToken);
  router.get('/metrics', async (request, response) => {
    if (!mayRead(request, tokenHash)) {
      if (tokenHash !== null) response.set('WWW-Authenticate', 'Bearer');
      response.status(tokenHash === null ? 403 : 401).json({ code: 'not_allowed' });
      return;
    }
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
}

/** With a token, whoever has it; without one, programs of this machine, not those behind its proxy. */
function mayRead(request: Request, tokenHash: string | null): boolean {
  if (tokenHash === null) return isFromThisMachine(request);
  const token = bearerOf(request);
  return token !== null && isSecret(token, tokenHash);
}

function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  const { remoteAddress = '' } = socket;
  const local =
    ipaddr.isValid(remoteAddress) && ipaddr.process(remoteAddress).range() === 'loopback';
  return local && FORWARDED.every((name) => headers[name] === undefined);
}
