import { INTAKE_ISSUES } from '@raccroche/contract';
import type { Database } from '../../platform/duckdb/database.ts';
import type { ReceivedFile } from './receive.ts';
import type { FileSink } from './staging/file-sink.ts';
import { SOURCE_OF_KIND } from './usable-rows.ts';
import type { PlainRows } from './validated-rows.ts';

/** What came of reading one file. */
export interface FileReading {
  readonly file: ReceivedFile;
  readonly sink: FileSink;
  readonly rejection: ReceivedFile['rejection'];
  readonly plain: PlainRows | undefined;
}

/** Fills `sources.files`; counts and families come once the rows are validated. */
export async function writeFiles(database: Database, readings: readonly FileReading[]): Promise<void> {
  const rows = readings.map(({ file, sink, rejection }) => ({
    file_no: file.fileKey,
    delivery_id: file.deliveryId,
    path: file.path,
    sha256: file.sha256,
    bytes: file.bytes,
    kind: file.kind ?? null,
    source: file.kind === undefined ? null : SOURCE_OF_KIND[file.kind],
    sender: file.sidecar.sender ?? null,
    uai: sink.facts.uai ?? file.sidecar.uai ?? null,
    school_year: sink.facts.schoolYear ?? file.sidecar.schoolYear ?? null,
    extracted_on: sink.facts.extractedOn ?? file.sidecar.extractedOn ?? null,
    rejected: rejection !== undefined,
  }));
  await database.run('DELETE FROM sources.files');
  await database.run(
    `INSERT INTO sources.files BY NAME
     SELECT u.*, []::VARCHAR[] AS families, 0 AS row_count, 0 AS record_count, 0 AS reject_count, 0 AS removed_under16, 0 AS out_of_scope,
       0 AS warning_count, false AS dated
     FROM (SELECT unnest(from_json($1::JSON, '[{"file_no":"BIGINT","delivery_id":"VARCHAR","path":"VARCHAR",
       "sha256":"VARCHAR","bytes":"BIGINT","kind":"VARCHAR","source":"VARCHAR","sender":"VARCHAR","uai":"VARCHAR",
       "school_year":"INTEGER","extracted_on":"DATE","rejected":"BOOLEAN"}]'), recursive := true)) u`,
    [JSON.stringify(rows)],
  );
}

/** Fills `sources.issues` with what was found before validation. Of a rejected file only the rejection is told. */
export async function writeEarlyIssues(database: Database, readings: readonly FileReading[]): Promise<void> {
  const issues = readings.flatMap(({ file, sink, rejection }) =>
    rejection
      ? [
          {
            fileKey: file.fileKey,
            ordinal: null,
            position: null,
            field: rejection.field,
            code: rejection.code,
          },
        ]
      : sink.issues,
  );
  await database.run('DELETE FROM sources.issues');
  const BATCH = 50_000;
  for (let from = 0; from < issues.length; from += BATCH) {
    const rows = issues.slice(from, from + BATCH).map(({ fileKey, ordinal, position, field, code }) => ({
      file_no: fileKey,
      ordinal,
      position,
      field,
      code,
      severity: INTAKE_ISSUES[code].severity,
    }));
    await database.run(
      `INSERT INTO sources.issues BY NAME SELECT u.* FROM (SELECT unnest(from_json($1::JSON,
        '[{"file_no":"BIGINT","ordinal":"INTEGER","position":"VARCHAR","field":"VARCHAR","code":"VARCHAR","severity":"VARCHAR"}]'),
        recursive := true)) u`,
      [JSON.stringify(rows)],
    );
  }
}
