import type { NetworkInterfaceInfo } from 'node:os';

/** What `os.networkInterfaces()` returns. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Interfaces that lead to containers, virtual machines and tunnels, where no student's phone is. */
const VIRTUAL =
  /^(br-|docker|podman|veth|virbr|vmnet|vboxnet|utun|tun|tap|tailscale|zt|wg)|vEthernet|VirtualBox|VMware/i;

/** The ranges of RFC 1918: what a school's router hands out. */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** Address that a device gives itself when no router answers. */
const LINK_LOCAL = /^169\.254\./;

/** This machine's IPv4 addresses that other devices may reach, the likeliest first. */
export function lanAddresses(interfaces: Interfaces): string[] {
  const found = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ address, cost: cost(name, address) })),
  );
  return found.sort((a, b) => a.cost - b.cost).map(({ address }) => address);
}

function cost(name: string, address: string): number {
  const range = PRIVATE.test(address) ? 0 : LINK_LOCAL.test(address) ? 2 : 1;
  return range + (VIRTUAL.test(name) ? 4 : 0);
}

/** The addresses of a server that listens on `host`: for this machine, and for the others if any can reach it. */
export function serverUrls(
  host: string,
  port: number,
  interfaces: Interfaces,
): { local: string; lan: string | null } {
  const url = (address: string) =>
    `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  if (host === '0.0.0.0' || host === '::') {
    const [lan] = lanAddresses(interfaces);
    return { local: url('127.0.0.1'), lan: lan ? url(lan) : null };
  }
  const loopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return { local: url(host), lan: loopback ? null : url(host) };
}
