import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { handshakeCheck } from '../../../server/http/handshake.ts';
import { isOwnOrigin } from '../../../server/http/origin.ts';
import { Proxies } from '../../../server/http/proxies.ts';
import { HANDSHAKES } from '../../../shared/limits.ts';

function request(remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage {
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}
const forwarded = (text: string) => ({ 'x-forwarded-for': text });

describe('the address of a request', () => {
  it.each([
    ['is that of the connection, whatever a header claims', 0, '10.0.0.9', '1.2.3.4', '10.0.0.9'],
    ['is what the one proxy says', 1, '10.0.0.9', '1.2.3.4', '1.2.3.4'],
    ['is not what the visitor told the proxy', 1, '10.0.0.9', '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    ['goes through two proxies', 2, '10.0.0.9', '1.2.3.4, 10.0.0.8', '1.2.3.4'],
    [
      'goes through proxies that are named',
      ['10.0.0.0/8'],
      '10.0.0.9',
      '1.2.3.4, 10.0.0.8',
      '1.2.3.4',
    ],
    ['is believed of named proxies alone', ['loopback'], '10.0.0.9', '1.2.3.4', '10.0.0.9'],
    ['is believed of this machine', ['loopback'], '::1', '1.2.3.4', '1.2.3.4'],
    ['is the same in IPv4 and written as IPv6', 0, '::ffff:10.0.0.9', '', '10.0.0.9'],
    ['is a network in IPv6', 0, '2001:db8:1:2:3:4:5:6', '', '2001:db8:1:2::/64'],
    ['is taken as it is where it is none', 1, '10.0.0.9', 'x'.repeat(100), 'x'.repeat(64)],
  ])('%s', (_what, trusted, from, claim, address) => {
    expect(new Proxies(trusted).address(request(from, claim ? forwarded(claim) : {}))).toBe(
      address,
    );
  });

  it('a proxy that is no address, range or name of one is refused', () => {
    expect(() => new Proxies(['my-proxy'])).toThrow(TypeError);
  });
});

it('connections begin for pages of this server, as many as a school needs and the server takes', () => {
  let full = false;
  const proxies = new Proxies(1);
  const options = { proxies, publicUrl: null, isFull: () => full, now: () => 0 };
  const refusal = handshakeCheck(options);
  const from = (address: string, headers = {}) =>
    refusal(request('10.0.0.9', { host: 'brain.example', ...forwarded(address), ...headers }));
  expect(from('1.2.3.4', { origin: 'https://evil.example' })).toBe('not_allowed');
  for (let k = 0; k < HANDSHAKES.burst; k++) expect(from('1.2.3.4')).toBeNull();
  expect(from('1.2.3.4')).toBe('too_many_requests');
  expect(from('1.2.3.5')).toBeNull();
  full = true;
  expect(from('1.2.3.5')).toBe('too_many_requests');
});

it('a page is of this server under the host that a trusted proxy names, and no other', () => {
  const headers = {
    host: '127.0.0.1:3000',
    'x-forwarded-host': 'brain.example',
    origin: 'https://brain.example',
  };
  const asked = request('127.0.0.1', headers);
  const own = (trusted: number, publicUrl: string | null = null) =>
    isOwnOrigin(asked, new Proxies(trusted).host(asked), publicUrl);
  expect(own(0)).toBe(false);
  expect(own(1)).toBe(true);
  expect(own(0, 'https://brain.example/class')).toBe(true);
});
