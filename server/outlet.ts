import type { Server } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../shared/protocol/events.ts';
import { AUDIENCES, type Audience, type Outlet } from './rooms/outlet.ts';

/** The Socket.IO room in which an audience of a session listens. */
export function audienceChannel(code: string, audience: Audience): string {
  return `${code}:${audience}`;
}

/** A room's way to its pages over Socket.IO, which encodes a broadcast once for all. */
export function socketOutlet(io: Server<ClientEvents, ServerEvents>, code: string): Outlet {
  return {
    send(peer, event, ...message) {
      io.sockets.sockets.get(peer)?.emit(event, ...message);
    },
    broadcast(audience, event, ...message) {
      io.to(audienceChannel(code, audience)).emit(event, ...message);
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
