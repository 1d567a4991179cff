import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/** Proxies whose word about a request is taken: the last so many, or those at these addresses. */
export type TrustedProxies = number | readonly string[];

/** Longest name of an address: that of IPv6 with a zone. */
const MAX_ADDRESS = 64;

/** Where requests come from, seen through the proxies that are trusted and no others. */
export class Proxies {
  private readonly trusts: (address: string, hop: number) => boolean;

  /** @throws TypeError where a text is no address, range or name of a range */
  constructor(trusted: TrustedProxies) {
    this.trusts =
      typeof trusted === 'number'
        ? (_address, hop) => hop < trusted
        : proxyAddr.compile([...trusted]);
  }

  /**
   * The address that limits count by. Of IPv6 only the network: one device has the addresses of a
   * whole network, and changes them at will.
   */
  address(request: IncomingMessage): string {
    const address = proxyAddr(request, this.trusts) ?? '';
    if (!ipaddr.isValid(address)) return address.slice(0, MAX_ADDRESS);
    const parsed = ipaddr.process(address);
    if (parsed.kind() === 'ipv4') return parsed.toString();
    const network = parsed.toByteArray().slice(0, 8);
    return `${ipaddr.fromByteArray([...network, ...new Array<number>(8).fill(0)]).toString()}/64`;
  }

  /** The host that the page was asked for under. */
  host(request: Pick<IncomingMessage, 'headers' | 'socket'>): string | undefined {
    const forwarded = request.headers['x-forwarded-host'];
    const said = Array.isArray(forwarded) ? forwarded[0] : forwarded?.split(',')[0]?.trim();
    const trusted = this.trusts(request.socket.remoteAddress ?? '', 0);
    return (trusted && said) || request.headers.host;
  }
}
