import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { lanAddresses, serverUrls } from '../../../server/lan.ts';

function ipv4(address: string, internal = false): NetworkInterfaceInfo {
  return { address, internal, family: 'IPv4', netmask: '', mac: '', cidr: null };
}

const LAPTOP = {
  lo: [ipv4('127.0.0.1', true)],
  docker0: [ipv4('172.17.0.1')],
  awdl0: [ipv4('169.254.3.4')],
  wwan0: [ipv4('100.64.1.2')],
  wlan0: [
    { ...ipv4('::'), address: 'fe80::1', family: 'IPv6' as const, scopeid: 1 },
    ipv4('192.168.1.20'),
  ],
};

describe('the address for the class', () => {
  it('is the one of the school network, before what leads to containers or nowhere', () => {
    expect(lanAddresses(LAPTOP)).toEqual([
      '192.168.1.20',
      '100.64.1.2',
      '169.254.3.4',
      '172.17.0.1',
    ]);
  });

  it('is that of the network where the server listens everywhere', () => {
    expect(serverUrls('0.0.0.0', 3000, LAPTOP)).toEqual({
      local: 'http://127.0.0.1:3000',
      lan: 'http://192.168.1.20:3000',
    });
    expect(serverUrls('::', 3000, { lo: LAPTOP.lo }).lan).toBeNull();
  });

  it('is where the server listens, if only there; none for this machine alone', () => {
    expect(serverUrls('10.0.0.7', 80, LAPTOP).lan).toBe('http://10.0.0.7:80');
    expect(serverUrls('127.0.0.1', 80, LAPTOP)).toEqual({
      local: 'http://127.0.0.1:80',
      lan: null,
    });
    expect(serverUrls('::1', 80, LAPTOP)).toEqual({ local: 'http://[::1]:80', lan: null });
  });
});
