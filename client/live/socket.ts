import { io, type Socket } from 'socket.io-client';
import { NO_ANSWER } from '../../shared/live/answer.ts';
import { TIMING } from '../../shared/limits.ts';
import type { ClientEvents, ServerEvents } from '../../shared/protocol/events.ts';

export type ClientEvent = keyof ClientEvents;
export type MessageOf<E extends ClientEvent> = Parameters<ClientEvents[E]>[0];
export type AnswerOf<E extends ClientEvent> =
  Parameters<Parameters<ClientEvents[E]>[1]>[0] | { ok: false; code: typeof NO_ANSWER };

export type LiveSocket = Socket<ServerEvents, ClientEvents>;

/** A socket to the server that this page came from, not yet connected. */
export function openSocket(): LiveSocket {
  const base = new URL('.', document.baseURI);
  return io(base.origin, {
    path: new URL('socket.io', base).pathname,
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 3_000,
  });
}

/** Tries to connect now, without the pause that Socket.IO makes after a failure. */
export function connectNow(socket: LiveSocket): void {
  socket.disconnect().connect();
}

/**
 * Sends a message and waits for its answer, `TIMING.ackTimeout` at the longest, or as long as
 * simulated students take to join. Nothing is kept for later: a message that cannot leave now is
 * not answered.
 */
export async function ask<E extends ClientEvent>(
  socket: LiveSocket,
  event: E,
  message: MessageOf<E>,
): Promise<AnswerOf<E>> {
  if (!socket.connected) return { ok: false, code: NO_ANSWER };
  try {
    const untyped: Socket = socket;
    const answer: unknown = await untyped.timeout(patience(event)).emitWithAck(event, message);
    return answer as AnswerOf<E>;
  } catch {
    return { ok: false, code: NO_ANSWER };
  }
}

function patience(event: ClientEvent): number {
  return event === 'rehearse' ? TIMING.rehearsal + TIMING.ackTimeout : TIMING.ackTimeout;
}
