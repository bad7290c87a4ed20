import { type LookupAddress, lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** How far a message may go: the public Internet over https; private addresses too; this machine and plain http too. */
export type Reach = 'public' | 'private' | 'anywhere';

/** Why there was no answer: a code of the program, or of the network (`ECONNREFUSED`). */
export class NotPosted extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly reach: Reach;
}

/** False for an address that may not be called: not https, with a name and password, or a private address written as such. */
export function mayPostTo(url: URL, reach: Reach): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && reach === 'anywhere')) return false;
  const host = hostOf(url);
  return reach !== 'public' || isIP(host) === 0 || isPublicAddress(host);
}

/**
 * Posts, and gives the status of the answer, whose body is not read. Follows no redirection. The address that the name leads to is
 * judged at the very moment of the connection: a name that changes its mind does not lead inside. Throws NotPosted.
 */
export function postOut(url: URL, { headers, body, timeoutMs, reach }: Post): Promise<number> {
  if (!mayPostTo(url, reach)) return Promise.reject(new NotPosted('address_refused'));
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((answered, failed) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: false,
        lookup: lookupWithin(reach),
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        answered(response.statusCode ?? 0);
        // What comes after the status is nobody's business, also when the connection breaks.
        response.on('error', () => undefined);
        response.destroy();
      },
    );
    sent.on('error', (error) => failed(new NotPosted(codeOf(error))));
    sent.end(body);
  });
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '');

function codeOf(error: Error): string {
  if (error instanceof NotPosted) return error.code;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'no_answer';
}

/** Every address of the name must be one that may be called. */
function lookupWithin(reach: Reach): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return done(error, []);
      const isRefused = reach === 'public' && addresses.some(({ address }) => !isPublicAddress(address));
      if (isRefused) return done(new NotPosted('address_refused'), []);
      const [first] = addresses;
      if (options.all) return done(null, addresses);
      return done(null, first?.address ?? '', first?.family);
    });
  };
}
