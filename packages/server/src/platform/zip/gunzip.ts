import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { metered, type UnpackingLimits, UnpackingMeter } from './unpacking-limits.ts';

/** Chunks of a plain size for what parsers like best, and few turns of the event loop. */
const CHUNK_BYTES = 256 * 1024;

/** Bytes of a gzip stream (all its members). `packedBytes` is its size. Throws ArchiveError while it is read. */
export function gunzip(
  packed: AsyncIterable<Uint8Array>,
  packedBytes: number,
  limits: UnpackingLimits,
): AsyncGenerator<Uint8Array> {
  return metered(inflate(packed), new UnpackingMeter(packedBytes, limits));
}

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false });
  const unpacker = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on('error', (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  try {
    yield* unpacker;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}
