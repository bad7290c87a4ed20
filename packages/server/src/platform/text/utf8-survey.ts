import { isAscii, isUtf8 } from 'node:buffer';

/** What a look at all bytes says of a text that claims no UTF-16. */
export interface Utf8Survey {
  readonly ascii: boolean;
  /** Strictly valid UTF-8; a character cut by the very end of the text counts as valid when others came before. */
  readonly validUtf8: boolean;
}

/** Longest UTF-8 sequence less one: what may be left open at the end of a chunk. */
const LONGEST_OPEN_BYTES = 3;

/**
 * Number of bytes at the end of `bytes` that begin a UTF-8 character whose rest is not there yet (0 to 3).
 * Bytes that can begin nothing count 0: validation then fails where it should.
 */
function openTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(LONGEST_OPEN_BYTES, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/**
 * Reads `chunks` until the first invalid byte, or to the end. Native checks (several GB/s): far cheaper than any parser,
 * and the only sound way to meet an invalid byte that comes late.
 */
export async function surveyUtf8(chunks: AsyncIterable<Uint8Array>): Promise<Utf8Survey> {
  let ascii = true;
  let carried: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (carried.length === 0 && isAscii(chunk)) continue;
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const open = openTail(bytes);
    const whole = bytes.subarray(0, bytes.length - open);
    if (!isUtf8(whole)) return { ascii: false, validUtf8: false };
    if (ascii && !isAscii(whole)) ascii = false;
    // Copied: the sender of chunks may use its buffer again.
    carried = Uint8Array.from(bytes.subarray(bytes.length - open));
  }
  // One accented letter as the last byte of an otherwise plain text is Latin, not a cut UTF-8 character.
  if (carried.length > 0) return { ascii: false, validUtf8: !ascii };
  return { ascii, validUtf8: true };
}
