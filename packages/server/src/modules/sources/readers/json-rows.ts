import { JSONParser } from '@streamparser/json';
import { FileRejection } from '../reader.ts';

/** A payload is some KB; what has not ended after this many characters is no file of ours, and must not fill the memory. */
const LONGEST_PAYLOAD_CHARACTERS = 16_000_000;

/**
 * The payloads of a JSON text, each with its index from 1: elements of one or several arrays, objects, or one value a line.
 * Only one payload (and one chunk) is in memory at a time; `onPayload` gets whatever stands there, objects or not.
 * `afterChunk` is awaited once a chunk. Returns the number of payloads.
 * Throws FileRejection: fichier_tronque (incomplete or malformed), fichier_vide (no payload).
 */
export async function readJsonPayloads(
  chunks: AsyncIterable<string>,
  onPayload: (payload: unknown, index: number) => void,
  afterChunk: () => Promise<void>,
): Promise<void> {
  let found: unknown[] = [];
  let parser: JSONParser | undefined;
  let count = 0;
  let unfinished = 0;
  for await (const chunk of chunks) {
    parser ??= startParser(chunk, (payload) => found.push(payload));
    if (!parser) continue;
    feed(parser, chunk);
    unfinished = found.length > 0 ? 0 : unfinished + chunk.length;
    if (unfinished > LONGEST_PAYLOAD_CHARACTERS) throw new FileRejection('fichier_tronque');
    for (const payload of found) onPayload(payload, ++count);
    found = [];
    await afterChunk();
  }
  if (!parser) throw new FileRejection('fichier_vide');
  finish(parser);
  for (const payload of found) onPayload(payload, ++count);
  if (count === 0) throw new FileRejection('fichier_vide');
}

/** Undefined as long as there is nothing but blanks. */
function startParser(chunk: string, onPayload: (payload: unknown) => void): JSONParser | undefined {
  const first = /\S/.exec(chunk)?.[0];
  if (first === undefined) return undefined;
  const ofArrays = first === '[';
  // keepStack off: elements given out are forgotten, so that an array of any length fits.
  const parser = new JSONParser({ paths: [ofArrays ? '$.*' : '$'], keepStack: false, separator: '' });
  parser.onValue = ({ value }) => {
    // Arrays may follow objects, one a line.
    if (!ofArrays && Array.isArray(value)) for (const element of value) onPayload(element);
    else onPayload(value);
  };
  return parser;
}

function feed(parser: JSONParser, chunk: string): void {
  try {
    parser.write(chunk);
  } catch {
    // The parser's message quotes the text: it is not carried on.
    throw new FileRejection('fichier_tronque');
  }
}

function finish(parser: JSONParser): void {
  try {
    if (!parser.isEnded) parser.end();
  } catch {
    throw new FileRejection('fichier_tronque');
  }
}
