import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSite, SITE_POLICY, serveSite } from './site.ts';

const PAGE = '<!doctype html><title>Raccroche</title>';

describe('the built web application', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'raccroche-site-'));
    mkdirSync(join(folder, 'site', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.html'), 'not of the site');
    writeFileSync(join(folder, 'site', 'index.html'), PAGE);
    writeFileSync(join(folder, 'site', '.made-of'), 'a hash');
    writeFileSync(join(folder, 'site', 'assets', 'main-1a2b.js'), 'export {}');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function serve() {
    const api = fastify();
    const site = readSite(join(folder, 'site'));
    if (site !== undefined) serveSite(api, site);
    return async (url: string, headers: Record<string, string> = {}) => api.inject({ url, headers });
  }

  test('a page at every address, asked again each time; a hashed file is kept for ever', async () => {
    const get = serve();
    for (const address of ['/', '/liste', '/dossiers/1?x=2', '/index.html']) {
      const { statusCode, body, headers } = await get(address);
      expect([statusCode, body]).toEqual([200, PAGE]);
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers['content-security-policy']).toBe(SITE_POLICY);
    }
    const { headers } = await get('/assets/main-1a2b.js');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('nothing else: no file above, none without a known type, no page in place of a file or of the API', async () => {
    const get = serve();
    for (const address of [
      '/../secret.html',
      '/%2e%2e/secret.html',
      '/assets/../../secret.html',
      '/secret.html',
      '/.made-of',
      '/assets/old.js',
      '/api/none',
    ]) {
      const { statusCode, body } = await get(address);
      expect([address, statusCode]).toEqual([address, 404]);
      expect(body).not.toContain('not of the site');
    }
  });

  test('compressed for whom can read it', async () => {
    const get = serve();
    const { headers, rawPayload } = await get('/', { 'accept-encoding': 'br, gzip' });
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(rawPayload).toString()).toBe(PAGE);
    expect((await get('/')).headers['content-encoding']).toBeUndefined();
  });

  test('a folder that was not built is no site', () => {
    expect(readSite(join(folder, 'none'))).toBeUndefined();
  });
});
