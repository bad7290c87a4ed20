import type { CivilDate } from '../../kernel/civil-date.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { dropStep, type Step } from '../../platform/duckdb/step.ts';

/** What is recent and what is now. */
export interface LinkagePeriod {
  /** Reference date D. */
  readonly asOf: CivilDate;
  /** First day of the window W that ends at D. */
  readonly windowStart: CivilDate;
}

/** Views of what records tell, in the shape that the engine asks for: a telling is a record of the engine, under the smallest id of its records. */
export const INPUT_VIEWS = {
  records: 'linkage.input_records',
  identifiers: 'linkage.input_identifiers',
  names: 'linkage.input_names',
  exclusivePlaces: 'linkage.input_exclusive_places',
} as const;

/** Columns of a record that linkage reads, beside its id. */
export const READ_OF_RECORD = [
  'family_name',
  'usage_name',
  'first_name1',
  'first_name2',
  'sex',
  'birth_date',
  'birth_commune',
  'birth_country',
  'commune',
  'phone',
  'mobile',
  'email',
] as const;

/** Tables of `sources` that linkage reads, or in their place those that hold what they say of some records. */
export interface LinkedSources {
  readonly records: string;
  readonly identifiers: string;
  readonly spells: string;
  readonly contracts: string;
}

export const ALL_SOURCES: LinkedSources = {
  records: 'sources.records',
  identifiers: 'sources.identifiers',
  spells: 'sources.spells',
  contracts: 'sources.contracts',
};

/** Steps that make the views, over `tellingSteps`. Nothing is copied: each is read once. */
export function inputSteps(period: LinkagePeriod, sources: LinkedSources = ALL_SOURCES): readonly Step[] {
  return [recordsStep(), identifiersStep(sources), namesStep(), exclusivePlacesStep(period, sources)];
}

/** Whether a spell is an enrolment in the window. */
export function activeSpellSql({ asOf, windowStart }: LinkagePeriod): string {
  return `enrolment AND first_day <= DATE ${literal(asOf)} AND last_day >= DATE ${literal(windowStart)}`;
}

/** Whether a contract overlaps the window; one without an end is open. */
export function activeContractSql({ asOf, windowStart }: LinkagePeriod): string {
  const start = `DATE ${literal(windowStart)}`;
  return `started_on <= DATE ${literal(asOf)}
    AND coalesce(planned_end >= ${start}, true) AND coalesce(broken_on - 1 >= ${start}, true)`;
}

/** Whether a spell is one of a pupil in a school at the reference date: nobody is in two at once. */
export function exclusiveSpellSql({ asOf }: LinkagePeriod): string {
  const day = `DATE ${literal(asOf)}`;
  return `coalesce(status = 'scolaire' AND enrolment AND NOT not_in_class AND uai IS NOT NULL
    AND first_day <= ${day} AND last_day >= ${day}, false)`;
}

/** Query of the ids of records that are recent: an enrolment or a contract overlaps the window. */
export function activeRecordsSql(
  period: LinkagePeriod,
  from: Pick<LinkedSources, 'spells' | 'contracts'>,
): string {
  return `SELECT record_id FROM ${from.spells} WHERE ${activeSpellSql(period)}
        UNION SELECT record_id FROM ${from.contracts} WHERE ${activeContractSql(period)}`;
}

function recordsStep(): Step {
  return {
    name: 'linkage_input_records',
    reads: ['linkage.tellings', 'linkage.spelled_names', 'linkage.birth_places'],
    writes: ['linkage.input_records'],
    sql: `CREATE OR REPLACE VIEW linkage.input_records AS
      SELECT t.record_id, n.name AS first_name, t.birth_date, p.place, t.recent
      FROM linkage.tellings t LEFT JOIN linkage.spelled_names n ON n.spelling = t.first1
      JOIN (SELECT DISTINCT born, place FROM linkage.birth_places) p USING (born)`,
  };
}

function identifiersStep({ identifiers }: LinkedSources): Step {
  return {
    name: 'linkage_input_identifiers',
    reads: [identifiers],
    writes: ['linkage.input_identifiers'],
    // Of all records: the engine joins them to its own anyway.
    sql: `CREATE OR REPLACE VIEW linkage.input_identifiers AS SELECT record_id, type, value FROM ${identifiers}`,
  };
}

function namesStep(): Step {
  return {
    name: 'linkage_input_names',
    reads: ['linkage.tellings', 'linkage.spelled_names'],
    writes: ['linkage.input_names'],
    sql: `CREATE OR REPLACE VIEW linkage.input_names AS
      SELECT record_id, name FROM (
        SELECT record_id, family AS spelling FROM linkage.tellings
        UNION ALL SELECT record_id, usage FROM linkage.tellings WHERE usage <> family)
      JOIN linkage.spelled_names USING (spelling)`,
  };
}

function exclusivePlacesStep(period: LinkagePeriod, { spells }: LinkedSources): Step {
  return {
    name: 'linkage_input_exclusive_places',
    reads: [spells],
    writes: ['linkage.input_exclusive_places'],
    sql: `CREATE OR REPLACE VIEW linkage.input_exclusive_places AS
      SELECT record_id, uai AS place FROM ${spells} WHERE ${exclusiveSpellSql(period)}`,
  };
}

/** Drops the views. */
export function dropInputStep(): Step {
  return dropStep(
    'linkage_drop_input',
    [
      'linkage.input_records',
      'linkage.input_identifiers',
      'linkage.input_names',
      'linkage.input_exclusive_places',
    ],
    'VIEW',
  );
}
