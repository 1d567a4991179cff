import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A network between a browser and the server that can be cut and mended. */
export interface Network {
  url: string;
  /** Ends every connection and lets no new one through. */
  cut(): void;
  mend(): void;
  /** Cuts as soon as the server has sent so many bytes more, in the middle of whatever it sends. */
  cutAfter(bytes: number): Promise<void>;
}

export async function network(serverUrl: string): Promise<Network> {
  const { port } = new URL(serverUrl);
  const open = new Set<Socket>();
  let isCut = false;
  const cut = () => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  /** Bytes that still pass before the network is cut. */
  let left = Infinity;
  let afterCut = () => {};
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      if (from === near) from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
    far.on('data', (bytes) => {
      near.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left > 0) return;
      left = Infinity;
      // What has been written before the cut arrives; nothing after it does.
      near.end(() => {
        cut();
        afterCut();
      });
    });
    far.on('end', () => near.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend() {
      isCut = false;
    },
    cutAfter(bytes) {
      left = bytes;
      return new Promise((resolve) => (afterCut = resolve));
    },
  };
}
