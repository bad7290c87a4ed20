import { ROW_KINDS, type RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Step } from '../../platform/duckdb/step.ts';
import { keptPositionSql, toldPositionSql } from './kept-records.ts';
import type { PreviousReading } from './previous-reading.ts';
import { donorSteps, stillSchoolingsStep } from './schooling-donors.ts';
import {
  besideKept,
  HELD_IDS,
  INTERCHANGE,
  INTERCHANGE_RANK,
  NAME_COLUMNS,
  notExcluded,
  OWN_IDS,
  PERSON_COLUMNS,
  RANK_SQL,
  RECORDED_ON,
  type RecordIds,
  rowsOf,
  usable,
} from './usable-rows.ts';
import { canonicalColumns } from './validate/rows-sql.ts';

/** Asked of every view of rows, so that they come in the order in which they lie. Source: docs/adr/0019. */
const IN_ORDER = 'AND r.place > 0';
const which = ({ only }: RecordIds) => (only === undefined ? IN_ORDER : `AND ${only}`);

/** What a record is known by, of a row `r`: an INA stands in enrolments alone. */
const identifiersOf = (kind: RowKind) =>
  `r.ine_type, r.ine, ${kind === 'inscriptions' ? 'r.ina' : 'NULL::VARCHAR AS ina'}`;

/** Which source a row `r` of a file `f` that makes a record is of: one of a sender's own format is an enrolment (`RowSink.row`). */
const sourceOf = (kind: RowKind) =>
  kind === 'inscriptions'
    ? `f.source, ${RANK_SQL} AS source_rank`
    : `'${INTERCHANGE}' AS source, ${INTERCHANGE_RANK} AS source_rank`;

/** Records of the rows of a kind, as `sources.kept_records` has them. */
const recordsOf = (ids: RecordIds, kind: RowKind) => `
  SELECT ${ids.id} AS record_id, r.file_no, r.ordinal, r.own_position AS position, ${sourceOf(kind)},
    '${kind}' AS row_kind, ${identifiersOf(kind)}, ${PERSON_COLUMNS.map((name) => `r.${name}`).join(', ')}, ${RECORDED_ON} AS recorded_on
  ${usable(ids, kind, `AND r.sub = 0${kind === 'inscriptions' ? ' AND NOT r.by_ine' : ''} ${which(ids)}`)}`;

/** Records of all rows that bear names of their own. */
const withNames = (ids: RecordIds) => ROW_KINDS.map((kind) => recordsOf(ids, kind)).join(' UNION ALL ');

/**
 * SYGNE schoolings have no identity of their own: each becomes a record that bears the names of the best record with its
 * INE, so that it is linked like any other, and its date, so that it changes nobody's identity. Source: rules §8.
 */
const schoolingRecords = (ids: RecordIds) => `
  SELECT ${OWN_IDS.id} AS record_id, r.file_no, r.ordinal, r.own_position AS position, f.source, ${RANK_SQL} AS source_rank,
    'inscriptions' AS row_kind, ${identifiersOf('inscriptions')},
    ${PERSON_COLUMNS.map((name) => (NAME_COLUMNS.includes(name) ? `d.${name}` : `NULL::VARCHAR AS ${name}`)).join(', ')},
    d.recorded_on
  FROM ${notExcluded(rowsOf(ids, 'inscriptions'))} JOIN sources.files f USING (file_no) JOIN sources.schooling_donors d ON d.ine = r.ine
  WHERE r.outcome = 'record' AND NOT f.rejected AND r.sub = 0 AND r.by_ine ${which(ids)}`;

const IMPLICIT_END = 'make_date(r.school_year + 1, 8, 31)';
const SPELL_END = `coalesce(r.ended_on, CASE WHEN r.started_on > ${IMPLICIT_END}
  THEN make_date(sources.school_year_of(r.started_on) + 1, 8, 31) ELSE ${IMPLICIT_END} END)`;

const spellsSql = (ids: RecordIds) => `
  SELECT ${ids.id} AS record_id, r.sub AS spell_no, r.uai, r.school_year::INTEGER AS school_year, r.status, r.mef, r.diploma_code, r.class_name,
    least(coalesce(r.started_on, make_date(r.school_year, 9, 1)), ${SPELL_END}) AS first_day, ${SPELL_END} AS last_day,
    r.ended_on IS NULL AS implicit_end, r.end_reason, r.not_in_class, r.enrolment, r.cfa_status, r.abandon_undated,
    ${RECORDED_ON} AS recorded_on
  ${usable(ids, 'inscriptions', `AND r.has_spell ${which(ids)}`, besideKept(ids, 'inscriptions'))}`;

const ownRows = (ids: RecordIds, kind: RowKind, number: string, columns: string) => `
  SELECT ${ids.id} AS record_id, r.sub AS ${number}, ${columns} ${usable(ids, kind, which(ids), besideKept(ids, kind))}`;

/** What the views are made of. */
export interface CanonicalParts {
  /** Some files hold schoolings that attach by INE: without any, nobody is looked at for their donors. */
  readonly schoolings: boolean;
  /** Tables of an earlier campaign of which files were taken over (`CarryOver.take`). */
  readonly before?: PreviousReading['table'] | undefined;
  /** Some records keep the id of an earlier delivery (`holdIds`). */
  readonly held: boolean;
  /** Of which rows `r` alone the views are, in whatever order: by default of all, as they lie. */
  readonly only?: string;
}

/**
 * Makes `sources.records` and its fellows from the validated rows (`sources.rows_<kind>`) and from what was taken over. All
 * are views: nothing is copied.
 */
export function canonicalSteps({ schoolings, before, held, only }: CanonicalParts): readonly Step[] {
  const carried = before !== undefined;
  // What differs from tables of then is sorted before it is written: nobody asks how its rows lie.
  const ids = { ...(held ? HELD_IDS : OWN_IDS), only: only ?? (carried ? 'true' : undefined) };
  const withCarried = (table: string, from: string) =>
    carried ? `${from} UNION ALL BY NAME FROM sources.${`carried_${table}`}` : from;
  const also = (table: string) => (carried ? [`carried_${table}`] : []);
  const heldIds = held ? ['held_ids'] : [];
  /** Rows of the files read now, then those with what was taken over. */
  const read = (table: string, sql: string, reads: readonly string[]): Step[] => [
    view(`fresh_${table}`, sql, [...reads, 'files', 'excluded', ...heldIds]),
    view(table, withCarried(table, `FROM sources.${`fresh_${table}`}`), [`fresh_${table}`, ...also(table)]),
  ];
  const rowsOfKind = (kind: RowKind) => rowsOf(ids, kind);
  const rows = ROW_KINDS.map(rowsOfKind);
  const told = `${withNames(ids)} UNION ALL ${schoolingRecords(ids)}`;
  const recordSources = [...rows, ...RECORD_PARTS, ...heldIds];
  return [
    {
      // A row may tell contracts and awards beside somebody: who is rejected, or under 16, leaves none of them. Whoever has nothing
      // beside him needs not be looked up for it.
      name: 'sources.unkept_people',
      reads: ROW_KINDS.map((kind) => `sources.unplaced_${kind}`),
      writes: ['sources.unkept_people'],
      sql: `CREATE OR REPLACE TABLE sources.unkept_people AS
        SELECT file_no, ordinal FROM sources.unplaced_inscriptions WHERE sub = 0 AND outcome <> 'record'
          AND (file_no, ordinal) IN (${ROW_KINDS.map((kind) => `SELECT (file_no, ordinal) FROM sources.unplaced_${kind} WHERE sub > 0`).join(' UNION ALL ')})`,
    },
    ...donorSteps({ ids, schoolings, before }),
    ...read('records', toldPositionSql(`(${told})`), [...rows, 'schooling_donors']),
    {
      name: 'sources.kept_records',
      reads: [...recordSources, ...also('records')].map((table) => `sources.${table}`),
      writes: ['sources.kept_records'],
      sql: `CREATE OR REPLACE VIEW sources.kept_records AS ${told}${
        carried ? ` UNION ALL BY NAME ${keptPositionSql('sources.carried_records')}` : ''
      }`,
    },
    ...read('spells', spellsSql(ids), [rowsOfKind('inscriptions'), UNKEPT]),
    ...read('contracts', ownRows(ids, 'contrats', 'contract_no', CONTRACT_COLUMNS), [
      rowsOfKind('contrats'),
      UNKEPT,
    ]),
    ...read('awards', ownRows(ids, 'diplomes', 'award_no', AWARD_COLUMNS), [rowsOfKind('diplomes'), UNKEPT]),
    ...read('accompaniments', ownRows(ids, 'accompagnements', 'accompaniment_no', ACCOMPANIMENT_COLUMNS), [
      rowsOfKind('accompagnements'),
      UNKEPT,
    ]),
    ...(before === undefined ? [] : changedRecordSteps(ids, before, recordSources)),
  ];
}

/** `sources.changed_records`: records of today, but for schoolings that are what they were. `reads`: tables that records are made of. */
function changedRecordSteps(
  ids: RecordIds,
  before: PreviousReading['table'],
  reads: readonly string[],
): readonly Step[] {
  const schoolings = schoolingRecords(ids);
  // Asked of schoolings alone: of all records, the engine would gather these to look them up.
  const changed = `FROM (${schoolings}) ANTI JOIN sources.still_schoolings USING (file_no, ordinal)`;
  return [
    stillSchoolingsStep(schoolings, before, [rowsOf(ids, 'inscriptions'), ...RECORD_PARTS]),
    view('changed_records', toldPositionSql(`(${withNames(ids)} UNION ALL ${changed})`), [
      ...reads,
      'still_schoolings',
    ]),
  ];
}

/** What records are made of beside rows. */
const RECORD_PARTS = ['schooling_donors', 'files', 'excluded'] as const;
const UNKEPT = 'unkept_people';
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
  return `SELECT 0::BIGINT AS file_no, 0::INTEGER AS ordinal, 0::INTEGER AS sub, ''::VARCHAR AS position, ''::VARCHAR AS own_position,
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
