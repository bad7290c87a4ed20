/** Why an archive is refused. `damaged`: truncated, or its content is not what it says. */
export type ArchiveRefusal = 'encrypted' | 'oversized' | 'unsafe-path' | 'damaged';

export class ArchiveError extends Error {
  readonly reason: ArchiveRefusal;

  constructor(reason: ArchiveRefusal, options?: ErrorOptions) {
    super(`archive refused: ${reason}`, options);
    this.name = 'ArchiveError';
    this.reason = reason;
  }
}

export interface UnpackingLimits {
  /** Unpacked bytes for one packed byte. */
  readonly maxRatio: number;
  /** Below this many unpacked bytes the ratio is not looked at: small repetitive files pack very well and harm nobody. */
  readonly ratioFloorBytes: number;
  readonly maxTotalBytes: number;
}

/** Source: rules §8, broken files. */
export const DEFAULT_UNPACKING_LIMITS: UnpackingLimits = {
  maxRatio: 100,
  ratioFloorBytes: 10_000_000,
  maxTotalBytes: 2_000_000_000,
};

/** Counts the bytes that really come out of an archive, whatever it declares. */
export class UnpackingMeter {
  readonly #most: number;
  #unpacked = 0;

  constructor(packedBytes: number, limits: UnpackingLimits) {
    this.#most = Math.min(
      limits.maxTotalBytes,
      Math.max(limits.ratioFloorBytes, packedBytes * limits.maxRatio),
    );
  }

  /** Throws ArchiveError('oversized') as soon as the sum goes beyond the limits. */
  add(bytes: number): void {
    this.#unpacked += bytes;
    if (this.#unpacked > this.#most) throw new ArchiveError('oversized');
  }
}

/** Passes chunks on while they are counted; errors of the stream become ArchiveError('damaged'). */
export async function* metered(
  chunks: AsyncIterable<Uint8Array>,
  meter: UnpackingMeter,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) {
      meter.add(chunk.length);
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof ArchiveError ? cause : new ArchiveError('damaged', { cause });
  }
}
