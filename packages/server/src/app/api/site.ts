import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A file of the web application, whole in memory: what is not in the folder at the start is never served. */
interface SiteFile {
  readonly type: string;
  readonly cache: string;
  readonly bytes: Buffer;
  /** Only for text. */
  readonly gzipped: Buffer | undefined;
}
/** The built web application, by path; `/index.html` answers every page. */
export type Site = ReadonlyMap<string, SiteFile>;

const INDEX = '/index.html';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.svg']);
/** Under `assets/`, the name holds a hash of the content. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** A page may load what this address serves, and nothing else: no inline script or style, no third party, no frame. */
export const SITE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Reads the built web application; undefined when `folder` holds none. */
export function readSite(folder: string): Site | undefined {
  if (!existsSync(join(folder, INDEX))) return undefined;
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    names.map((name) => {
      const path = name.slice(folder.length).split(sep).join('/');
      return [path, readSiteFile(name, path)];
    }),
  );
}

function readSiteFile(name: string, path: string): SiteFile {
  const bytes = readFileSync(name);
  const extension = extname(name);
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    cache: path.startsWith('/assets/') ? FOR_EVER : 'no-cache',
    bytes,
    gzipped: COMPRESSED.has(extension) ? gzipSync(bytes) : undefined,
  };
}

/** Serves the application: its files, and its page at every address that is neither the API's nor a file's. */
export function serveSite(api: FastifyInstance, site: Site): void {
  api.get('/*', (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const isPage = !/^\/(api|assets)\/|\.[^/]*$/.test(path);
    const file = site.get(path) ?? (isPage ? site.get(INDEX) : undefined);
    if (file === undefined) return reply.callNotFound();
    return sendFile(request, reply, file);
  });
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: SiteFile): FastifyReply {
  const gzipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? file.gzipped : undefined;
  reply.headers({
    'content-security-policy': SITE_POLICY,
    'cache-control': file.cache,
    vary: 'accept-encoding',
    ...(gzipped === undefined ? {} : { 'content-encoding': 'gzip' }),
  });
  return reply.type(file.type).send(gzipped ?? file.bytes);
}
