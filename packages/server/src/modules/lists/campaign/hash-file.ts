import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { hashBeside } from '../../../platform/files/hash-beside.ts';

/** Up to here a file is read whole: a campaign has thousands of small ones, and opening a stream costs more than they do. */
const READ_WHOLE_BYTES = 1 << 20;

/** Hashes of large files of this process, by what the file system says of them: a file has one under each of its names. */
const knownHashes = new Map<string, string>();

/** Hashes that a thread beside is at, or will be. */
const awaitedHashes = new Map<string, Promise<string | undefined>>();

/** What a file of at least so many bytes is known by; undefined where there is none. */
function identityOf(path: string, atLeast = READ_WHOLE_BYTES + 1): string | undefined {
  const facts = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (facts === undefined || facts.size < atLeast) return undefined;
  return [facts.dev, facts.ino, facts.size, facts.mtimeNs].join(' ');
}

/**
 * Hashes of the many small files of a campaign, taken while their bytes were in memory, for its seal: it does not read them again. Nobody else
 * believes them: what a folder holds is verified by what is on disk.
 */
export class WrittenHashes {
  readonly #hashes = new Map<string, string>();

  /** The file at `path` holds these bytes. */
  note(path: string, bytes: Buffer): void {
    const identity = identityOf(path, 0);
    if (identity !== undefined) this.#hashes.set(identity, createHash('sha256').update(bytes).digest('hex'));
  }

  /** Undefined for a file that was not noted, or that somebody wrote into since. */
  find(path: string): string | undefined {
    const identity = identityOf(path, 0);
    return identity === undefined ? undefined : this.#hashes.get(identity);
  }
}

/** SHA-256 of a file; a large one is read as a stream, and not again while nobody wrote into it. */
export async function hashFile(path: string): Promise<string> {
  const identity = identityOf(path);
  const hash = createHash('sha256');
  if (identity === undefined) return hash.update(readFileSync(path)).digest('hex');
  const known = knownHashes.get(identity) ?? (await awaitedHashes.get(identity));
  if (known !== undefined) return known;
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  const digest = hash.digest('hex');
  knownHashes.set(identity, digest);
  return digest;
}

/**
 * Hashes large files that are whole already, in this order, on a thread beside: `hashFile` has them then at no cost, or waits for the thread. It is over
 * when all are hashed, or none can be any more; it throws nothing, for whoever needs the hash of a file that cannot be read is told by `hashFile`.
 */
export async function hashAhead(paths: readonly string[]): Promise<void> {
  const asked = new Map<string, string>();
  for (const path of paths) {
    const identity = identityOf(path);
    if (identity !== undefined && !knownHashes.has(identity) && !awaitedHashes.has(identity))
      asked.set(identity, path);
  }
  if (asked.size === 0) return;
  const { hashOf, over } = hashBeside([...asked.values()]);
  const told = async (identity: string, path: string): Promise<string | undefined> => {
    const digest = await hashOf(path);
    awaitedHashes.delete(identity);
    // Somebody wrote into it meanwhile: what was hashed is neither what it was nor what it is.
    if (digest === undefined || identityOf(path) !== identity) return undefined;
    knownHashes.set(identity, digest);
    return digest;
  };
  const awaited = [...asked].map(([identity, path]) => ({ identity, hash: told(identity, path) }));
  for (const { identity, hash } of awaited) awaitedHashes.set(identity, hash);
  await Promise.all([over, ...awaited.map(({ hash }) => hash)]);
}
