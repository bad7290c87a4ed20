import { normalizedNameSql } from '@raccroche/linkage';
import { literal } from '../../platform/duckdb/sql.ts';
import { dropStep, type Step } from '../../platform/duckdb/step.ts';
import { heldSql } from './held-identifiers.ts';
import { activeRecordsSql, type LinkagePeriod, type LinkedSources } from './input.ts';
import { TELLING_RESULTS } from './telling-results.ts';
import { TOLD_NUMBERS, toldNumbersSql } from './told-numbers.ts';

/** Names of records, each under the name that its spelling goes by. */
const NAMES = [
  ['family', 'family_name'],
  ['usage', 'usage_name'],
  ['first1', 'first_name1'],
  ['first2', 'first_name2'],
] as const;

/** What records say of who somebody is. Nothing is NULL: two records that say nothing say the same. */
const SAID = [...TOLD_NUMBERS, 'held'] as const;

/**
 * What records tell of who people are, each different telling once: of a country's twenty million records two in three repeat another one
 * of the same person, and examinations alone tell everybody four times. Records of one telling bear the same identifiers and birth date,
 * so that the first stage joins them whatever else there is (rules §7): it looks at tellings, and its persons are those of their records.
 *
 * Alone in its telling is a record without an identifier, for two who say the same may be homonyms; and one that puts somebody in a
 * place, which a litige may be about.
 *
 * | telling | record_id | names     | firsts  | who               | held        | alone |
 * | ------- | --------- | --------- | ------- | ----------------- | ----------- | ----- |
 * | 7       | r1        | 4821 · 0  | 311 · 0 | 2008-03-14 · 96 · F | 1234567890A | false |
 *
 * Leaves `linkage.tellings`, record_id being the smallest of each, in whose order they are numbered; `linkage.record_tellings` (record_id, telling) for every record;
 * `linkage.spellings`, `linkage.spelled_names` and `linkage.birth_places`, which say what the numbers stand for.
 */
export function tellingSteps(period: LinkagePeriod, sources: LinkedSources): readonly Step[] {
  return [
    spellingsStep(sources),
    birthPlacesStep(sources),
    toldStep(period, sources),
    tellingsStep(),
    recordTellingsStep(),
  ];
}

/** `linkage.spellings` (text, name, spelling): each name as written, in its one spelling, and the number of that; NULL without any. */
function spellingsStep({ records }: LinkedSources): Step {
  // Column by column: texts that stand together in a row would each time be put in a list and taken out of it.
  const texts = NAMES.map(([, column]) => `SELECT ${column} AS text FROM ${records}`).join(' UNION ');
  return {
    name: 'linkage_spellings',
    reads: [records],
    writes: ['linkage.spellings', 'linkage.spelled_names'],
    sql: `CREATE OR REPLACE TABLE linkage.spellings AS
      WITH texts AS (${texts}),
      spelled AS (SELECT text, ${normalizedNameSql('text')} AS name FROM texts)
      -- No WHERE: the engine would look for what spells nothing in all records, and spell each.
      SELECT text, name, CASE WHEN name IS NOT NULL THEN (dense_rank() OVER (ORDER BY name))::INTEGER END AS spelling
      FROM spelled;
      CREATE OR REPLACE TABLE linkage.spelled_names AS
      SELECT DISTINCT spelling, name FROM linkage.spellings WHERE spelling IS NOT NULL`,
  };
}

/** INSEE code of France as a country of birth. */
const FRANCE = '99100';

/** Where a record (`record`) was born, as a text, `city` being that of its commune; NULL when born in France nobody says where. */
export function birthPlaceSql(record: string, city: string): string {
  return `CASE WHEN ${record}.birth_commune IS NOT NULL THEN 'commune:' || coalesce(${city}.city, ${record}.birth_commune)
    WHEN ${record}.birth_country <> ${literal(FRANCE)} THEN 'country:' || ${record}.birth_country END`;
}

/**
 * `linkage.birth_places` (commune, country, born, place): a birth place is a commune (an arrondissement counts as its city) or a
 * country abroad; born in France, commune unknown, is unknown. Numbers are in the order of places, the first for a place that nobody says.
 */
function birthPlacesStep({ records }: LinkedSources): Step {
  return {
    name: 'linkage_birth_places',
    reads: [records, 'sources.communes'],
    writes: ['linkage.birth_places'],
    sql: `CREATE OR REPLACE TABLE linkage.birth_places AS
      WITH cities AS (SELECT code, min(city) AS city FROM sources.communes GROUP BY code),
      said AS (SELECT DISTINCT birth_commune, birth_country FROM ${records}),
      placed AS (SELECT s.*, ${birthPlaceSql('s', 'c')} AS place FROM said s LEFT JOIN cities c ON c.code = s.birth_commune)
      SELECT birth_commune AS commune, birth_country AS country, (dense_rank() OVER (ORDER BY place NULLS FIRST))::INTEGER AS born, place
      FROM placed`,
  };
}

/** `linkage.told`, a row a record: what it says, in numbers, and whether it stands for itself. */
function toldStep(period: LinkagePeriod, { records, spells, contracts }: LinkedSources): Step {
  const numbers = toldNumbersSql({
    family: 'family.spelling',
    usage: 'usage.spelling',
    first1: 'first1.spelling',
    first2: 'first2.spelling',
    birth_date: 'r.birth_date',
    born: 'b.born',
    sex: 'r.sex',
    recent: 'coalesce(a.recent, false)',
  });
  const spellings = NAMES.map(
    ([name, column]) => `LEFT JOIN linkage.spellings ${name} ON ${name}.text = r.${column}`,
  );
  return {
    name: 'linkage_told',
    reads: ['linkage.spellings', 'linkage.birth_places', records, spells, contracts],
    writes: ['linkage.told'],
    sql: `CREATE OR REPLACE TABLE linkage.told AS
      WITH active AS (${activeRecordsSql(period, { spells, contracts })}),
      said AS (
        SELECT r.record_id, ${numbers}, ${heldSql('r')} AS held, r.birth_date IS NULL OR coalesce(a.placed, false) AS apart
        FROM ${records} r
        ${spellings.join('\n        ')}
        JOIN linkage.birth_places b
          ON b.commune IS NOT DISTINCT FROM r.birth_commune AND b.country IS NOT DISTINCT FROM r.birth_country
        LEFT JOIN active a ON a.record_id = r.record_id)
      SELECT * EXCLUDE (apart), apart OR held = '' AS alone FROM said`,
  };
}

/** Sorted first, then numbered by their place in that table, which takes no window: that is one thread's work. */
function tellingsStep(): Step {
  const said = SAID.join(', ');
  return {
    name: 'linkage_tellings',
    reads: ['linkage.told'],
    writes: ['linkage.sorted_tellings', 'linkage.tellings'],
    sql: `CREATE OR REPLACE TABLE linkage.sorted_tellings AS
      SELECT min(record_id) AS record_id, ${said}, alone FROM linkage.told WHERE NOT alone GROUP BY ${said}, alone
      UNION ALL SELECT record_id, ${said}, alone FROM linkage.told WHERE alone
      ORDER BY record_id;
      CREATE OR REPLACE TABLE linkage.tellings AS SELECT (rowid + 1)::INTEGER AS telling, * FROM linkage.sorted_tellings;
      DROP TABLE linkage.sorted_tellings`,
  };
}

function recordTellingsStep(): Step {
  return {
    name: 'linkage_record_tellings',
    reads: ['linkage.told', 'linkage.tellings'],
    writes: ['linkage.record_tellings', 'linkage.told'],
    sql: `CREATE OR REPLACE TABLE linkage.record_tellings AS
      SELECT t.record_id, g.telling FROM (FROM linkage.told WHERE NOT alone) t
      JOIN (FROM linkage.tellings WHERE NOT alone) g USING (${SAID.join(', ')})
      UNION ALL SELECT record_id, telling FROM linkage.tellings WHERE alone;
      DROP TABLE linkage.told`,
  };
}

/**
 * Records of whom somebody decided may be of several persons although they say the same: each then is a telling of its own, and of the
 * person that `linkage.memberships` says.
 */
export function decidedTellingsStep(): Step {
  return {
    name: 'linkage_decided_tellings',
    reads: [
      'linkage.decided_persons',
      'linkage.memberships',
      'linkage.record_tellings',
      'linkage.tellings',
      TELLING_RESULTS.memberships,
    ],
    writes: [
      'linkage.parted_tellings',
      'linkage.decided_tellings',
      'linkage.tellings',
      'linkage.record_tellings',
      TELLING_RESULTS.memberships,
    ],
    sql: `CREATE OR REPLACE TABLE linkage.parted_tellings AS
      WITH decided AS (SELECT DISTINCT telling FROM linkage.record_tellings SEMI JOIN linkage.decided_persons USING (record_id)),
      parted AS (
        SELECT r.record_id AS own, g.* FROM decided JOIN linkage.record_tellings r USING (telling)
        JOIN linkage.tellings g USING (telling) WHERE r.record_id <> g.record_id)
      SELECT * EXCLUDE (own) REPLACE (own AS record_id,
        (SELECT max(telling) FROM linkage.tellings) + (row_number() OVER ())::INTEGER AS telling) FROM parted;
      INSERT INTO linkage.tellings BY NAME FROM linkage.parted_tellings;
      UPDATE linkage.record_tellings SET telling = p.telling FROM linkage.parted_tellings p
      WHERE p.record_id = linkage.record_tellings.record_id;
      CREATE OR REPLACE TABLE linkage.decided_tellings AS
      SELECT telling, record_id FROM linkage.parted_tellings
      UNION SELECT telling, record_id FROM linkage.tellings SEMI JOIN linkage.decided_persons USING (record_id);
      DELETE FROM linkage.telling_members WHERE record_id IN (SELECT telling FROM linkage.decided_tellings);
      INSERT INTO linkage.telling_members
      SELECT d.telling, p.telling FROM linkage.decided_tellings d
      JOIN linkage.memberships m USING (record_id) JOIN linkage.tellings p ON p.record_id = m.person_id;
      DROP TABLE linkage.parted_tellings; DROP TABLE linkage.decided_tellings`,
  };
}

/** Drops what is left of them. */
export function dropTellingsStep(): Step {
  return dropStep('linkage_drop_tellings', [
    'linkage.spellings',
    'linkage.spelled_names',
    'linkage.birth_places',
    'linkage.told',
    'linkage.sorted_tellings',
    'linkage.tellings',
    'linkage.record_tellings',
    'linkage.parted_tellings',
    'linkage.decided_tellings',
    ...Object.values(TELLING_RESULTS),
  ]);
}
