import { describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES, MAX_REFUSALS } from '../../shared/limits.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/events.ts';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN, start } from './client.ts';

const version = PROTOCOL_VERSION;

describe('a connection', () => {
  it('without a place for the answer does no harm', async () => {
    const { url } = await startServer();
    const { code, secret } = await createSession(url);
    const quiet = await connect(url);
    quiet.socket.emit('losses', { run: 1, from: 0, losses: [] }, undefined as never);
    quiet.socket.emit(
      'join',
      { version, code, name: 'Quiet', secret: 'q'.repeat(24) },
      undefined as never,
    );
    // Answered after the two before it, so those have been handled.
    expect(await quiet.join(code, 'Twice')).toEqual({ ok: false, code: 'not_allowed' });
    const teacher = await connect(url);
    const { participants } = accepted(await teacher.instruct(code, secret));
    expect(participants.map(({ name }) => name)).toEqual(['Quiet']);
  });

  it('[P26] may join again with the same secret when the answer was lost, here or from a new one', async () => {
    const { url, app } = await startServer();
    const { code } = await createSession(url);
    const ada = await connect(url);
    const { secret, index } = accepted(await ada.join(code, 'Ada'));
    expect(accepted(await ada.join(code, 'Ada', secret)).index).toBe(index);
    const again = await connect(url);
    expect(accepted(await again.join(code, 'Ada', secret)).name).toBe('Ada');
    await ada.until(() => ada.heard.includes('disconnect'));
    expect(ada.heard).toContain('replaced');
    expect(
      app.rooms
        .find(code)
        ?.participants()
        .map(({ name }) => name),
    ).toEqual(['Ada']);
    expect(await again.join(code, 'Ada', 'short')).toMatchObject({ code: 'bad_message' });
  });

  it('may take the same seat again, as after a lost answer', async () => {
    const { url } = await startServer();
    const { code, secret } = await createSession(url);
    const teacher = await connect(url);
    accepted(await teacher.instruct(code, secret));
    accepted(await teacher.instruct(code, secret));
    const ada = await connect(url);
    const place = accepted(await ada.join(code, 'Ada'));
    accepted(await ada.resume(code, place.index, place.secret));
    expect(ada.heard).not.toContain('replaced');
    const bob = await connect(url);
    const other = accepted(await bob.join(code, 'Bob'));
    expect(await ada.resume(code, other.index, other.secret)).toMatchObject({
      code: 'not_allowed',
    });
  });

  it('[P2] is cut off at its last refusal and not before', async () => {
    const { url } = await startServer();
    const rude = await connect(url);
    for (let k = 1; k < MAX_REFUSALS; k++) {
      expect(await rude.ask('hack', {})).toEqual({ ok: false, code: 'unknown_event' });
    }
    accepted(await rude.ask('time', {}));
    expect(await rude.ask('hack', {})).toEqual({ ok: false, code: 'unknown_event' });
    await rude.until(() => rude.heard.includes('disconnect'));
    expect(rude.heard).toEqual(['farewell', 'refused', 'disconnect']);
  });

  it.each(['websocket', 'polling'])(
    '[P4] over %s ends with a message 100 times too large, and the class sees who is gone',
    async (transport) => {
      const { url, app } = await startServer();
      const { code } = await createSession(url);
      const rude = await connect(url, { transports: [transport] });
      accepted(await rude.join(code, 'Rude'));
      rude.socket.emit('losses', 'x'.repeat(100 * MAX_MESSAGE_BYTES) as never, () => {});
      await rude.until(() => rude.heard.includes('disconnect'));
      const status = () => app.rooms.find(code)?.participants()[0]?.status.state;
      await expect.poll(status).toBe('away');
    },
  );

  it('over polling carries frames as well', async () => {
    const { url, time } = await startServer();
    const { code, secret } = await createSession(url);
    const teacher = await connect(url, { transports: ['polling'] });
    accepted(await teacher.instruct(code, secret));
    const ada = await connect(url, { transports: ['polling'] });
    accepted(await ada.join(code, 'Ada'));
    accepted(await teacher.ask('prepare', PLAN));
    await start(teacher, time);
    await ada.until(() => ada.session?.phase === 'running');
    accepted(await ada.ask('losses', { run: 1, from: 0, losses: [3, 2] }));
    await teacher.until(() => teacher.losses(0).length === 2);
    expect(teacher.losses(0)).toEqual([3, 2]);
  });

  it.each(['websocket', 'polling'])('over %s is for pages of this server', async (transport) => {
    const { url } = await startServer({ config: { publicUrl: 'https://brain.example' } });
    const from = (origin: string) =>
      connect(url, { transports: [transport], extraHeaders: { origin } });
    await expect(from('http://evil.example')).rejects.toThrow();
    await expect(from('null')).rejects.toThrow();
    await expect(from(url)).resolves.toBeDefined();
    await expect(from('https://brain.example')).resolves.toBeDefined();
  });

  it('hears "internal" where the server fails, which costs that message alone', async () => {
    const { url, app } = await startServer();
    const { code, secret } = await createSession(url);
    const teacher = await connect(url);
    accepted(await teacher.instruct(code, secret));
    accepted(await (await connect(url)).join(code, 'Ada'));
    const room = app.rooms.find(code)!;
    const { roster } = room;
    Object.assign(room, { roster: null });
    expect(await teacher.ask('remove', { index: 0 })).toEqual({ ok: false, code: 'internal' });
    Object.assign(room, { roster });
    accepted(await teacher.ask('remove', { index: 0 }));
  });

  it('is given the link for the class: the public address where there is one', async () => {
    const publicUrl = 'https://brain.example/class';
    for (const config of [{}, { publicUrl }]) {
      const { url } = await startServer({ config });
      const { code, secret } = await createSession(url);
      const teacher = await connect(url);
      const { joinUrl } = accepted(await teacher.instruct(code, secret));
      expect(joinUrl).toBe(`${config.publicUrl ?? url}/${code}`);
    }
  });
});
