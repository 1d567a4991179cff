import type { Server } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../shared/protocol/events.ts';
import { broadcastFrame } from './frameBroadcast.ts';
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
      const [bytes] = message;
      if (event !== 'frame' || !(bytes instanceof Uint8Array)) {
        io.to(channel).emit(event, ...message);
        return;
      }
      const { adapter, sockets } = io.sockets;
      const peers = [...(adapter.rooms.get(channel) ?? [])].filter((peer) => !readers.lags(peer));
      broadcastFrame(sockets, peers, bytes);
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
