import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '../../platform/duckdb/sql.ts';
import type { Step } from '../../platform/duckdb/step.ts';
import { heldIdentifiersSql } from './held-identifiers.ts';
import { TOLD, TOLD_NUMBERS } from './told-numbers.ts';

/**
 * What linkage leaves on disk of the tellings of everybody, for whoever asks later what records tell of who people are: a third as many rows as
 * there are records, their names in numbers already. Relations of SQL, to stand after FROM.
 */
export interface KeptTellings {
  /**
   * A row for each identifier of each telling that bears one: `record_id`, the telling's smallest; `type`, `value`; `family`, `usage` and `first`,
   * numbers of spellings, 0 without; `birth_date`; `birthplace`, as `birthPlaceSql` says it. Records that bear none are not there: two who say the
   * same may be two people.
   */
  readonly tellings: string;
  /** `text`, each name as records write it; `name`, its one spelling, and `spelling`, the number of that; NULL without any. */
  readonly spellings: string;
}

const pathsOf = (folder: string) => ({
  tellings: join(folder, 'tellings.parquet'),
  places: join(folder, 'places.parquet'),
  spellings: join(folder, 'spellings.parquet'),
});

const SAID = 'record_id, family, usage, first, birth_date, birthplace';

/** What `keepTellingsStep` left in `folder`; undefined where linkage left nothing, as when it went on from an earlier campaign. */
export function keptTellings(folder: string): KeptTellings | undefined {
  const paths = pathsOf(folder);
  if (!Object.values(paths).every((path) => existsSync(path))) return undefined;
  const read = (path: string) => `read_parquet(${literal(path)})`;
  return {
    tellings: `(
        WITH holders AS (
          SELECT record_id, ${TOLD.family} AS family, ${TOLD.usage} AS usage, ${TOLD.first1} AS first,
            ${TOLD.birth_date} AS birth_date, birthplace, held
          FROM ${read(paths.tellings)} JOIN ${read(paths.places)} ON born = ${TOLD.born})
        SELECT * FROM (${heldIdentifiersSql('holders', SAID)}))`,
    spellings: read(paths.spellings),
  };
}

/** Read once, soon after: what is small on disk, and quick to write. */
const PARQUET = '(FORMAT parquet, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1000, COMPRESSION lz4_raw)';

/** Writes them to `folder`, which is there, as linkage has them, once decisions have parted what they part. Source: docs/adr/0021. */
export function keepTellingsStep(folder: string): Step {
  const { tellings, places, spellings } = pathsOf(folder);
  return {
    name: 'linkage_keep_tellings',
    reads: ['linkage.tellings', 'linkage.birth_places', 'linkage.spellings'],
    writes: [],
    sql: `COPY (SELECT record_id, ${TOLD_NUMBERS.join(', ')}, held FROM linkage.tellings WHERE held <> '') TO ${literal(tellings)} ${PARQUET};
      COPY (SELECT DISTINCT born, place AS birthplace FROM linkage.birth_places) TO ${literal(places)} ${PARQUET};
      COPY (SELECT text, name, spelling FROM linkage.spellings) TO ${literal(spellings)} ${PARQUET}`,
  };
}
