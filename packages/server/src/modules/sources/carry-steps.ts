import type { Database } from '../../platform/duckdb/database.ts';
import type { Step } from '../../platform/duckdb/step.ts';
import type { PreviousReading, ReadTable } from './previous-reading.ts';

/** Tables whose rows bear no number of a file, only the id of a record. */
const BY_RECORD = ['spells', 'contracts', 'awards', 'accompaniments'] as const;

/**
 * Takes over from an earlier campaign, whose tables `table` gives, the rows of the files in `sources.carried`. Hardly anything of then is gone: records
 * that are, are told in `sources.gone_records`, and their rows in `sources.gone_<table>`.
 */
export function takeSteps(table: PreviousReading['table']): readonly Step[] {
  const ofFile = (name: 'issues' | 'deaths'): Step => ({
    name: `sources.carried_${name}`,
    reads: ['sources.carried'],
    writes: [`sources.${name}`],
    sql: `INSERT INTO sources.${name} BY NAME SELECT * FROM ${table(name)} k SEMI JOIN sources.carried USING (file_no)`,
  });
  return [
    {
      name: 'sources.carried_files',
      reads: ['sources.carried'],
      writes: ['sources.files'],
      sql: `INSERT INTO sources.files BY NAME SELECT k.* REPLACE (c.path AS path) FROM ${table('files')} k JOIN sources.carried c USING (file_no)`,
    },
    ofFile('issues'),
    ofFile('deaths'),
    {
      name: 'sources.carried_records',
      reads: ['sources.carried'],
      writes: ['sources.carried_records'],
      sql: `CREATE OR REPLACE VIEW sources.carried_records AS
        SELECT k.* FROM ${table('records')} k SEMI JOIN sources.carried USING (file_no)`,
    },
    ...goneSteps(table),
    ...BY_RECORD.map((name) => ({
      name: `sources.carried_${name}`,
      reads: ['sources.gone_records'],
      writes: [`sources.carried_${name}`],
      sql: `CREATE OR REPLACE VIEW sources.${`carried_${name}`} AS SELECT k.* FROM ${table(name)} k ANTI JOIN sources.gone_records USING (record_id)`,
    })),
  ];
}

function goneSteps(table: PreviousReading['table']): readonly Step[] {
  return [
    {
      name: 'sources.gone_files',
      reads: ['sources.carried'],
      writes: ['sources.gone_files'],
      sql: `CREATE TABLE sources.gone_files AS SELECT file_no FROM ${table('files')} k ANTI JOIN sources.carried USING (file_no)`,
    },
    {
      name: 'sources.gone_records',
      reads: ['sources.gone_files'],
      writes: ['sources.gone_records'],
      // By a list: of a join the engine would read the ids of everybody.
      sql: `SET VARIABLE sources_gone_files = (SELECT list(file_no) FROM sources.gone_files);
        CREATE TABLE sources.gone_records AS SELECT record_id, file_no, ine, ina FROM ${table('records')} k
        WHERE file_no IN getvariable('sources_gone_files');
        RESET VARIABLE sources_gone_files`,
    },
    // Once for all who ask: each time, they are looked for among everybody's rows.
    ...BY_RECORD.map((name) => ({
      name: `sources.gone_${name}`,
      reads: ['sources.gone_records'],
      writes: [`sources.gone_${name}`],
      sql: `CREATE TABLE sources.${`gone_${name}`} AS SELECT k.* FROM ${table(name)} k SEMI JOIN sources.gone_records USING (record_id)`,
    })),
    {
      name: 'sources.gone_deaths',
      reads: ['sources.gone_files'],
      writes: ['sources.gone_deaths'],
      sql: `CREATE TABLE sources.gone_deaths AS SELECT death_id FROM ${table('deaths')} k SEMI JOIN sources.gone_files USING (file_no)`,
    },
  ];
}

/**
 * What a table that was read is otherwise than in the campaign before: queries of the keys gone, all of which are there if told so,
 * and of the rows new.
 */
export interface ReadingDifference {
  readonly gone: string;
  readonly isThere?: boolean;
  readonly fresh: string;
}

/** What SYGNE schoolings tell that are what they were is no difference, though their files are read every month. */
const NOT_STILL = 'ANTI JOIN sources.still_schoolings USING (record_id)';

/** A record that kept the id of one of then has the same rows in every table but `records`, which tells its file. */
const ofRecords = (table: (typeof BY_RECORD)[number], also = ''): ReadingDifference => ({
  gone: `FROM sources.${`gone_${table}`} ANTI JOIN sources.same_records USING (record_id) ${also}`,
  isThere: true,
  fresh: `FROM sources.${`fresh_${table}`} ANTI JOIN sources.same_records USING (record_id) ${also}`,
});

const NEW_OF_FILE = 'ANTI JOIN sources.carried USING (file_no)';
const DIFFERENCES: Readonly<Record<Exclude<ReadTable, 'files' | 'held_ids'>, ReadingDifference>> = {
  records: {
    gone: `SELECT record_id FROM sources.gone_records ${NOT_STILL}`,
    isThere: true,
    fresh: 'FROM sources.changed_records',
  },
  spells: ofRecords('spells', NOT_STILL),
  contracts: ofRecords('contracts'),
  awards: ofRecords('awards'),
  accompaniments: ofRecords('accompaniments'),
  deaths: {
    gone: 'FROM sources.gone_deaths',
    isThere: true,
    fresh: `SELECT * FROM sources.deaths k ${NEW_OF_FILE}`,
  },
  issues: { gone: 'FROM sources.gone_files', fresh: `SELECT * FROM sources.issues k ${NEW_OF_FILE}` },
};

/**
 * After `readDeliveries` took files over: what of each table differs from the earlier campaign's, by its name. Empty when
 * nothing was taken over. Holds until the tables are moved elsewhere.
 */
export async function readingDifferences(
  database: Database,
): Promise<Readonly<Partial<Record<string, ReadingDifference>>>> {
  const [found] = await database.all(
    "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'sources' AND table_name = 'gone_records'",
  );
  return found === undefined ? {} : DIFFERENCES;
}

/** Forgets the differences that a reading left, and what they are told of. */
export async function forgetDifferences(database: Database): Promise<void> {
  const tables = ['files', 'records', 'deaths', ...BY_RECORD].map((name) => `gone_${name}`);
  for (const table of [...tables, 'same_records', 'still_schoolings'])
    await database.run(`DROP TABLE IF EXISTS sources.${table}`);
}
