import { gunzipSync, brotliDecompressSync } from 'node:zlib';
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { readMnist } from '../../server/data/mnist.ts';
import { PIXELS } from '../../shared/data/idx.ts';
import { parseManifest } from '../../shared/data/manifest.ts';
import { decodeShard } from '../../shared/data/shard.ts';
import { createSession, startServer } from '../support.ts';

/** The body as it travels, without the decompression that fetch does. */
function raw(
  url: string,
  encoding: string,
): Promise<{ headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': encoding } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });
}

it('serves the real images in shards, compressed and to be kept for ever', async () => {
  const { url } = await startServer({ built: true });
  const { train, test } = await readMnist();
  const response = await fetch(`${url}/data/mnist/manifest.json`);
  expect(response.headers.get('cache-control')).toBe('no-cache');
  const manifest = parseManifest(await response.text());
  for (const [entries, part] of [
    [manifest.train, train],
    [manifest.test, test],
  ] as const) {
    let at = 0;
    for (const entry of entries) {
      const shard = decodeShard(
        new Uint8Array(await (await fetch(`${url}/data/mnist/${entry.file}`)).arrayBuffer()),
      );
      const to = at + shard.labels.length;
      expect(Buffer.compare(shard.labels, part.labels.subarray(at, to))).toBe(0);
      expect(Buffer.compare(shard.images, part.images.subarray(at * PIXELS, to * PIXELS))).toBe(0);
      at = to;
    }
    expect(at).toBe(part.labels.length);
  }

  const [first] = manifest.train;
  const file = `${url}/data/mnist/${first!.file}`;
  const plain = await raw(file, 'identity');
  for (const [encoding, decompress] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const { headers, body } = await raw(file, encoding);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(body.length).toBeLessThan(plain.body.length / 3);
    expect(Buffer.compare(decompress(body), plain.body)).toBe(0);
  }
});

it('says when it is ready, and answers what it does not know in the form that was asked for', async () => {
  const { url } = await startServer({ built: true });
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ ok: true });
  const { code } = await createSession(url);
  expect(await (await fetch(`${url}/api/sessions/${code.toLowerCase()}`)).json()).toEqual({
    code,
    locked: false,
  });
  const unknown = await fetch(`${url}/api/sessions/AAAAAA`);
  expect([unknown.status, await unknown.json()]).toEqual([404, { code: 'unknown_code' }]);
  const missing = await fetch(`${url}/no/such/thing`);
  expect([missing.status, await missing.json()]).toEqual([404, { code: 'not_found' }]);
  const page = await fetch(`${url}/no/such/page`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(404);
  expect(page.headers.get('content-type')).toMatch('text/html');
  for (const path of ['', code, `teach/${code}`, `show/${code}`]) {
    expect((await fetch(`${url}/${path}`)).status, path).toBe(200);
  }
  expect((await fetch(`${url}/%E0%A4%A`)).status).toBe(404);
});

it('lets no other site open sessions or connections, and no script but its own run', async () => {
  const { url } = await startServer({ built: true });
  const foreign = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { origin: 'http://elsewhere.example' },
  });
  expect(foreign.status).toBe(403);
  const handshake = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, {
    headers: { origin: 'http://elsewhere.example' },
  });
  expect(handshake.status).toBe(403);
  const policy = (await fetch(url)).headers.get('content-security-policy')!;
  expect(policy).toMatch(/script-src 'self'/);
  expect(policy).not.toMatch(/(?<!wasm-)unsafe-|\*|data:|https?:|wss?:(;|\s)/);
  expect(policy).toMatch(
    `connect-src 'self' ws://${new URL(url).host} wss://${new URL(url).host};`,
  );
  expect(await (await fetch(url)).text()).not.toMatch(
    /<script(?![^>]*\bsrc=)|<style|\son\w+=|style=/,
  );
});
