import type { CivilDate } from '../../kernel/civil-date.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import { dropStep, type Step } from '../../platform/duckdb/step.ts';
import { heldIdentifiersSql } from './held-identifiers.ts';
import { toldSql } from './told-numbers.ts';

/** What is recent and what is now. */
export interface LinkagePeriod {
  /** Reference date D. */
  readonly asOf: CivilDate;
  /** First day of the window W that ends at D. */
  readonly windowStart: CivilDate;
}

/**
 * Views of what records tell, in the shape that the engine asks for: a telling is a record of the engine, under its own number, which stands
 * in the order of the smallest ids of their records.
 */
export const INPUT_VIEWS = {
  records: 'linkage.input_records',
  identifiers: 'linkage.input_identifiers',
  names: 'linkage.input_names',
  exclusivePlaces: 'linkage.input_exclusive_places',
  spellings: 'linkage.spelled_names',
} as const;

/** Columns of a record that linkage reads, beside its id and its identifiers. */
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
  readonly spells: string;
  readonly contracts: string;
}

export const ALL_SOURCES: LinkedSources = {
  records: 'sources.records',
  spells: 'sources.spells',
  contracts: 'sources.contracts',
};

/** Steps that make the views, over `tellingSteps`. Nothing is copied: each is read once. */
export function inputSteps(period: LinkagePeriod, sources: LinkedSources = ALL_SOURCES): readonly Step[] {
  return [recordsStep(), identifiersStep(), namesStep(), exclusivePlacesStep(period, sources)];
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

/**
 * Query of the records of which a spell or a contract says something of the period, each once: `recent` when an enrolment or a contract
 * overlaps the window, `placed` when somebody is a pupil in a school at the reference date.
 */
export function activeRecordsSql(
  period: LinkagePeriod,
  from: Pick<LinkedSources, 'spells' | 'contracts'>,
): string {
  return `SELECT record_id, bool_or(recent) AS recent, bool_or(placed) AS placed FROM (
          SELECT record_id, ${activeSpellSql(period)} AS recent, ${exclusiveSpellSql(period)} AS placed FROM ${from.spells}
          UNION ALL SELECT record_id, true, false FROM ${from.contracts} WHERE ${activeContractSql(period)})
        WHERE recent OR placed GROUP BY record_id`;
}

function recordsStep(): Step {
  return {
    name: 'linkage_input_records',
    reads: ['linkage.tellings', 'linkage.birth_places'],
    writes: ['linkage.input_records'],
    sql: `CREATE OR REPLACE VIEW linkage.input_records AS
      SELECT t.telling AS record_id, nullif(t.first1, 0) AS first_name, t.birth_date,
        -- By its number: most names of places are too long to stand in a row.
        CASE WHEN p.place IS NOT NULL THEN born::VARCHAR END AS place, t.recent
      FROM (SELECT telling, ${toldSql('first1', 'birth_date', 'born', 'recent')} FROM linkage.tellings) t JOIN (SELECT DISTINCT born, place FROM linkage.birth_places) p USING (born)`,
  };
}

function identifiersStep(): Step {
  return {
    name: 'linkage_input_identifiers',
    reads: ['linkage.tellings'],
    writes: ['linkage.input_identifiers'],
    sql: `CREATE OR REPLACE VIEW linkage.input_identifiers AS
      WITH told AS (SELECT telling, held, ${toldSql('recent')} FROM linkage.tellings)
      SELECT telling AS record_id, type, value, recent FROM (${heldIdentifiersSql('told', 'telling, recent')})`,
  };
}

function namesStep(): Step {
  return {
    name: 'linkage_input_names',
    reads: ['linkage.tellings'],
    writes: ['linkage.input_names'],
    sql: `CREATE OR REPLACE VIEW linkage.input_names AS
      WITH told AS (SELECT telling, ${toldSql('family', 'usage')} FROM linkage.tellings)
      SELECT record_id, name FROM (
        SELECT telling AS record_id, family AS name FROM told
        UNION ALL SELECT telling, usage FROM told WHERE usage <> family) WHERE name <> 0`,
  };
}

function exclusivePlacesStep(period: LinkagePeriod, { spells }: LinkedSources): Step {
  return {
    name: 'linkage_input_exclusive_places',
    reads: ['linkage.tellings', spells],
    writes: ['linkage.exclusive_places', 'linkage.input_exclusive_places'],
    sql: `CREATE OR REPLACE VIEW linkage.exclusive_places AS
      SELECT record_id, uai AS place FROM ${spells} WHERE ${exclusiveSpellSql(period)};
      CREATE OR REPLACE VIEW linkage.input_exclusive_places AS
      SELECT telling AS record_id, place FROM linkage.exclusive_places JOIN linkage.tellings USING (record_id)`,
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
      'linkage.exclusive_places',
    ],
    'VIEW',
  );
}
