import { ROW_KINDS, type RowKind } from '@raccroche/contract';
import type { Step } from '../../platform/duckdb/step.ts';
import { NEEDS_OTHER_FILES } from './delivery-ids.ts';
import type { PreviousReading } from './previous-reading.ts';
import { NAME_COLUMNS, RANK_SQL, RECORDED_ON, type RecordIds, usable } from './usable-rows.ts';

/** Columns that a donor gives. */
const GIVEN = [...NAME_COLUMNS, 'recorded_on'];

/** What a donor is chosen by and gives, of the records of a kind of which `ine` is one that is sought. */
const bearersOf = (ids: RecordIds, kind: RowKind, ine: string) => `
  SELECT r.${ine} AS ine, ${ids.id} AS record_id, ${RANK_SQL} AS source_rank,
    ${NAME_COLUMNS.map((name) => `r.${name}`).join(', ')}, ${RECORDED_ON} AS recorded_on
  ${usable(
    ids,
    kind,
    `AND r.sub = 0${kind === 'inscriptions' ? ' AND NOT r.by_ine' : ''}`,
    `unplaced_${kind} b SEMI JOIN sources.schoolings_sought a ON a.ine = b.${ine}`,
  )}`;

/** Of the files read now. */
const freshBearers = (ids: RecordIds) =>
  [...ROW_KINDS.map((kind) => bearersOf(ids, kind, 'ine')), bearersOf(ids, 'inscriptions', 'ina')].join(
    ' UNION ALL ',
  );

const CARRIED_BEARERS = ['ine', 'ina']
  .map(
    (
      column,
    ) => `SELECT r.${column} AS ine, r.record_id, r.source_rank, ${GIVEN.map((name) => `r.${name}`).join(', ')}
  FROM sources.carried_records r SEMI JOIN sources.schoolings_sought a ON a.ine = r.${column}`,
  )
  .join(' UNION ALL ');

/**
 * Best record of each INE that is sought: SYGNE first, then the order of sources, then the record id. Rows are asked for their
 * own identifiers: a join of all records with all identifiers would be for the few that schoolings ask for.
 */
const bestBearers = (ids: RecordIds, carried: boolean) => `
  WITH bearers AS (${freshBearers(ids)}${carried ? ` UNION ALL ${CARRIED_BEARERS}` : ''}),
  ranked AS (SELECT *, row_number() OVER (ORDER BY source_rank, record_id) AS place FROM bearers)
  SELECT ine, ${GIVEN.map((name) => `arg_min(${name}, place) AS ${name}`).join(', ')}
  FROM ranked GROUP BY ine`;

const SCHOOLING_FILES = `(SELECT list(file_no) FROM sources.files WHERE kind = '${NEEDS_OTHER_FILES}' AND NOT rejected)`;

/**
 * What schoolings were given in the earlier campaign whose tables `table` gives, when few of its records are gone: their files are
 * read every month, and most often the same. A donor hangs on who bears the INE and on nothing else: where nobody came or left who
 * does, it is the donor of then, and nobody need be looked for among everybody's records.
 */
const answersOfThen = (ids: RecordIds, table: PreviousReading['table']): readonly Step[] => [
  {
    name: 'sources.donors_then',
    reads: ['sources.files', 'sources.unplaced_inscriptions'],
    writes: ['sources.donors_then'],
    sql: `SET VARIABLE sources_schooling_files = ${SCHOOLING_FILES};
      CREATE OR REPLACE TABLE sources.donors_then AS
      WITH told AS (
        SELECT file_no, ordinal, false AS nobody, ${GIVEN.join(', ')} FROM ${table('records')} k
        WHERE k.file_no IN getvariable('sources_schooling_files')
        UNION ALL BY NAME
        SELECT file_no, ordinal, true AS nobody FROM ${table('issues')} k
        WHERE k.file_no IN getvariable('sources_schooling_files') AND code = 'sans_identite')
      SELECT r.ine, bool_and(nobody) AS nobody, ${GIVEN.map((name) => `any_value(told.${name}) AS ${name}`).join(', ')}
      FROM sources.unplaced_inscriptions r JOIN told USING (file_no, ordinal)
      WHERE r.by_ine AND r.sub = 0 AND r.outcome = 'record' GROUP BY r.ine;
      RESET VARIABLE sources_schooling_files`,
  },
  {
    name: 'sources.schoolings_sought',
    reads: [
      ...['schoolings_sought', 'donors_then', 'same_records', 'gone_records'],
      ...[...ROW_KINDS.map((kind) => `unplaced_${kind}`), 'files', 'excluded'],
      ...(ids.join === '' ? [] : ['held_ids']),
    ].map((name) => `sources.${name}`),
    writes: ['sources.schoolings_sought'],
    sql: `CREATE OR REPLACE TABLE sources.schoolings_sought AS
      WITH came AS (SELECT ine FROM (${freshBearers(ids)}) ANTI JOIN sources.same_records USING (record_id)),
      went AS (SELECT unnest([ine, ina]) AS ine FROM sources.gone_records ANTI JOIN sources.same_records USING (record_id)
        WHERE file_no NOT IN (SELECT file_no FROM ${table('files')} k WHERE kind = '${NEEDS_OTHER_FILES}'))
      FROM sources.schoolings_sought ANTI JOIN sources.donors_then USING (ine)
      UNION SELECT ine FROM came
      UNION SELECT ine FROM went SEMI JOIN sources.schoolings_sought USING (ine)`,
  },
];

interface DonorParts {
  readonly ids: RecordIds;
  /** Some files hold schoolings that attach by INE: without any, nobody is looked at for their donors. */
  readonly schoolings: boolean;
  /** Tables of an earlier campaign of which files were taken over (`CarryOver.take`), after `holdIds` said which records are the same. */
  readonly before?: PreviousReading['table'] | undefined;
}

/**
 * `sources.schooling_donors` (ine, names, recorded_on): what a schooling of that INE bears. INEs that nobody bears have no row. Source: rules §8.
 */
export function donorSteps({ ids, schoolings, before }: DonorParts): readonly Step[] {
  const rows = ROW_KINDS.map((kind) => `sources.unplaced_${kind}`);
  return [
    {
      name: 'sources.schoolings_sought',
      reads: ['sources.unplaced_inscriptions'],
      writes: ['sources.schoolings_sought'],
      sql: `CREATE OR REPLACE TABLE sources.schoolings_sought AS
        SELECT DISTINCT ine FROM sources.unplaced_inscriptions WHERE by_ine AND outcome = 'record'${schoolings ? '' : ' AND false'}`,
    },
    ...(schoolings && before !== undefined ? answersOfThen(ids, before) : []),
    {
      name: 'sources.schooling_donors',
      reads: [
        ...rows,
        ...['schoolings_sought', 'files', 'excluded'].map((table) => `sources.${table}`),
        ...(ids.join === '' ? [] : ['sources.held_ids']),
        ...(before === undefined ? [] : ['sources.carried_records']),
        ...(schoolings && before !== undefined ? ['sources.donors_then'] : []),
      ],
      writes: ['sources.schooling_donors'],
      sql: `CREATE OR REPLACE TABLE sources.schooling_donors AS ${bestBearers(ids, before !== undefined)}${
        schoolings && before !== undefined
          ? ` UNION ALL SELECT ine, ${GIVEN.join(', ')} FROM sources.donors_then ANTI JOIN sources.schoolings_sought USING (ine) WHERE NOT nobody`
          : ''
      }`,
    },
  ];
}

/**
 * `sources.still_schoolings` (file_no, ordinal, record_id): records of schoolings that are in everything what they were in the earlier campaign
 * whose tables `table` gives. The delivery is the same, the row was a record and is one, and its donor was not sought anew: it bears what it
 * bore. Its spells are compared. `records`: query of the records of schoolings of today, of tables `reads`.
 */
export function stillSchoolingsStep(
  records: string,
  table: PreviousReading['table'],
  reads: readonly string[],
): Step {
  const spells = (which: 'fresh' | 'gone') =>
    `SELECT k.* FROM sources.${`${which}_spells`} k SEMI JOIN same USING (record_id)`;
  return {
    name: 'sources.still_schoolings',
    reads: [...reads, 'gone_records', 'schoolings_sought', 'fresh_spells', 'gone_spells'].map(
      (name) => `sources.${name}`,
    ),
    writes: ['sources.still_schoolings'],
    sql: `CREATE OR REPLACE TABLE sources.still_schoolings AS
      WITH same AS MATERIALIZED (SELECT file_no, ordinal, record_id FROM (${records})
        SEMI JOIN sources.gone_records USING (file_no, record_id)
        SEMI JOIN (SELECT file_no FROM sources.files SEMI JOIN ${table('files')} before USING (file_no, sha256)) again USING (file_no)
        ANTI JOIN sources.schoolings_sought USING (ine)),
      now_spells AS MATERIALIZED (${spells('fresh')}), then_spells AS MATERIALIZED (${spells('gone')})
      FROM same ANTI JOIN (FROM now_spells EXCEPT FROM then_spells) USING (record_id)
        ANTI JOIN (FROM then_spells EXCEPT FROM now_spells) USING (record_id)`,
  };
}
