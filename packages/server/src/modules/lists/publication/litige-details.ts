import type { CheckCode, LitigeEvidence, LitigeRecord } from '@raccroche/contract';
import { groupBy } from '../../../kernel/group-by.ts';
import type { Database, SqlRow } from '../../../platform/duckdb/database.ts';
import { findCommuneName } from '../../sources/index.ts';
import { ofAnotherVersion, openCampaign } from '../campaign/open-campaign.ts';
import type { PublishedLitige } from './read-litiges.ts';
import type { PublishableCampaign } from './read-published.ts';

/** The two numbers of a litige, as its question names them. */
export type LitigePair = Pick<PublishedLitige, 'siei1' | 'siei2'>;

/** What a campaign knows of one of the two. */
export interface LitigeSide {
  /** SIEI number, or the code of a death. */
  readonly number: string;
  /** Null: a death. */
  readonly listed: boolean | null;
  /** Checks that keep them off the lists, in the order of the rules. */
  readonly failedChecks: readonly CheckCode[];
  /** Those that make the litige first, then the latest; a few, none twice alike. */
  readonly records: readonly LitigeRecord[];
}

/** What somebody needs to decide a litige. */
export interface LitigeDetails extends LitigePair {
  /** Null: no model weighed the pair. */
  readonly evidence: readonly LitigeEvidence[] | null;
  readonly sides: readonly LitigeSide[];
}

const RECORDS_MAX = 4;
/** Questions told at a time: a country has tens of thousands, and each comes with its records. */
const TOLD_AT_ONCE = 2_000;

/**
 * Asks a finished campaign what weighs in these litiges and what each file tells of both sides, some at a time. The campaign is
 * read once, however many there are. Nothing for a campaign of another version, which did not keep it so.
 */
export async function* askLitiges(
  campaign: PublishableCampaign,
  pairs: readonly LitigePair[],
): AsyncGenerator<readonly LitigeDetails[]> {
  if (pairs.length === 0 || ofAnotherVersion(campaign.manifest) !== undefined) return;
  const { database } = await openCampaign(campaign.folder);
  try {
    yield* tellLitiges(database, pairs);
  } finally {
    database.close();
  }
}

/** The same on the tables of an open campaign; leaves tables of its own in it, in memory alone. */
export async function* tellLitiges(
  database: Database,
  pairs: readonly LitigePair[],
): AsyncGenerator<readonly LitigeDetails[]> {
  await database.run(ASKED, [pairs.map(({ siei1, siei2 }) => `${siei1} ${siei2}`).join(',')]);
  for (const sql of [EVIDENCE, RECORDS, DEATHS]) await database.run(sql);
  for (let from = 0; from < pairs.length; from += TOLD_AT_ONCE)
    yield await readDetails(database, pairs.slice(from, from + TOLD_AT_ONCE), from);
}

const ASKED = `CREATE OR REPLACE TABLE lists.asked_litiges AS
  SELECT place, split_part(pair, ' ', 1) AS siei_1, split_part(pair, ' ', 2) AS siei_2
  FROM (SELECT unnest(range(len(pairs))) AS place, unnest(pairs) AS pair FROM (SELECT string_split($1, ',') AS pairs))`;

/** A litige is told under the numbers of its persons; a death stands second. */
const EVIDENCE = `CREATE OR REPLACE TABLE lists.asked_evidence AS
  WITH told AS (
    SELECT a.place, g.record_ids, g.match_weight, g.evidence
    FROM lists.asked_litiges a JOIN lists.numbers l ON l.siei = a.siei_1 JOIN lists.numbers r ON r.siei = a.siei_2
    JOIN linkage.litiges g ON least(g.person_id_l, coalesce(g.person_id_r, g.person_id_l)) = least(l.person_id, r.person_id)
      AND greatest(g.person_id_l, coalesce(g.person_id_r, g.person_id_l)) = greatest(l.person_id, r.person_id)
    WHERE g.reason <> 'death'
    UNION ALL
    SELECT a.place, g.record_ids, g.match_weight, g.evidence
    FROM lists.asked_litiges a JOIN lists.numbers l ON l.siei = a.siei_1 JOIN lists.death_codes c ON c.code = a.siei_2
    JOIN linkage.litiges g ON g.person_id_l = l.person_id AND g.reason = 'death' AND list_contains(g.record_ids, c.death_id))
  SELECT place, flatten(list(record_ids ORDER BY record_ids)) AS record_ids, arg_max(evidence, match_weight) AS evidence
  FROM told GROUP BY place`;

const RECORDS = `CREATE OR REPLACE TABLE lists.asked_records AS
  WITH people AS (
    SELECT n.siei, n.person_id FROM lists.numbers n
    WHERE n.siei IN (SELECT siei_1 FROM lists.asked_litiges UNION SELECT siei_2 FROM lists.asked_litiges)),
  own AS (SELECT p.siei, p.person_id, m.record_id FROM people p JOIN linkage.memberships m USING (person_id)),
  stays AS (
    SELECT record_id, arg_max(uai, (last_day, spell_no)) AS school, max(last_day) AS last_day
    FROM sources.spells WHERE record_id IN (SELECT record_id FROM own) GROUP BY record_id),
  held AS (
    SELECT record_id, list(type || ' ' || right(value, 4) ORDER BY type) AS identifiers
    FROM sources.identifiers WHERE record_id IN (SELECT record_id FROM own) GROUP BY record_id),
  failed AS (
    SELECT person_id, list(check_code ORDER BY ordinal) AS checks FROM eligibility.checks
    WHERE NOT passed AND person_id IN (SELECT person_id FROM people) GROUP BY person_id)
  SELECT o.siei AS number, e.listed, failed.checks AS failed_checks, r.record_id, r.source, f.extracted_on, r.family_name,
    r.usage_name, list_filter([r.first_name1, r.first_name2, r.first_name3], lambda name: name IS NOT NULL) AS first_names,
    r.sex, r.birth_date, r.birth_commune, r.birth_country, r.commune, held.identifiers, stays.school, stays.last_day,
    NULL::DATE AS died_on, coalesce(stays.last_day, r.recorded_on) AS latest
  FROM own o JOIN sources.records r USING (record_id) JOIN sources.files f USING (file_no)
  LEFT JOIN eligibility.persons e USING (person_id) LEFT JOIN failed USING (person_id)
  LEFT JOIN stays USING (record_id) LEFT JOIN held USING (record_id)`;

const DEATHS = `INSERT INTO lists.asked_records BY NAME
  SELECT c.code AS number, d.death_id AS record_id, 'INSEE' AS source, f.extracted_on, d.family_name,
    string_split(coalesce(d.first_names, ''), ' ') AS first_names, d.sex, d.birth_date, d.birth_commune, d.birth_country, d.died_on
  FROM lists.death_codes c JOIN sources.deaths d USING (death_id) JOIN sources.files f USING (file_no)
  WHERE c.code IN (SELECT siei_2 FROM lists.asked_litiges)`;

async function readDetails(
  database: Database,
  pairs: readonly LitigePair[],
  from: number,
): Promise<LitigeDetails[]> {
  const between = [from, from + pairs.length - 1];
  const told = new Map(
    (
      await database.all('FROM lists.asked_evidence WHERE place BETWEEN $1::BIGINT AND $2::BIGINT', between)
    ).map((row) => [
      Number(row.place) - from,
      { recordIds: new Set(texts(row.record_ids)), evidence: evidenceOf(row.evidence) },
    ]),
  );
  const rows = groupBy(
    await database.all(
      `WITH wanted AS (FROM lists.asked_litiges WHERE place BETWEEN $1::BIGINT AND $2::BIGINT)
       FROM lists.asked_records WHERE number IN (SELECT siei_1 FROM wanted UNION SELECT siei_2 FROM wanted)
       ORDER BY number, latest DESC NULLS LAST, record_id`,
      between,
    ),
    (row) => String(row.number),
  );
  return pairs.map(({ siei1, siei2 }, index) => {
    const litige = told.get(index);
    return {
      siei1,
      siei2,
      evidence: litige?.evidence ?? null,
      sides: [...new Set([siei1, siei2])].flatMap((number) => {
        const own = rows.get(number);
        return own ? [sideOf(number, own, litige?.recordIds ?? new Set())] : [];
      }),
    };
  });
}

function sideOf(number: string, rows: readonly SqlRow[], making: ReadonlySet<string>): LitigeSide {
  const isMaking = (row: SqlRow) => making.has(String(row.record_id));
  const records = [...rows.filter(isMaking), ...rows.filter((row) => !isMaking(row))].map(recordOf);
  const [first] = rows;
  return {
    number,
    listed: (first?.listed as boolean | null | undefined) ?? null,
    failedChecks: texts(first?.failed_checks) as CheckCode[],
    records: [...new Map(records.map((record) => [JSON.stringify(record), record])).values()].slice(
      0,
      RECORDS_MAX,
    ),
  };
}

const recordOf = (row: SqlRow): LitigeRecord => ({
  source: String(row.source),
  extractedOn: text(row.extracted_on),
  familyName: text(row.family_name),
  usageName: text(row.usage_name),
  firstNames: texts(row.first_names).filter(Boolean),
  sex: row.sex === 'M' || row.sex === 'F' ? row.sex : null,
  birthDate: String(row.birth_date),
  birthPlace: placeOf(text(row.birth_commune), text(row.birth_country)),
  commune: placeOf(text(row.commune), null),
  identifiers: texts(row.identifiers),
  school: text(row.school),
  lastDay: text(row.last_day),
  diedOn: text(row.died_on),
});

const FRANCE = '99100';

/** The name of a commune, or the code of a country; France alone says nothing. */
function placeOf(commune: string | null, country: string | null): string | null {
  if (commune !== null) return findCommuneName(commune) ?? commune;
  return country === null || country === FRANCE ? null : `hors de France (${country})`;
}

const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function evidenceOf(value: unknown): LitigeEvidence[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return (value as readonly SqlRow[]).map(({ comparison, level, weight }) => ({
    comparison: String(comparison),
    level: String(level),
    weight: Number(weight),
  }));
}
