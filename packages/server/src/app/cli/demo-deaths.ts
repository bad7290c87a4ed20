import { TRUTH_RULE_SETS } from '@raccroche/synthetic';
import { assessPersons, findRuleSet } from '../../modules/eligibility/index.ts';
import { LINKAGE_TABLES } from '../../modules/linkage/index.ts';
import { openCampaign } from '../../modules/lists/index.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { judgeAgain, loadTruth, measureLists } from '../quality/measure.ts';

export interface DeathsComparison {
  /** Truly dead people on the lists if no file of deaths had been received. */
  readonly listedWithoutFile: number;
  /** Truly dead people on the lists, and those of them who may not be contacted before somebody has decided. */
  readonly listed: number;
  readonly listedToCheck: number;
  /** Truly dropped out people whom the file of deaths took off the lists. */
  readonly wronglyRemoved: number;
}

/** What the file of deaths changed: the same campaign judged again as if nobody had sent it, both held against the truth. */
export async function compareDeaths(campaign: string, truth: string): Promise<DeathsComparison> {
  const { database, manifest } = await openCampaign(campaign);
  try {
    const { asOf } = manifest;
    const rules = findRuleSet(manifest.ruleSet.id);
    const ruleSet = TRUTH_RULE_SETS.find((one) => one === manifest.ruleSet.id);
    if (rules === undefined || ruleSet === undefined) throw new RangeError('no such rule set');
    await loadTruth(database, { folder: truth, ruleSet, asOf });
    const now = await measureLists(database);
    await forgetDeaths(database);
    await assessPersons(database, { asOf, ruleSet: rules });
    await judgeAgain(database);
    const without = await measureLists(database);
    return {
      listedWithoutFile: without.deadListed,
      listed: now.deadListed,
      listedToCheck: now.deadListedToCheck,
      wronglyRemoved: without.found - now.found,
    };
  } finally {
    database.close();
  }
}

/** Makes room for a second judgement, in memory alone. */
async function forgetDeaths(database: Database): Promise<void> {
  await database.run(`DROP VIEW linkage.deaths; CREATE TABLE linkage.deaths (${LINKAGE_TABLES.deaths}\n);
    DROP VIEW eligibility.checks; DROP VIEW eligibility.persons; DROP VIEW eligibility.assessments`);
}
