import type { DeathRow, FileFacts, Reader, RowPart, RowSink, Sidecar } from '../reader.ts';

export interface RecordedRow {
  readonly position: string;
  readonly parts: readonly RowPart[];
}

export interface Recording {
  readonly rows: RecordedRow[];
  readonly deaths: (DeathRow & { readonly position: string })[];
  /** `position:code` or `position:code:field` */
  readonly rejects: string[];
  readonly warnings: string[];
  readonly fileWarnings: string[];
  readonly facts: FileFacts[];
}

/** A sink that keeps what it is told, for tests and for looking at a file. Absent values are left out of the rows. */
export function recordingSink(): { sink: RowSink; recording: Recording } {
  const recording: Recording = {
    rows: [],
    deaths: [],
    rejects: [],
    warnings: [],
    fileWarnings: [],
    facts: [],
  };
  const told = (...words: (string | undefined)[]): string => words.filter(Boolean).join(':');
  const sink: RowSink = {
    row(position, parts) {
      recording.rows.push({
        position,
        parts: parts.map(({ kind, values }) => ({ kind, values: present(values) })),
      });
    },
    death: (position, row) => void recording.deaths.push({ position, ...row }),
    reject: (position, code, field) => void recording.rejects.push(told(position, code, field)),
    warn: (position, code, field) => void recording.warnings.push(told(position, code, field)),
    fileWarning: (code, field) => void recording.fileWarnings.push(told(code, field)),
    describe: (facts) => void recording.facts.push(facts),
    drained: async () => {},
  };
  return { sink, recording };
}

function present(values: RowPart['values']): RowPart['values'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Chunks of `size` bytes of `content`, from its start at each call. */
export function chunksOf(content: string | Uint8Array, size = 65_536): () => AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(content);
  return async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
}

/** Reads `content` with `reader`, in chunks small enough to cut it in awkward places. */
export async function recordRead(
  reader: Reader,
  content: string | Uint8Array,
  sidecar: Sidecar = {},
  chunkBytes?: number,
): Promise<Recording> {
  const { sink, recording } = recordingSink();
  await reader.read({ bytes: chunksOf(content, chunkBytes), sidecar }, sink);
  return recording;
}
