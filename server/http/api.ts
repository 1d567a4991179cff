import { json, Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { MAX_BODY_BYTES, OPENINGS, PASSWORD_TRIES } from '../../shared/limits.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { Buckets } from '../guard/buckets.ts';
import type { Lookups } from '../guard/lookups.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { hashSecret, isSecret } from '../rooms/secrets.ts';
import { isOwnOrigin } from './origin.ts';
import type { Proxies } from './proxies.ts';
import { results } from './results.ts';

export interface ApiOptions {
  rooms: Rooms;
  lookups: Lookups;
  proxies: Proxies;
  publicUrl: string | null;
  instructorPassword: string | null;
  /** Server time in ms. */
  now: () => number;
  /** Is told of each refusal. */
  refused: (code: Refusal) => void;
}

const OPENING = v.object({ password: v.optional(v.pipe(v.string(), v.maxLength(1_000))) });

interface Failure {
  status: number;
  code: Refusal;
  /** In ms. */
  retryAfter?: number;
}

/** What HTTP calls the reasons for which a session is not shown. */
const STATUS: Partial<Record<Refusal, number>> = {
  [REFUSALS.unknownCode]: 404,
  [REFUSALS.wrongSecret]: 403,
  [REFUSALS.tooManyRequests]: 429,
};

/** What a page asks before it has a connection. */
export function api(options: ApiOptions): Router {
  const { rooms, lookups, proxies, publicUrl } = options;
  const router = Router();
  const openings = new Buckets(OPENINGS, options.now);
  const mayOpen = passwordCheck(options);

  const fail = (response: Response, failure: Failure) => {
    const { status, ...body } = failure;
    options.refused(body.code);
    if (body.retryAfter !== undefined) {
      response.set('Retry-After', String(Math.ceil(body.retryAfter / 1_000)));
    }
    response.status(status).json(body);
  };

  router.post('/sessions', json({ limit: MAX_BODY_BYTES }), async (request, response) => {
    if (!isOwnOrigin(request, proxies.host(request), publicUrl)) {
      fail(response, { status: 403, code: REFUSALS.notAllowed });
      return;
    }
    const address = proxies.address(request);
    const refusal = mayOpen(request, address);
    if (refusal) {
      fail(response, refusal);
      return;
    }
    const retryAfter = openings.take(address);
    if (retryAfter > 0) {
      fail(response, { status: 429, code: REFUSALS.tooManyRequests, retryAfter });
      return;
    }
    const opened = await rooms.create();
    if ('refusal' in opened) {
      fail(response, { status: 503, code: opened.refusal });
      return;
    }
    lookups.know(address, opened.code);
    response.status(201).set('Cache-Control', 'no-store').json(opened);
  });

  const find = (request: Request, code: string) => lookups.find(proxies.address(request), code);
  const notFound = (response: Response, missing: { refusal: Refusal; retryAfter?: number }) => {
    const { refusal: code, ...when } = missing;
    fail(response, { status: STATUS[code] ?? 503, code, ...when });
  };

  router.get('/sessions/:code', async (request, response) => {
    const found = await find(request, request.params.code);
    response.set('Cache-Control', 'no-store');
    if ('refusal' in found) notFound(response, found);
    else response.json({ code: found.room.code, locked: found.room.locked });
  });
  router.use('/sessions/:code', results(find, notFound));

  return router;
}

/** Tells why a request may not open a session, or null; wrong passwords are limited by address. */
function passwordCheck({
  instructorPassword,
  now,
}: ApiOptions): (request: Request, address: string) => Failure | null {
  if (instructorPassword === null) return () => null;
  const hash = hashSecret(instructorPassword);
  const tries = new Buckets(PASSWORD_TRIES, now);
  return (request, address) => {
    const opening = v.safeParse(OPENING, request.body ?? {});
    if (!opening.success) return { status: 400, code: REFUSALS.badMessage };
    const { password } = opening.output;
    if (password === undefined) return { status: 401, code: REFUSALS.passwordNeeded };
    // Past the limit a right one is no answer either, or trying would still pay.
    const retryAfter = tries.wait(address);
    if (retryAfter > 0) return { status: 429, code: REFUSALS.tooManyRequests, retryAfter };
    if (isSecret(password, hash)) return null;
    tries.take(address);
    return { status: 403, code: REFUSALS.wrongPassword };
  };
}
