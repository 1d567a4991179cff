import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { HTTP_REQUESTS } from '../../shared/limits.ts';
import { REFUSALS } from '../../shared/protocol/codes.ts';
import type { Proxies } from './proxies.ts';

/**
 * Refuses an address that asks far more often than a school would.
 * @param refused is told of each refusal
 */
export function limitRequests(
  limit: number,
  proxies: Proxies,
  refused: (code: typeof REFUSALS.tooManyRequests) => void,
): RequestHandler {
  return rateLimit({
    windowMs: HTTP_REQUESTS.seconds * 1_000,
    limit,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request) => proxies.address(request),
    // Its checks are about Express's own idea of proxies, which is not used here.
    validate: false,
    handler: (_request, response) => {
      refused(REFUSALS.tooManyRequests);
      response
        .status(429)
        .set('Retry-After', String(HTTP_REQUESTS.seconds))
        .json({ code: REFUSALS.tooManyRequests, retryAfter: HTTP_REQUESTS.seconds * 1_000 });
    },
  });
}
