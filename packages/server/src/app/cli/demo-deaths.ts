import { join } from 'node:path';
import { compareWithTruth, type ListedEntry } from '@raccroche/synthetic';
import { assessPersons, findRuleSet } from '../../modules/eligibility/index.ts';
import { LINKAGE_TABLES } from '../../modules/linkage/index.ts';
import { type Database, openDatabase } from '../../platform/duckdb/database.ts';
import { literal } from '../../platform/duckdb/sql.ts';

export interface DeathsComparison {
  /** Truly dead people on the lists if no file of deaths had been received. */
  readonly listedWithoutFile: number;
  /** Truly dead people on the lists, and those of them who may not be contacted before somebody has decided. */
  readonly listed: number;
  readonly listedToCheck: number;
  /** Truly dropped out people whom the file of deaths took off the lists. */
  readonly wronglyRemoved: number;
}

export interface DemoCampaign {
  readonly folder: string;
  readonly truthFolder: string;
  readonly asOf: string;
  readonly ruleSet: string;
}

/** Tables that judging reads, as they stand in the data of a campaign. */
const READ = {
  sources: ['files', 'records', 'identifiers', 'spells', 'contracts', 'awards', 'accompaniments'],
  linkage: ['memberships', 'litiges'],
} as const;

/** What the file of deaths changed: the same campaign judged again as if nobody had sent it, both held against the truth. */
export async function compareDeaths(campaign: DemoCampaign): Promise<DeathsComparison> {
  const { folder, truthFolder, asOf } = campaign;
  const ruleSet = findRuleSet(campaign.ruleSet);
  if (ruleSet === undefined) throw new RangeError(`no rule set ${campaign.ruleSet}`);
  const database = await openDatabase();
  try {
    for (const [schema, tables] of Object.entries(READ)) {
      await database.run(`CREATE SCHEMA ${schema}`);
      for (const table of tables)
        await database.run(`CREATE VIEW ${schema}.${table} AS FROM ${parquet(folder, table)}`);
    }
    await database.run(`CREATE TABLE linkage.deaths (${LINKAGE_TABLES.deaths}\n)`);
    await assessPersons(database, { asOf, ruleSet });
    const persons = parquet(folder, 'persons');
    const compare = async (relation: string, where: string) =>
      compareWithTruth({
        listed: await entriesOf(database, relation, where),
        truthFolder,
        ruleSet: ruleSet.id,
      });
    const without = await compare('eligibility.persons', 'listed');
    const now = await compare(persons, 'listed');
    const toCheck = await compare(persons, "listed AND list_contains(flags, 'death_to_check')");
    return {
      listedWithoutFile: without.wronglyListedBecause.decede ?? 0,
      listed: now.wronglyListedBecause.decede ?? 0,
      listedToCheck: toCheck.wronglyListedBecause.decede ?? 0,
      wronglyRemoved: without.found - now.found,
    };
  } finally {
    database.close();
  }
}

function parquet(folder: string, table: string): string {
  return `read_parquet(${literal(join(folder, 'data', `${table}.parquet`))})`;
}

async function entriesOf(database: Database, persons: string, where: string): Promise<ListedEntry[]> {
  const rows = await database.all<{ records: ListedEntry['records'] }>(
    `SELECT list({'file': f.path, 'position': r.position} ORDER BY r.record_id) AS records
     FROM (SELECT person_id FROM ${persons} WHERE ${where}) JOIN linkage.memberships m USING (person_id)
     JOIN sources.records r USING (record_id) JOIN sources.files f USING (file_no) GROUP BY person_id ORDER BY person_id`,
  );
  return rows.map(({ records }) => ({ records }));
}
