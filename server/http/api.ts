import { json, Router, type Request, type Response } from 'express';
import { MAX_BODY_BYTES, OPENINGS } from '../../shared/limits.ts';
import { REFUSALS, type Refusal } from '../../shared/protocol/codes.ts';
import { Buckets } from '../guard/buckets.ts';
import type { Lookups } from '../guard/lookups.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { TimeSource } from '../time.ts';
import { isOwnOrigin } from './origin.ts';
import { passwordCheck, type Failure } from './passwordCheck.ts';
import type { Proxies } from './proxies.ts';
import { results } from './results.ts';

export interface ApiOptions {
  rooms: Rooms;
  lookups: Lookups;
  proxies: Proxies;
  publicUrl: string | null;
  instructorPassword: string | null;
  clock: TimeSource;
  /** Is told of each refusal. */
  refused: (code: Refusal) => void;
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
  const openings = new Buckets(OPENINGS, () => options.clock.now());
  const mayOpen = passwordCheck(options.instructorPassword, options.clock);

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
    const allowed = await mayOpen(request.body, address, (action) => response.on('close', action));
    if ('code' in allowed) {
      fail(response, allowed);
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
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ ...opened, ...allowed });
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
