import { join } from 'node:path';
import { listedColumn, TRUTH_COLUMNS, type TruthRuleSet, type TruthTable } from '@raccroche/synthetic';
import { firstDeliverySql, ownIdSql } from '../../modules/sources/index.ts';
import { literal } from '../../platform/duckdb/sql.ts';
import type { Step } from '../../platform/duckdb/step.ts';

/** Which truth to hold a campaign against. */
export interface TruthSource {
  readonly folder: string;
  readonly ruleSet: TruthRuleSet;
  readonly asOf: string;
}

/** A table of the truth, all parts together, every column a text; `filename` tells the part. */
export function truthRelation(folder: string, table: TruthTable): string {
  const columns = TRUTH_COLUMNS[table].map((name) => `'${name}': 'VARCHAR'`).join(', ');
  const files = literal(join(folder, table, '*.csv'));
  return `read_csv(${files}, delim = ';', header = true, quote = '', escape = '', auto_detect = false, filename = true, columns = {${columns}})`;
}

/** The one part of the truth that is no académie's: the file of deaths is the country's. */
const NATIONAL_PART = 'insee';

/** A person of the truth as a number; NULL for the dead of elsewhere, who are nobody of the country. */
export const humanSql = (column: string): string => `TRY_CAST(substr(${column}, 2) AS INTEGER)`;

/** A record as a number, from the rank of its file and its own in it: texts of tens of millions of rows would not fit. */
export const recordSql = (fileRank: string, ordinal: string): string =>
  `${fileRank}::BIGINT * 4294967296 + ${ordinal}::BIGINT`;

/** A record or person by its id, as a number, and the joins that give it, under the alias `as`. */
export function numberOf(recordId: string, as: string): { readonly number: string; readonly joins: string } {
  return {
    number: `coalesce(${as}_held.record, ${recordSql(`${as}.rank`, `TRY_CAST(substr(${recordId}, 14) AS INTEGER)`)})`,
    joins: `LEFT JOIN quality.held_ids ${as}_held ON ${as}_held.record_id = ${recordId}
      LEFT JOIN quality.ranks ${as} ON ${as}.delivery_id = ${firstDeliverySql(recordId)}`,
  };
}

/**
 * Reads the truth beside the campaign's own tables: its people, whose every row is, and in which person of the campaign
 * that row ended. Only whole columns of numbers are kept of rows: a country has twenty million of them.
 */
export function truthSteps({ folder, ruleSet, asOf }: TruthSource): readonly Step[] {
  const [record, person] = [numberOf('m.record_id', 'r'), numberOf('m.person_id', 'p')];
  return [
    {
      name: 'quality-files',
      reads: ['sources.files', 'sources.records'],
      writes: ['quality.files', 'quality.ranks', 'quality.held_ids'],
      sql: `CREATE SCHEMA IF NOT EXISTS quality;
        -- A copy of another file bears its delivery id, and no record.
        CREATE TABLE quality.ranks AS SELECT file_no, delivery_id, row_number() OVER (ORDER BY file_no) AS rank
          FROM sources.files WHERE file_no >= 0;
        -- Records that kept the id of an earlier delivery: by all others, what they are of is known.
        CREATE TABLE quality.held_ids AS SELECT r.record_id, k.delivery_id, ${recordSql('k.rank', 'r.ordinal')} AS record
          FROM sources.records r JOIN quality.ranks k USING (file_no) WHERE r.record_id <> ${ownIdSql('k.delivery_id', 'r.ordinal')};
        CREATE TABLE quality.files AS SELECT parse_filename(t.filename, true) AS part, t.file::INTEGER AS file, t.path, f.file_no,
          regexp_extract(t.path, '^(education-nationale/[^/]+|[^/]+)') AS sender,
          nullif(parse_filename(t.filename, true), ${literal(NATIONAL_PART)}) AS academy
        FROM ${truthRelation(folder, 'files')} t LEFT JOIN sources.files f USING (path)`,
    },
    {
      name: 'quality-people',
      reads: [],
      writes: ['quality.people'],
      sql: `CREATE TABLE quality.people AS SELECT ${humanSql('person')} AS human, ${listedColumn(ruleSet)} = '1' AS due,
          state, reason, school_registers_alone = '1' AS raw, in_training = '1' AS in_training, name_group, sex, department
        FROM ${truthRelation(folder, 'people')}`,
    },
    {
      name: 'quality-memberships',
      reads: ['quality.ranks', 'quality.held_ids', 'linkage.memberships'],
      writes: ['quality.memberships'],
      sql: `CREATE TABLE quality.memberships AS SELECT ${record.number} AS record, ${person.number} AS person
        FROM linkage.memberships m ${record.joins} ${person.joins}`,
    },
    rowsStep(folder),
    {
      name: 'quality-cells',
      reads: ['quality.rows'],
      writes: ['quality.cells'],
      sql: `CREATE TABLE quality.cells AS SELECT person, human, count(*)::INTEGER AS n FROM quality.rows
        WHERE person IS NOT NULL GROUP BY person, human`,
    },
    ...lastSchoolSteps(folder, asOf),
  ];
}

/** Every row of the files received: whose it is, and the record and person that it became (NULL: rejected or too young). */
function rowsStep(folder: string): Step {
  return {
    name: 'quality-rows',
    reads: ['sources.records', 'quality.files', 'quality.ranks', 'quality.memberships'],
    writes: ['quality.rows', 'quality.memberships'],
    sql: `CREATE TABLE quality.rows AS SELECT f.file_no, ${humanSql('t.person')} AS human, r.record, m.person
      FROM ${truthRelation(folder, 'rows')} t
        JOIN quality.files f ON f.part = parse_filename(t.filename, true) AND f.file = t.file::INTEGER
        LEFT JOIN (SELECT file_no, position, ${recordSql('rank', 'ordinal')} AS record FROM sources.records JOIN quality.ranks USING (file_no)) r
          ON r.file_no = f.file_no AND r.position = t.position
        LEFT JOIN quality.memberships m USING (record)
      WHERE f.file_no IS NOT NULL;
      DROP TABLE quality.memberships`,
  };
}

/**
 * Everybody's last stay in truth, and who sends for that establishment, as the files of the campaign tell: the family of
 * senders, and its office, `<family>/<académie>` where it sends for one.
 */
function lastSchoolSteps(folder: string, asOf: string): readonly Step[] {
  return [
    {
      name: 'quality-school-senders',
      reads: ['sources.files', 'sources.spells', 'quality.files', 'quality.held_ids'],
      writes: ['quality.school_senders'],
      sql: `CREATE TABLE quality.school_senders AS
        SELECT uai, arg_min(sender, (-of_sender, sender)) AS sender, max(extracted_on) AS extracted_on,
          arg_min(concat_ws('/', sender, academy), (-of_sender, sender, -n, coalesce(academy, ''))) AS office
        FROM (SELECT uai, sender, academy, n, extracted_on, sum(n) OVER (PARTITION BY uai, sender) AS of_sender FROM (
          SELECT s.uai, q.sender, q.academy, count(*) AS n, max(f.extracted_on) AS extracted_on FROM sources.spells s
            LEFT JOIN quality.held_ids h USING (record_id)
            JOIN sources.files f ON f.delivery_id = coalesce(h.delivery_id, ${firstDeliverySql('s.record_id')}) AND f.file_no >= 0 JOIN quality.files q USING (file_no)
          WHERE s.uai IS NOT NULL GROUP BY s.uai, q.sender, q.academy)) GROUP BY uai`,
    },
    {
      name: 'quality-last-schools',
      reads: ['quality.school_senders'],
      writes: ['quality.last_schools'],
      sql: `CREATE TABLE quality.last_schools AS
        SELECT l.human, l.stay.uai AS uai, l.stay.first_day::DATE AS first_day, l.stay.last_day::DATE AS last_day,
          coalesce(s.sender, 'none') AS sender, coalesce(s.office, 'none') AS office, s.extracted_on
        FROM (SELECT ${humanSql('person')} AS human,
            max({'until': coalesce(last_day, '9999'), 'first_day': first_day, 'uai': "where", 'last_day': last_day}) AS stay
          FROM ${truthRelation(folder, 'spells')} WHERE what = 'stay' AND first_day <= ${literal(asOf)} GROUP BY ALL) l
        LEFT JOIN quality.school_senders s ON s.uai = l.stay.uai`,
    },
  ];
}
