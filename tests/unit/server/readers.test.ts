import { describe, expect, it } from 'vitest';
import { Readers, type Connection } from '../../../server/readers.ts';
import { MAX_UNREAD_BYTES, TIMING } from '../../../shared/limits.ts';
import { FakeTime } from './fakeTime.ts';

/** A connection on which packets wait as the test says. */
function watched() {
  const time = new FakeTime();
  const readers = new Readers(time);
  const seen = { refreshed: 0, closed: 0, terminated: 0 };
  const transport = { writable: true, socket: { terminate: () => (seen.terminated += 1) } };
  const connection = {
    writeBuffer: [] as { data?: unknown }[],
    close: () => (seen.closed += 1),
    transport,
  } satisfies Connection;
  readers.watch('phone', connection, () => (seen.refreshed += 1));
  const stop = readers.keepLooking();
  const wait = (...data: unknown[]) => {
    transport.writable = false;
    connection.writeBuffer.push(...data.map((each) => ({ data: each })));
  };
  const read = () => {
    transport.writable = true;
    connection.writeBuffer.length = 0;
  };
  return { time, readers, seen, wait, read, stop };
}

describe('a client that does not read', () => {
  it('[P43] is sent no frames beyond its bound, then one snapshot when it has read', () => {
    const { time, readers, seen, wait, read } = watched();
    wait(new Uint8Array(MAX_UNREAD_BYTES - 10), 'a text');
    expect(readers.lags('phone')).toBe(false);
    wait('four');
    expect(readers.lags('phone')).toBe(false);
    wait('more');
    expect(readers.lags('phone')).toBe(true);
    time.pass(TIMING.unread / 2);
    expect(seen).toEqual({ refreshed: 0, closed: 0, terminated: 0 });
    read();
    // Until it has its snapshot, a frame would leave a gap.
    expect(readers.lags('phone')).toBe(true);
    time.pass(TIMING.readers);
    expect(readers.lags('phone')).toBe(false);
    time.pass(2 * TIMING.unread);
    expect(seen).toEqual({ refreshed: 1, closed: 0, terminated: 0 });
  });

  it('[P43] is cut off where it never reads, also when nothing is sent to it any more', () => {
    const { time, readers, seen, wait } = watched();
    wait(new ArrayBuffer(MAX_UNREAD_BYTES + 1));
    time.pass(TIMING.readers + TIMING.unread - 1);
    expect(seen.closed).toBe(0);
    time.pass(TIMING.readers);
    expect(seen).toEqual({ refreshed: 0, closed: 1, terminated: 1 });
    expect(readers.lags('phone')).toBe(false);
    time.pass(2 * TIMING.unread);
    expect(seen.closed).toBe(1);
  });

  it('is looked at no longer when it has gone, nor anybody when the server stops', () => {
    const { time, readers, seen, wait, stop } = watched();
    wait(new Uint8Array(MAX_UNREAD_BYTES + 1));
    expect(readers.lags('phone')).toBe(true);
    readers.forget('phone');
    expect(readers.lags('phone')).toBe(false);
    stop();
    time.pass(2 * TIMING.unread);
    expect(seen.closed).toBe(0);
  });
});
