import type { Server, Socket } from 'socket.io';

/** What Socket.IO says before the bytes of an event `frame`: an event with one attachment, of the default namespace. */
const ANNOUNCEMENT = '51-["frame",{"_placeholder":true,"num":0}]';
/** Engine.IO's mark of a message, which bytes do without. */
const MESSAGE = '4';
const OPCODE = { text: 1, binary: 2 } as const;

type Connection = Socket['conn'];

/** What of a connection is looked at here; its types hide how it writes. */
interface Transport {
  readonly name: string;
  readonly socket?: { readonly _sender?: { sendFrame?: unknown } };
}

/**
 * Sends one frame to many connections. Socket.IO makes two packets of an event with bytes, frames the
 * second for each WebSocket anew and hands each to the system by itself; for a class, that is most
 * of what the server does. Here both are framed once for all, and written at once: what arrives is
 * the same to the byte. As for strings, Engine.IO takes them ready-made (`wsPreEncodedFrame`).
 */
export function broadcastFrame(
  sockets: Server['sockets']['sockets'],
  peers: Iterable<string>,
  bytes: Uint8Array,
): void {
  const framed = Buffer.concat([
    webSocketFrame(OPCODE.text, Buffer.from(MESSAGE + ANNOUNCEMENT)),
    webSocketFrame(OPCODE.binary, bytes),
  ]);
  const options = { compress: false, wsPreEncodedFrame: [framed] };
  for (const peer of peers) {
    const connection = sockets.get(peer)?.conn;
    if (!connection) continue;
    if (takesFramed(connection)) connection.write(bytes, options);
    else connection.write(ANNOUNCEMENT).write(bytes);
  }
}

/** Long-polling, and whatever a later Engine.IO may write with, gets the two packets one by one. */
function takesFramed(connection: Connection): boolean {
  const transport = connection.transport as unknown as Transport;
  return (
    transport.name === 'websocket' && typeof transport.socket?._sender?.sendFrame === 'function'
  );
}

/** A whole message from a server, unmasked. RFC 6455, section 5.2. */
export function webSocketFrame(opcode: number, payload: Uint8Array): Buffer {
  const { byteLength } = payload;
  const header = Buffer.alloc(byteLength < 126 ? 2 : byteLength < 65_536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  if (header.length === 2) header[1] = byteLength;
  else if (header.length === 4) {
    header[1] = 126;
    header.writeUInt16BE(byteLength, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(byteLength), 2);
  }
  return Buffer.concat([header, payload]);
}
