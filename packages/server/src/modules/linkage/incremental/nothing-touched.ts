import { type Model, writeModelFile } from '@raccroche/linkage';
import type { Database } from '../../../platform/duckdb/database.ts';
import { runSteps, type Step } from '../../../platform/duckdb/step.ts';
import type { DeathSummary } from '../deaths/link-deaths.ts';
import type { DecisionInput } from '../decisions/decision.ts';
import type { LinkagePeriod } from '../input.ts';
import type { LinkageSummary } from '../linkage-summary.ts';
import { type HeldModel, heldModel } from '../look-alikes/held-model.ts';
import type { LookAlikeSummary } from '../look-alikes/link-look-alikes.ts';
import { heldTermsStep } from '../look-alikes/ways.ts';
import { PREVIOUS_TABLES, type PreviousLinkage, type PreviousTable } from './previous-linkage.ts';
import { dropTouchedStep } from './touched-rows.ts';
import { differencesOf } from './whole-results.ts';

/** What linkage is asked for beside what reading left. */
export interface Asked extends LinkagePeriod {
  readonly decisions?: DecisionInput | undefined;
  readonly held?: HeldModel | undefined;
}

/** What is said of a campaign that is as the one before. */
const NOBODY_LINKED = {
  ...{ records: 0, persons: 0, links: 0, litiges: 0 },
  carried: true,
  differences: differencesOf(true),
  decisions: { given: 0, applied: 0 },
} as const;

/**
 * Takes over all that an earlier campaign left when nothing that linkage looks at is otherwise: no record came, went or changed, the
 * day, the deaths and the model are the same, and nobody decides anything, nor did. So it is with a trial of other rules, or with a
 * campaign that is run again. Undefined, and nothing is done, when something is otherwise. Needs what `findTouched` left.
 */
export async function takeAllOver(
  database: Database,
  asked: Asked,
  before: PreviousLinkage,
): Promise<LinkageSummary | undefined> {
  const { asOf, windowStart } = before.period;
  const decided = [...(asked.decisions?.decisions ?? []), ...(asked.decisions?.deaths?.decisions ?? [])];
  if (asOf !== asked.asOf || windowStart !== asked.windowStart || decided.length > 0) return undefined;
  const [found] = await database.all<Found>(foundSql(before));
  if (found?.same !== true || !before.sameModel) return undefined;
  const model = heldModel(asked.held, found.variants);
  if (asked.held === undefined || model === undefined) return undefined;
  await runSteps(database, [...allOverSteps(before), heldTermsStep(asked.held), dropTouchedStep()]);
  return { ...NOBODY_LINKED, lookAlikes: lookAlikesOf(found, asked.held, model), deaths: deathsOf(found) };
}

interface Found {
  readonly [name: string]: unknown;
  readonly same: boolean;
  readonly variants: number;
  readonly look_alikes: number;
  readonly deceased: number;
  readonly to_check: number;
}

/** Whether it all is as it was; how much of what there is. */
function foundSql({ tables, deaths }: PreviousLinkage): string {
  const none = (rows: string) => `NOT EXISTS (FROM ${rows})`;
  return `SELECT ${none('linkage.changed_records')} AND ${none('linkage.gone_records')} AND ${none(`${tables.decisions}`)}
      AND ${none(`(FROM sources.deaths EXCEPT FROM ${deaths})`)} AND ${none(`(FROM ${deaths} EXCEPT FROM sources.deaths)`)} AS same,
    (SELECT count(*)::INTEGER FROM ${tables.ways}) AS variants,
    (SELECT count(*)::INTEGER FROM ${tables.links} WHERE rule = 'look_alike') AS look_alikes,
    (SELECT count(*)::INTEGER FROM ${tables.deaths}) AS deceased,
    (SELECT count(DISTINCT person_id_l)::INTEGER FROM ${tables.litiges} WHERE reason = 'death') AS to_check`;
}

function lookAlikesOf(
  { variants, look_alikes }: Found,
  { variants: estimatedOn }: HeldModel,
  model: Model,
): LookAlikeSummary {
  const judged = { judgedBy: 'estimated', estimatedOn, held: true, carried: true } as const;
  return { ...judged, variants, links: look_alikes, model, modelText: writeModelFile(model) };
}

function deathsOf({ deceased, to_check }: Found): DeathSummary {
  return { deceased, toCheck: to_check };
}

/** Tables of this run that are made, whatever they are views over, and stay as they are. */
const OWN: ReadonlySet<PreviousTable> = new Set(['decisions', 'record_marks'] as const);
const TAKEN = PREVIOUS_TABLES.filter((table) => !OWN.has(table));

/** What tells that nothing of the large tables is otherwise (`differencesOf`), by the table that they are like. */
const NOTHING: Readonly<Record<string, PreviousTable>> = {
  fresh_memberships: 'memberships',
  fresh_links: 'links',
  fresh_ways: 'ways',
  fresh_traits: 'traits',
  fresh_pairs: 'look_alike_pairs',
  left_links: 'links',
  left_ways: 'ways',
  left_pairs: 'look_alike_pairs',
};

/** Puts views over what the earlier campaign left in the places of the tables. */
export function allOverSteps({ tables }: PreviousLinkage): readonly Step[] {
  return [
    {
      name: 'linkage_as_before',
      reads: [],
      writes: TAKEN.map((table) => `linkage.${table}`),
      sql: TAKEN.map(
        (table) =>
          `DROP TABLE linkage.${table}; CREATE VIEW linkage.${table} AS FROM ${tables[table]} taken;`,
      ).join('\n      '),
    },
    {
      name: 'linkage_nothing_differs',
      reads: [],
      writes: Object.keys(NOTHING).map((table) => `linkage.${table}`),
      sql: Object.entries(NOTHING)
        .map(([table, like]) => `CREATE TABLE linkage.${table} AS FROM ${tables[like]} taken LIMIT 0;`)
        .join('\n      '),
    },
  ];
}
