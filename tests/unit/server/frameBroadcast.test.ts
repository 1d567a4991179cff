import * as ws from 'ws';
import { describe, expect, it } from 'vitest';
import { broadcastFrame, webSocketFrame } from '../../../server/frameBroadcast.ts';

/** The messages that a client of the `ws` library, whose types leave its reader out, reads from bytes. */
function read(bytes: Buffer): { data: Buffer; isBinary: boolean }[] {
  const { Receiver } = ws as unknown as {
    Receiver: new (options: object) => NodeJS.WritableStream & {
      on(event: 'message', heard: (data: Buffer, isBinary: boolean) => void): void;
    };
  };
  const messages: { data: Buffer; isBinary: boolean }[] = [];
  const receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
  receiver.on('message', (data, isBinary) => messages.push({ data, isBinary }));
  receiver.write(bytes);
  return messages;
}

/** A connection of Engine.IO that keeps what is written to it. */
function connection(name: string, socket: object) {
  const written: { data: unknown; options: { wsPreEncodedFrame?: Buffer[] } | undefined }[] = [];
  const conn = {
    transport: { name, socket },
    write(data: unknown, options?: { wsPreEncodedFrame?: Buffer[] }) {
      written.push({ data, options });
      return conn;
    },
  };
  return { conn, written };
}

describe('[P19] a frame to many', () => {
  it('is on each WebSocket one write, ready-made once for all: the two messages that Socket.IO makes of it', () => {
    const one = connection('websocket', { _sender: { sendFrame() {} } });
    const two = connection('websocket', { _sender: { sendFrame() {} } });
    const sockets = new Map(Object.entries({ one, two }));
    broadcastFrame(sockets as never, ['one', 'gone', 'two'], Uint8Array.of(1, 2, 3));
    expect([one.written.length, two.written.length]).toEqual([1, 1]);
    const [ready] = one.written[0]!.options!.wsPreEncodedFrame!;
    expect(two.written[0]!.options!.wsPreEncodedFrame![0]).toBe(ready);
    // What waits for a client that does not read is counted by it. [P43]
    expect(one.written[0]!.data).toEqual(Uint8Array.of(1, 2, 3));
    const [announced, bytes] = read(ready!);
    expect(announced).toMatchObject({ isBinary: false });
    expect(announced!.data.toString()).toBe('451-["frame",{"_placeholder":true,"num":0}]');
    expect(bytes).toEqual({ data: Buffer.of(1, 2, 3), isBinary: true });
  });

  it('is over long-polling, and where the WebSocket cannot take it ready-made, the two packets', () => {
    for (const [name, socket] of [
      ['polling', {}],
      ['websocket', {}],
    ] as const) {
      const { conn, written } = connection(name, socket);
      broadcastFrame(new Map([['one', { conn }]]) as never, ['one'], Uint8Array.of(7));
      expect(written).toEqual([
        { data: '51-["frame",{"_placeholder":true,"num":0}]', options: undefined },
        { data: Uint8Array.of(7), options: undefined },
      ]);
    }
  });

  it('may have any length', () => {
    for (const length of [0, 1, 125, 126, 65_535, 65_536, 200_000]) {
      const payload = Buffer.alloc(length, 5);
      const [message] = read(webSocketFrame(2, payload));
      expect(message?.isBinary).toBe(true);
      expect(message?.data.equals(payload), `${length} bytes`).toBe(true);
    }
  });
});
