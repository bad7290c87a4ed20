import { dropStep, type Step } from '../../../platform/duckdb/step.ts';
import { ALL_SOURCES, type LinkedSources, READ_OF_RECORD } from '../input.ts';

/** What `sources` says of the touched records, read once and held apart. */
export const TOUCHED_SOURCES: LinkedSources = {
  records: 'linkage.touched_rows',
  spells: 'linkage.touched_spells',
  contracts: 'linkage.touched_contracts',
};

const COLUMNS: LinkedSources = {
  records: `record_id, ${READ_OF_RECORD.join(', ')}, ine_type, ine, ina`,
  spells: 'record_id, uai, status, first_day, last_day, not_in_class, enrolment',
  contracts: 'record_id, started_on, planned_end, broken_on',
};
const KINDS = ['records', 'spells', 'contracts'] as const;

/** Makes those tables of the rows of `linkage.touched_records`, which are told in `sources`. */
export function touchedRowSteps(sources = ALL_SOURCES): readonly Step[] {
  const records = 'linkage.touched_records';
  return KINDS.map((kind) => ({
    name: `linkage_${nameOf(kind)}`,
    reads: [sources[kind], records],
    writes: [TOUCHED_SOURCES[kind]],
    sql: `CREATE OR REPLACE TABLE linkage.${nameOf(kind)} AS ${rowsSql(kind, sources, records)}`,
  }));
}

/** Adds the rows of more records. */
export function moreTouchedRowSteps(records: string): readonly Step[] {
  return KINDS.map((kind) => ({
    name: `linkage_more_${nameOf(kind)}`,
    reads: [ALL_SOURCES[kind], records],
    writes: [TOUCHED_SOURCES[kind]],
    sql: `INSERT INTO linkage.${nameOf(kind)} ${rowsSql(kind, ALL_SOURCES, records)}`,
  }));
}

function nameOf(kind: (typeof KINDS)[number]): string {
  return `touched_${kind === 'records' ? 'rows' : kind}`;
}

function rowsSql(kind: (typeof KINDS)[number], sources: LinkedSources, records: string): string {
  return `SELECT ${COLUMNS[kind]} FROM ${sources[kind]} SEMI JOIN ${records} USING (record_id)`;
}

export function dropTouchedStep(): Step {
  return dropStep(
    'linkage_drop_touched',
    [
      'changed_records',
      'gone_records',
      'unsure_records',
      'unsure_before',
      'turned_records',
      'same_deliveries',
      'touched_records',
      'person_components',
      'known_persons',
      'more_persons',
      'more_records',
      'other_moves',
      'moved_records',
      'touched_rows',
      'touched_spells',
      'touched_contracts',
    ].map((table) => `linkage.${table}`),
  );
}
