import type { Server } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../shared/protocol/events.ts';
import type { Readers } from './readers.ts';
import { AUDIENCES, type Audience, type Outlet } from './rooms/outlet.ts';

/** The Socket.IO room in which an audience of a session listens. */
export function audienceChannel(code: string, audience: Audience): string {
  return `${code}:${audience}`;
}

/**
 * A room's way to its pages over Socket.IO, which encodes a broadcast once for all. Frames go only
 * to those who read them.
 */
export function socketOutlet(
  io: Server<ClientEvents, ServerEvents>,
  readers: Readers,
  code: string,
): Outlet {
  return {
    send(peer, event, ...message) {
      if (event === 'frame' && readers.lags(peer)) return;
      io.sockets.sockets.get(peer)?.emit(event, ...message);
    },
    broadcast(audience, event, ...message) {
      const channel = audienceChannel(code, audience);
      const peers = event === 'frame' ? (io.sockets.adapter.rooms.get(channel) ?? []) : [];
      const lagging = [...peers].filter((peer) => readers.lags(peer));
      io.to(channel)
        .except(lagging)
        .emit(event, ...message);
    },
    cutOff(peer, farewell) {
      const socket = io.sockets.sockets.get(peer);
      socket?.emit('farewell', farewell);
      socket?.disconnect(true);
    },
    end(farewell) {
      const channels = AUDIENCES.map((audience) => audienceChannel(code, audience));
      io.to(channels).emit('farewell', farewell);
      io.in(channels).disconnectSockets(true);
    },
  };
}
