import type { FileKind } from '@raccroche/contract';
import { openText } from '../opening/open-text.ts';
import type { Reader, ReaderInput, RowSink } from '../reader.ts';
import { readJsonPayloads } from './json-rows.ts';
import { objectOf } from './row-values.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Brings one payload (one row of the sender) to the sink. */
export type PayloadReader = (payload: JsonObject, position: string) => void;

/** A reader of JSON payloads: `start` is called once a file. What is no object is rejected as a row. */
export function jsonReader(
  kind: FileKind,
  start: (input: ReaderInput, sink: RowSink) => PayloadReader,
): Reader {
  return {
    kind,
    async read(input, sink) {
      const { text } = await openText(input.bytes, sink);
      await readJsonWith(text(), start(input, sink), sink);
    },
  };
}

export async function readJsonWith(
  text: AsyncIterable<string>,
  readPayload: PayloadReader,
  sink: RowSink,
): Promise<void> {
  const onPayload = (value: unknown, index: number): void => {
    const payload = objectOf(value);
    if (payload) readPayload(payload, String(index));
    else sink.reject(String(index), 'ligne_illisible');
  };
  await readJsonPayloads(text, onPayload, () => sink.drained());
}
