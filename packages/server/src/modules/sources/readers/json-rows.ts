import { FileRejection } from '../reader.ts';
import { JsonPayloads, JsonPayloadsError } from './json-payloads.ts';

/**
 * The payloads of a JSON text, each with its index from 1: elements of one or several arrays, objects, or one value a line.
 * Of a large text only one payload (and one chunk) is in memory at a time; `onPayload` gets whatever stands there, objects or
 * not. `afterChunk` is awaited once a chunk.
 * Throws FileRejection: fichier_tronque (incomplete or malformed), fichier_vide (no payload).
 */
export async function readJsonPayloads(
  chunks: AsyncIterable<string>,
  onPayload: (payload: unknown, index: number) => void,
  afterChunk: () => Promise<void>,
): Promise<void> {
  let count = 0;
  let blank = true;
  const payloads = new JsonPayloads((payload) => onPayload(payload, ++count));
  try {
    for await (const chunk of chunks) {
      blank &&= !/\S/.test(chunk);
      payloads.write(chunk);
      await afterChunk();
    }
    if (!blank) payloads.end();
  } catch (cause) {
    throw cause instanceof JsonPayloadsError ? new FileRejection('fichier_tronque') : cause;
  }
  if (count === 0) throw new FileRejection('fichier_vide');
}
