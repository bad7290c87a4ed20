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

/** Steps that make the views. Nothing is copied: each is read once. */
export function inputSteps(period: LinkagePeriod): readonly Step[] {
  return [recordsStep(period), identifiersStep(), namesStep(), exclusivePlacesStep(period)];
}

/**
 * A birth place is a commune (an arrondissement counts as its city) or a country abroad; born in France, commune
 * unknown, is unknown. Recent: an enrolment or a contract overlaps the window, a contract without an end being open.
 */
function recordsStep({ asOf, windowStart }: LinkagePeriod): Step {
  const [day, start] = [`DATE ${literal(asOf)}`, `DATE ${literal(windowStart)}`];
  return {
    name: 'linkage_input_records',
    reads: ['sources.records', 'sources.communes', 'sources.spells', 'sources.contracts'],
    writes: ['linkage.input_records'],
    sql: `CREATE OR REPLACE VIEW linkage.input_records AS
      WITH cities AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
      active AS (
        SELECT record_id FROM sources.spells
        WHERE enrolment AND first_day <= ${day} AND last_day >= ${start}
        UNION
        SELECT record_id FROM sources.contracts
        WHERE started_on <= ${day}
          AND coalesce(planned_end >= ${start}, true) AND coalesce(broken_on - 1 >= ${start}, true))
      SELECT r.record_id, r.first_name1 AS first_name, r.birth_date, ${birthPlaceSql('r', 'c')} AS place,
        a.record_id IS NOT NULL AS recent
      FROM sources.records r LEFT JOIN cities c ON c.code = r.birth_commune
      LEFT JOIN active a ON a.record_id = r.record_id`,
  };
}

function identifiersStep(): Step {
  return {
    name: 'linkage_input_identifiers',
    reads: ['sources.identifiers'],
    writes: ['linkage.input_identifiers'],
    sql: `CREATE OR REPLACE VIEW linkage.input_identifiers AS
      SELECT record_id, type, value FROM sources.identifiers`,
  };
}

function namesStep(): Step {
  return {
    name: 'linkage_input_names',
    reads: ['sources.records'],
    writes: ['linkage.input_names'],
    sql: `CREATE OR REPLACE VIEW linkage.input_names AS
      SELECT record_id, family_name AS name FROM sources.records WHERE family_name IS NOT NULL
      UNION ALL
      SELECT record_id, usage_name FROM sources.records
      WHERE usage_name IS NOT NULL AND usage_name IS DISTINCT FROM family_name`,
  };
}

/** Nobody is a pupil in two schools at once. */
function exclusivePlacesStep({ asOf }: LinkagePeriod): Step {
  const day = `DATE ${literal(asOf)}`;
  return {
    name: 'linkage_input_exclusive_places',
    reads: ['sources.spells'],
    writes: ['linkage.input_exclusive_places'],
    sql: `CREATE OR REPLACE VIEW linkage.input_exclusive_places AS
      SELECT record_id, uai AS place FROM sources.spells
      WHERE status = 'scolaire' AND enrolment AND NOT not_in_class AND uai IS NOT NULL
        AND first_day <= ${day} AND last_day >= ${day}`,
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
