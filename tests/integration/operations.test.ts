import { expect, it } from 'vitest';
import { createSession, startServer } from '../support.ts';
import { accepted, connect, PLAN, start } from './client.ts';

/** The value of each line of the figures that Prometheus reads. */
async function figures(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/metrics`, { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch('text/plain; version=');
  const lines = (await response.text()).split('\n').filter((line) => line && line[0] !== '#');
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

it('shows figures: who is there, points in and out, bytes, ticks, lag, refusals by code', async () => {
  const { url, time } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const ada = await connect(url);
  accepted(await ada.join(code, 'Ada'));
  const bob = await connect(url);
  accepted(await bob.join(code, 'Bob'));
  expect(await ada.ask('pick', {})).toMatchObject({ code: 'bad_message' });
  expect(await ada.ask('lock', { locked: true })).toMatchObject({ code: 'not_allowed' });
  expect((await fetch(`${url}/api/sessions/AAAAAA`)).status).toBe(404);
  accepted(await teacher.ask('prepare', PLAN));
  await start(teacher, time);
  await ada.until(() => ada.session?.phase === 'running');
  for (let k = 0; k < 2; k++)
    accepted(await ada.ask('losses', { run: 1, from: 0, losses: [3, 2] }));
  await teacher.until(() => teacher.losses(0).length === 2);
  bob.socket.disconnect();
  const away = async () => (await figures(url)).get('brain_students{presence="away"}');
  await expect.poll(away).toBe(1);

  const seen = await figures(url);
  expect(seen.get('brain_sessions')).toBe(1);
  expect(seen.get('brain_screens')).toBe(1);
  expect(seen.get('brain_connections')).toBe(2);
  expect(seen.get('brain_students{presence="here"}')).toBe(1);
  expect(seen.get('brain_points_total{direction="in"}')).toBe(2);
  // To the instructor's page and to one student's, at the least.
  expect(seen.get('brain_points_total{direction="out"}')).toBeGreaterThanOrEqual(2);
  expect(seen.get('brain_messages_total{event="losses"}')).toBe(2);
  expect(seen.get('brain_refused_total{code="bad_message"}')).toBe(1);
  expect(seen.get('brain_refused_total{code="not_allowed"}')).toBe(1);
  expect(seen.get('brain_refused_total{code="unknown_code"}')).toBe(1);
  expect(seen.get('brain_tick_seconds_count')).toBeGreaterThan(0);
  expect(seen.get('brain_network_bytes_total{direction="in"}')).toBeGreaterThan(1_000);
  expect(seen.get('brain_network_bytes_total{direction="out"}')).toBeGreaterThan(1_000);
  expect(seen.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  expect([...seen.keys()].join()).not.toContain(code);
});

it('shows figures to this machine, not to what comes through its proxy; with a token to who has it', async () => {
  const open = await startServer();
  await figures(open.url);
  const proxied = { headers: { 'x-forwarded-for': '192.0.2.1' } };
  expect((await fetch(`${open.url}/metrics`, proxied)).status).toBe(403);

  const { url } = await startServer({ config: { metricsToken: 'battery-staple' } });
  const without = await fetch(`${url}/metrics`);
  expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  const wrong = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer battery' } });
  expect(wrong.status).toBe(401);
});

it('with a token shows figures to who has it', async () => {
  const { url } = await startServer({ config: { metricsToken: 'battery-staple' } });
  const authorization = 'Bearer battery-staple';
  await figures(url, { authorization, 'x-forwarded-for': '192.0.2.1' });
});

it('[P29] tells its pages that it restarts before it lets go of them', async () => {
  const { url, app } = await startServer();
  const { code, secret } = await createSession(url);
  const teacher = await connect(url);
  accepted(await teacher.instruct(code, secret));
  const polling = await connect(url, { transports: ['polling'] });
  accepted(await polling.join(code, 'Ada'));
  const state = async (path: string) => (await fetch(`${url}${path}`)).status;
  expect([await state('/healthz'), await state('/readyz')]).toEqual([200, 200]);
  await app.close();
  for (const page of [teacher, polling]) {
    await page.until(() => page.heard.includes('disconnect'));
    expect(page.heard.slice(-2)).toEqual(['restarting', 'disconnect']);
  }
});

it.each(['/brain', '/a/b'])(
  'works below %s, whether a proxy takes the path off or not',
  async (basePath) => {
    const { url, app } = await startServer({ built: true, config: { basePath } });
    expect(url.endsWith(basePath)).toBe(true);
    const top = url.slice(0, -basePath.length);
    for (const base of [url, top]) {
      const { code, secret } = await createSession(base);
      const page = await (await fetch(`${base}/teach/${code}`)).text();
      expect(page).toContain(`<base href="${basePath}/"`);
      const script = /src="\.?\/?(assets\/[^"]+\.js)"/.exec(page)?.[1];
      expect((await fetch(`${base}/${script}`)).status).toBe(200);
      expect((await fetch(`${base}/data/mnist/manifest.json`)).status).toBe(200);
      expect((await fetch(`${base}/readyz`)).status).toBe(200);
      const path = `${new URL(`${base}/`).pathname}socket.io`;
      for (const transport of ['websocket', 'polling']) {
        const teacher = await connect(top, { path, transports: [transport] });
        expect(accepted(await teacher.instruct(code, secret)).joinUrl).toBe(`${url}/${code}`);
      }
      expect(app.rooms.find(code)).toBeDefined();
    }
    const slash = await fetch(url, { redirect: 'manual' });
    expect([slash.status, slash.headers.get('location')]).toEqual([301, `${basePath}/`]);
  },
);
