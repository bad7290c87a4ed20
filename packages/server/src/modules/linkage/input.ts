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

/** INSEE code of France as a country of birth. */
const FRANCE = '99100';

/** Views of the canonical tables in the shape that the engine asks for. */
export const INPUT_VIEWS = {
  records: 'linkage.input_records',
  identifiers: 'linkage.input_identifiers',
  names: 'linkage.input_names',
  exclusivePlaces: 'linkage.input_exclusive_places',
} as const;

/** Where a record (`record`) was born, `city` being that of its commune; NULL when born in France nobody says where. */
export function birthPlaceSql(record: string, city: string): string {
  return `CASE WHEN ${record}.birth_commune IS NOT NULL THEN 'commune:' || coalesce(${city}.city, ${record}.birth_commune)
    WHEN ${record}.birth_country <> ${literal(FRANCE)} THEN 'country:' || ${record}.birth_country END`;
}

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

/** Steps that make the views. Nothing is copied: each is read once. */
export function inputSteps(period: LinkagePeriod, sources: LinkedSources = ALL_SOURCES): readonly Step[] {
  return [
    peopleStep(sources),
    recordsStep(period, sources),
    identifiersStep(sources),
    namesStep(),
    exclusivePlacesStep(period, sources),
  ];
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

/** The records as they are, for the stage that compares them. */
function peopleStep({ records }: LinkedSources): Step {
  return {
    name: 'linkage_input_people',
    reads: [records],
    writes: ['linkage.input_people'],
    sql: `CREATE OR REPLACE VIEW linkage.input_people AS FROM ${records}`,
  };
}

/**
 * A birth place is a commune (an arrondissement counts as its city) or a country abroad; born in France, commune
 * unknown, is unknown. Recent: an enrolment or a contract overlaps the window, a contract without an end being open.
 */
function recordsStep(period: LinkagePeriod, { spells, contracts }: LinkedSources): Step {
  return {
    name: 'linkage_input_records',
    reads: ['linkage.input_people', 'sources.communes', spells, contracts],
    writes: ['linkage.input_records'],
    sql: `CREATE OR REPLACE VIEW linkage.input_records AS
      WITH cities AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
      active AS (
        SELECT record_id FROM ${spells} WHERE ${activeSpellSql(period)}
        UNION
        SELECT record_id FROM ${contracts} WHERE ${activeContractSql(period)})
      SELECT r.record_id, r.first_name1 AS first_name, r.birth_date, ${birthPlaceSql('r', 'c')} AS place,
        a.record_id IS NOT NULL AS recent
      FROM linkage.input_people r LEFT JOIN cities c ON c.code = r.birth_commune
      LEFT JOIN active a ON a.record_id = r.record_id`,
  };
}

function identifiersStep({ identifiers }: LinkedSources): Step {
  return {
    name: 'linkage_input_identifiers',
    reads: [identifiers],
    writes: ['linkage.input_identifiers'],
    sql: `CREATE OR REPLACE VIEW linkage.input_identifiers AS
      SELECT record_id, type, value FROM ${identifiers}`,
  };
}

function namesStep(): Step {
  return {
    name: 'linkage_input_names',
    reads: ['linkage.input_people'],
    writes: ['linkage.input_names'],
    sql: `CREATE OR REPLACE VIEW linkage.input_names AS
      SELECT record_id, family_name AS name FROM linkage.input_people WHERE family_name IS NOT NULL
      UNION ALL
      SELECT record_id, usage_name FROM linkage.input_people
      WHERE usage_name IS NOT NULL AND usage_name IS DISTINCT FROM family_name`,
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
      'linkage.input_people',
    ],
    'VIEW',
  );
}
