import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayPostTo, postOut, type Reach } from './post-out.ts';
import { isPublicAddress } from './public-address.ts';

describe('an address of the public Internet', () => {
  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2a01:cb00::1', '::ffff:8.8.8.8'])('is %s', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
  test.each([
    '127.0.0.1',
    '127.9.9.9',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('where a message may go', () => {
  test.each<[string, Reach, boolean]>([
    ['https://exemple.fr/x', 'public', true],
    ['http://exemple.fr/x', 'public', false],
    ['http://exemple.fr/x', 'private', false],
    ['http://127.0.0.1/x', 'anywhere', true],
    ['https://10.0.0.1/x', 'public', false],
    ['https://10.0.0.1/x', 'private', true],
    // Written in other ways, the same address: the URL reads them alike.
    ['https://2130706433/x', 'public', false],
    ['https://0x7f.1/x', 'public', false],
    ['https://[::ffff:127.0.0.1]/x', 'public', false],
    ['https://name:word@exemple.fr/x', 'public', false],
    ['file:///etc/passwd', 'anywhere', false],
  ])('%s, %s: %s', (url, reach, may) => expect(mayPostTo(new URL(url), reach)).toBe(may));
});

describe('a post', () => {
  let server: Server;
  let port = 0;
  const heard: { url: string | undefined; body: string; header: unknown }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += String(part);
      });
      request.on('end', () => {
        heard.push({ url: request.url, body, header: request.headers['x-one'] });
        if (request.url === '/silent') return;
        response.writeHead(request.url === '/elsewhere' ? 302 : 204, { location: '/hidden' });
        response.end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const post = (host: string, path: string, reach: Reach, timeoutMs = 5000) =>
    postOut(new URL(`http://${host}:${port}${path}`), {
      headers: { 'x-one': '1' },
      body: 'é',
      timeoutMs,
      reach,
    });

  test('gives the status, and follows no redirection', async () => {
    expect(await post('127.0.0.1', '/here', 'anywhere')).toBe(204);
    expect(await post('localhost', '/elsewhere', 'anywhere')).toBe(302);
    expect(heard).toEqual([
      { url: '/here', body: 'é', header: '1' },
      { url: '/elsewhere', body: 'é', header: '1' },
    ]);
  });

  test('waits no longer than it may', async () => {
    await expect(post('127.0.0.1', '/silent', 'anywhere', 50)).rejects.toMatchObject({ code: 'timeout' });
  });

  test('does not go to a name that leads inside, whatever the name', async () => {
    const before = heard.length;
    const sent = postOut(new URL(`https://localhost:${port}/x`), {
      headers: {},
      body: '',
      timeoutMs: 5000,
      reach: 'public',
    });
    await expect(sent).rejects.toMatchObject({ code: 'address_refused' });
    expect(heard).toHaveLength(before);
  });

  test('tells why nobody answered', async () => {
    const sent = postOut(new URL('http://127.0.0.1:1/x'), {
      headers: {},
      body: '',
      timeoutMs: 5000,
      reach: 'anywhere',
    });
    await expect(sent).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
