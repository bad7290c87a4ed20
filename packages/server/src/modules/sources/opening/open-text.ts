import { decodeText } from '../../../platform/text/decode.ts';
import { detectEncoding } from '../../../platform/text/detect-encoding.ts';
import type { TextEncoding } from '../../../platform/text/encodings.ts';
import type { RowSink } from '../reader.ts';
import { toFileRejection } from './to-file-rejection.ts';

/** A file as text, its encoding decided from all of its bytes. */
export interface OpenedText {
  readonly encoding: TextEncoding;
  /** The encoding announced was not the right one: tell `encodage_corrige`. */
  readonly corrected: boolean;
  /** Text from the start, without byte order mark, at each call. */
  text(): AsyncIterable<string>;
  /** Text of other bytes of the same file, which begin at a character. */
  decode(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string>;
}

/**
 * Looks through `bytes` once to decide its encoding. With `sink`, tells it `encodage_corrige` when due.
 * Throws FileRejection('encodage_illisible'), and what `bytes` throws.
 */
export async function openText(
  bytes: () => AsyncIterable<Uint8Array>,
  sink?: Pick<RowSink, 'fileWarning'>,
): Promise<OpenedText> {
  try {
    const { encoding, bomBytes, corrected } = await detectEncoding(bytes);
    if (corrected) sink?.fileWarning('encodage_corrige');
    return {
      encoding,
      corrected,
      text: () => decodeText(bytes(), encoding, bomBytes),
      decode: (chunks) => decodeText(chunks, encoding, 0),
    };
  } catch (cause) {
    throw toFileRejection(cause);
  }
}
