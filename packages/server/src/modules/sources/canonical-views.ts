import { type FileKind, type FileSource, ROW_KINDS, type RowKind, SOURCES } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Step } from '../../platform/duckdb/step.ts';
import { ownIdSql } from './delivery-ids.ts';
import { canonicalColumns } from './validate/rows-sql.ts';

/** The source that each kind of file belongs to. */
export const SOURCE_OF_KIND = {
  'siecle-xml': 'SIECLE',
  'sygne-list': 'SYGNE',
  'sygne-detail': 'SYGNE',
  'sygne-schoolings': 'SYGNE',
  'fregata-json': 'FREGATA',
  'fregata-csv': 'FREGATA',
  'cfa-effectifs': 'CFA',
  'insee-deces': 'INSEE',
  'interchange-inscriptions': 'INTERCHANGE',
  'interchange-diplomes': 'INTERCHANGE',
  'interchange-contrats': 'INTERCHANGE',
  'interchange-accompagnements': 'INTERCHANGE',
} as const satisfies Record<FileKind, FileSource>;

const RANK_SQL = `CASE f.source ${SOURCES.map((source, index) => `WHEN '${source}' THEN ${index + 1}`).join(' ')} END`;
const RECORDED_ON = 'coalesce(r.updated_on, f.extracted_on)';

/** The id of the record of a row, and what tells it beside the row `r` and its file `f`. */
interface RecordIds {
  readonly id: string;
  readonly join: string;
}
const OWN_IDS: RecordIds = { id: ownIdSql('f.delivery_id', 'r.ordinal'), join: '' };
const HELD_IDS: RecordIds = {
  id: `coalesce(h.record_id, ${OWN_IDS.id})`,
  join: 'LEFT JOIN sources.held_ids h ON h.file_no = r.file_no AND h.ordinal = r.ordinal',
};

/** Columns of `sources.records` that the rows of any kind hold. */
const PERSON_COLUMNS = [
  'source_id',
  'family_name',
  'usage_name',
  'first_name1',
  'first_name2',
  'first_name3',
  'sex',
  'birth_date',
  'birth_commune',
  'birth_country',
  'address',
  'postal_code',
  'commune',
  'residence_country',
  'phone',
  'mobile',
  'email',
  ...[1, 2].flatMap((rank) =>
    ['family_name', 'first_name', 'relation', 'phone', 'email'].map((part) => `rep${rank}_${part}`),
  ),
] as const;
const NAME_COLUMNS: readonly string[] = PERSON_COLUMNS.slice(1, 10);

/** An anti join: what is excluded is little, and a NOT EXISTS would gather all rows to look them up, more than a country leaves room for. */
const notExcluded = (kind: RowKind, among = '') =>
  `(SELECT * FROM sources.rows_${kind} ${among} ANTI JOIN sources.excluded USING (file_no, ordinal) ANTI JOIN sources.unkept_people USING (file_no, ordinal)) r`;

/** Rows of a kind that count: validated, of a file that was read, not told twice. */
const usable = ({ join }: RecordIds, kind: RowKind, more = '', among = '') => `
  FROM ${notExcluded(kind, among)} JOIN sources.files f USING (file_no) ${join}
  WHERE r.outcome = 'record' AND NOT f.rejected ${more}`;

/** Asked of every view of rows, so that they come in the order in which they lie. Source: docs/adr/0019. */
const IN_ORDER = 'AND r.place > 0';

const recordsOf = (ids: RecordIds, kind: RowKind) => `
  SELECT ${ids.id} AS record_id, r.file_no, r.ordinal, r.position, f.source, ${RANK_SQL} AS source_rank,
    '${kind}' AS row_kind, ${PERSON_COLUMNS.map((name) => `r.${name}`).join(', ')}, ${RECORDED_ON} AS recorded_on
  ${usable(ids, kind, `AND r.sub = 0${kind === 'inscriptions' ? ' AND NOT r.by_ine' : ''} ${IN_ORDER}`)}`;

/**
 * SYGNE schoolings have no identity of their own: each becomes a record that bears the names of the best record with its
 * INE, so that it is linked like any other, and its date, so that it changes nobody's identity. Source: rules §8.
 */
const schoolingRecords = `
  SELECT ${OWN_IDS.id} AS record_id, r.file_no, r.ordinal, r.position, f.source, ${RANK_SQL} AS source_rank,
    'inscriptions' AS row_kind,
    ${PERSON_COLUMNS.map((name) => (NAME_COLUMNS.includes(name) ? `d.${name}` : `NULL::VARCHAR AS ${name}`)).join(', ')},
    d.recorded_on
  FROM ${notExcluded('inscriptions')} JOIN sources.files f USING (file_no) JOIN sources.schooling_donors d ON d.ine = r.ine
  WHERE r.outcome = 'record' AND NOT f.rejected AND r.sub = 0 AND r.by_ine ${IN_ORDER}`;

/** Rows whose `ine` a schooling asks for: few, looked for before anything else is. */
const asked = (ine: string) => `SEMI JOIN sources.schoolings_asked a ON a.ine = ${ine}`;

/** What a donor is chosen by and gives, of the records of a kind of which `ine` is one that a schooling asks for. */
const bearersOf = (ids: RecordIds, kind: RowKind, ine: string) => `
  SELECT r.${ine} AS ine, ${ids.id} AS record_id, ${RANK_SQL} AS source_rank,
    ${NAME_COLUMNS.map((name) => `r.${name}`).join(', ')}, ${RECORDED_ON} AS recorded_on
  ${usable(ids, kind, `AND r.sub = 0${kind === 'inscriptions' ? ' AND NOT r.by_ine' : ''}`, asked(`rows_${kind}.${ine}`))}`;

const carriedBearers = `
  SELECT i.value AS ine, r.record_id, r.source_rank, ${NAME_COLUMNS.map((name) => `r.${name}`).join(', ')}, r.recorded_on
  FROM (SELECT k.* FROM sources.carried_identifiers k ${asked('k.value')}) i JOIN sources.carried_records r USING (record_id)`;

/**
 * Best record of each INE told by a schooling: SYGNE first, then the order of sources, then the record id. Rows are asked for their
 * own identifiers: a join of all records with all identifiers would be for the few that schoolings ask for.
 */
const donorsOf = (ids: RecordIds, carried: boolean) => `
  WITH bearers AS (${[
    ...ROW_KINDS.map((kind) => bearersOf(ids, kind, 'ine')),
    bearersOf(ids, 'inscriptions', 'ina'),
    ...(carried ? [carriedBearers] : []),
  ].join(' UNION ALL ')}),
  ranked AS (SELECT *, row_number() OVER (ORDER BY source_rank, record_id) AS place FROM bearers)
  SELECT ine, ${[...NAME_COLUMNS, 'recorded_on'].map((name) => `arg_min(${name}, place) AS ${name}`).join(', ')}
  FROM ranked GROUP BY ine`;

const identifiersOf = (ids: RecordIds, kind: RowKind) => `
  SELECT ${ids.id} AS record_id, r.ine_type AS type, r.ine AS value ${usable(ids, kind, `AND r.sub = 0 AND r.ine IS NOT NULL ${IN_ORDER}`)}`;

const identifiersSql = (
  ids: RecordIds,
) => `${ROW_KINDS.map((kind) => identifiersOf(ids, kind)).join(' UNION ALL ')}
    UNION ALL SELECT ${ids.id}, 'ina', r.ina ${usable(ids, 'inscriptions', `AND r.sub = 0 AND r.ina IS NOT NULL ${IN_ORDER}`)}`;

const IMPLICIT_END = 'make_date(r.school_year + 1, 8, 31)';
const SPELL_END = `coalesce(r.ended_on, CASE WHEN r.started_on > ${IMPLICIT_END}
  THEN make_date(sources.school_year_of(r.started_on) + 1, 8, 31) ELSE ${IMPLICIT_END} END)`;

const spellsSql = (ids: RecordIds) => `
  SELECT ${ids.id} AS record_id, r.sub AS spell_no, r.uai, r.school_year::INTEGER AS school_year, r.status, r.mef, r.diploma_code, r.class_name,
    least(coalesce(r.started_on, make_date(r.school_year, 9, 1)), ${SPELL_END}) AS first_day, ${SPELL_END} AS last_day,
    r.ended_on IS NULL AS implicit_end, r.end_reason, r.not_in_class, r.enrolment, r.cfa_status, r.abandon_undated,
    ${RECORDED_ON} AS recorded_on
  ${usable(ids, 'inscriptions', `AND r.has_spell ${IN_ORDER}`)}`;

const ownRows = (ids: RecordIds, kind: RowKind, number: string, columns: string) => `
  SELECT ${ids.id} AS record_id, r.sub AS ${number}, ${columns} ${usable(ids, kind, IN_ORDER)}`;

/** What the views are made of. */
export interface CanonicalParts {
  /** Some files hold schoolings that attach by INE: without any, nobody is looked at for their donors. */
  readonly schoolings: boolean;
  /** Some files were taken over from an earlier campaign (`CarryOver`). */
  readonly carried: boolean;
  /** Some records keep the id of an earlier delivery (`holdIds`). */
  readonly held: boolean;
}

/**
 * Makes `sources.records` and its fellows from the validated rows (`sources.rows_<kind>`) and from what was taken over. All
 * are views: nothing is copied.
 */
export function canonicalSteps({ schoolings, carried, held }: CanonicalParts): readonly Step[] {
  const ids = held ? HELD_IDS : OWN_IDS;
  const withCarried = (table: string, from: string) =>
    carried ? `${from} UNION ALL BY NAME FROM sources.${`carried_${table}`}` : from;
  const also = (table: string) => (carried ? [`carried_${table}`] : []);
  const heldIds = held ? ['held_ids'] : [];
  /** Rows of the files read now, then those with what was taken over. */
  const read = (table: string, sql: string, reads: readonly string[]): Step[] => [
    view(`fresh_${table}`, sql, [...reads, 'files', 'excluded', 'unkept_people', ...heldIds]),
    view(table, withCarried(table, `FROM sources.${`fresh_${table}`}`), [`fresh_${table}`, ...also(table)]),
  ];
  const rows = ROW_KINDS.map((kind) => `rows_${kind}`);
  const told = ROW_KINDS.map((kind) => recordsOf(ids, kind)).join(' UNION ALL ');
  return [
    {
      // A row may tell contracts and awards beside somebody: who is rejected, or under 16, leaves none of them. Whoever has nothing
      // beside him needs not be looked up for it.
      name: 'sources.unkept_people',
      reads: rows.map((table) => `sources.${table}`),
      writes: ['sources.unkept_people'],
      sql: `CREATE OR REPLACE TABLE sources.unkept_people AS
        SELECT file_no, ordinal FROM sources.rows_inscriptions WHERE sub = 0 AND outcome <> 'record'
          AND (file_no, ordinal) IN (${ROW_KINDS.map((kind) => `SELECT (file_no, ordinal) FROM sources.rows_${kind} WHERE sub > 0`).join(' UNION ALL ')})`,
    },
    ...read('identifiers', identifiersSql(ids), rows),
    {
      name: 'sources.schoolings_asked',
      reads: ['sources.rows_inscriptions'],
      writes: ['sources.schoolings_asked'],
      sql: `CREATE OR REPLACE TABLE sources.schoolings_asked AS
        SELECT DISTINCT ine FROM sources.rows_inscriptions WHERE by_ine AND outcome = 'record'`,
    },
    {
      name: 'sources.schooling_donors',
      reads: [
        ...['schoolings_asked', ...rows, 'files', 'excluded', 'unkept_people', ...heldIds].map(
          (table) => `sources.${table}`,
        ),
        ...(carried ? ['sources.carried_identifiers', 'sources.carried_records'] : []),
      ],
      writes: ['sources.schooling_donors'],
      sql: `CREATE OR REPLACE TABLE sources.schooling_donors AS ${donorsOf(ids, carried)}${schoolings ? '' : ' LIMIT 0'}`,
    },
    ...read('records', `${told} UNION ALL ${schoolingRecords}`, [...rows, 'schooling_donors']),
    ...read('spells', spellsSql(ids), ['rows_inscriptions']),
    ...read('contracts', ownRows(ids, 'contrats', 'contract_no', CONTRACT_COLUMNS), ['rows_contrats']),
    ...read('awards', ownRows(ids, 'diplomes', 'award_no', AWARD_COLUMNS), ['rows_diplomes']),
    ...read('accompaniments', ownRows(ids, 'accompagnements', 'accompaniment_no', ACCOMPANIMENT_COLUMNS), [
      'rows_accompagnements',
    ]),
  ];
}

const CONTRACT_COLUMNS =
  'r.number, r.type, r.uai, r.diploma_code, r.employer_siret, r.started_on, r.planned_end, r.broken_on, r.break_reason';
const AWARD_COLUMNS = 'r.type, r.diploma_code, r.label, r.level, r.session, r.awarded_on, r.result';
const ACCOMPANIMENT_COLUMNS =
  'r.structure_type, r.structure_id, r.structure_name, r.siei, r.started_on, r.ended_on, r.last_contact_on, r.status';

function view(name: string, sql: string, reads: readonly string[]): Step {
  return {
    name: `sources.${name}`,
    reads: reads.map((table) => `sources.${table}`),
    writes: [`sources.${name}`],
    sql: `DROP TABLE IF EXISTS sources.${name}; CREATE OR REPLACE VIEW sources.${name} AS ${sql}`,
  };
}

/** An empty relation of the validated rows of `kind`: what a campaign without such rows reads. */
export function emptyRowsSql(kind: RowKind, asOf: CivilDate): string {
  const columns = canonicalColumns(kind, asOf).map((name) => `${typedNull(name)} AS ${name}`);
  return `SELECT 0::BIGINT AS file_no, 0::INTEGER AS ordinal, 0::INTEGER AS sub, ''::VARCHAR AS position,
    ''::VARCHAR AS outcome, 0::BIGINT AS issue_bits, ${columns.join(', ')}, 0::BIGINT AS place WHERE false`;
}

const DATES = new Set([
  'birth_date',
  'updated_on',
  'started_on',
  'ended_on',
  'awarded_on',
  'planned_end',
  'broken_on',
  'last_contact_on',
]);
const INTEGERS = new Set(['school_year', 'level']);
const BOOLEANS = new Set(['has_spell', 'not_in_class', 'enrolment', 'abandon_undated', 'by_ine']);

function typedNull(name: string): string {
  if (DATES.has(name)) return 'NULL::DATE';
  if (INTEGERS.has(name)) return 'NULL::INTEGER';
  return BOOLEANS.has(name) ? 'NULL::BOOLEAN' : 'NULL::VARCHAR';
}
