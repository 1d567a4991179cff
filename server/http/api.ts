import { Router } from 'express';
import { REFUSALS } from '../../shared/protocol/codes.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { isOwnOrigin } from './origin.ts';

/** What a page asks before it has a connection. */
export function api(rooms: Rooms, publicUrl: string | null): Router {
  const router = Router();

  router.post('/sessions', async (request, response) => {
    if (!isOwnOrigin(request.headers, publicUrl)) {
      response.status(403).json({ code: REFUSALS.notAllowed });
      return;
    }
    const opened = await rooms.create();
    if ('refusal' in opened) response.status(503).json({ code: opened.refusal });
    else response.status(201).json(opened);
  });

  router.get('/sessions/:code', async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const room = await rooms.open(request.params.code);
    if (!('refusal' in room)) response.json({ code: room.code, locked: room.locked });
    else if (room.refusal === REFUSALS.unknownCode)
      response.status(404).json({ code: room.refusal });
    else response.status(503).json({ code: room.refusal });
  });

  return router;
}
