import { agreementOfOverlaps, type ClusterAgreement } from '@raccroche/linkage';
import { placeListed } from '../../modules/lists/index.ts';
import { loadReferential } from '../../modules/sources/index.ts';
import type { Database } from '../../platform/duckdb/database.ts';
import { runSteps, type StepListener } from '../../platform/duckdb/step.ts';
import { causeSteps } from './cause-steps.ts';
import type { CauseCode } from './causes.ts';
import { errorSteps } from './error-steps.ts';
import { JUDGE_STEPS } from './judge-steps.ts';
import {
  type CauseCount,
  GROUPINGS,
  type GroupFigures,
  type Grouping,
  type LinkageQuality,
  type ListQuality,
} from './quality-report.ts';
import { rateOf } from './rates.ts';
import { type TruthSource, truthSteps } from './truth-steps.ts';

/** Brings the truth beside an open campaign, and judges its lists by it. */
export async function loadTruth(
  database: Database,
  source: TruthSource,
  onStep?: StepListener,
): Promise<void> {
  await loadReferential(database);
  await placeListed(database);
  await runSteps(database, [...truthSteps(source), ...JUDGE_STEPS], onStep);
}

/** Judges again, after `eligibility.persons` has changed. */
export async function judgeAgain(database: Database): Promise<void> {
  await placeListed(database);
  await runSteps(database, JUDGE_STEPS);
}

/** Overlaps of persons made and true people, grouped by their sizes: a few hundred rows, whatever the country. */
const OVERLAPS = `WITH persons AS (SELECT person, sum(n) AS n FROM quality.cells GROUP BY person),
    people AS (SELECT human, sum(n) AS n FROM quality.cells GROUP BY human)
  SELECT c.n AS "both", p.n AS cluster, h.n AS entity, count(*) AS times
  FROM quality.cells c JOIN persons p USING (person) JOIN people h USING (human) GROUP BY ALL ORDER BY ALL`;
const SEVERAL = `SELECT
  (SELECT count(*) FROM (SELECT human FROM quality.cells GROUP BY human HAVING count(*) > 1)) AS split,
  (SELECT count(*) FROM (SELECT person FROM quality.cells GROUP BY person HAVING count(*) > 1)) AS mixed`;

type Counts = Record<string, string | number | null>;

export async function measureLinkage(database: Database): Promise<LinkageQuality> {
  const rows = await database.all<Counts>(OVERLAPS);
  const agreement = agreementOfOverlaps(
    rows.map((row) => ({
      both: Number(row.both),
      cluster: Number(row.cluster),
      entity: Number(row.entity),
      times: Number(row.times),
    })),
  );
  const [several] = await database.all<Counts>(SEVERAL);
  return {
    ...agreement,
    whole: wholeOf(agreement),
    split: Number(several?.split),
    mixed: Number(several?.mixed),
  };
}

function wholeOf({ exact, clusters, entities }: ClusterAgreement): LinkageQuality['whole'] {
  const share = (of: number): number => (of === 0 ? 1 : exact / of);
  return {
    precision: share(clusters),
    recall: share(entities),
    f1: clusters + entities === 0 ? 1 : (2 * exact) / (clusters + entities),
  };
}

const LIST_COUNTS = `SELECT count(*) FILTER (due) AS due, count(*) FILTER (due AND entries > 0) AS found,
    count(*) FILTER (due AND entries > 0 AND NOT at_home) AS elsewhere,
    coalesce(sum(entries), 0) AS entries, count(*) FILTER (entries > 0) AS listed,
    count(*) FILTER (entries > 0 AND NOT due) AS wrong,
    count(*) FILTER (entries > 0 AND state = 'deceased') AS dead,
    count(*) FILTER (entries > 0 AND state = 'deceased' AND to_check) AS dead_to_check,
    count(*) FILTER (raw) AS raw, count(*) FILTER (raw AND due) AS raw_due,
    count(*) FILTER (raw AND in_training) AS raw_in_training
  FROM quality.standing`;

export async function measureLists(database: Database): Promise<ListQuality> {
  const [row = {}] = await database.all<Counts>(LIST_COUNTS);
  const n = (name: string): number => Number(row[name]);
  return {
    trulyDroppedOut: n('due'),
    found: n('found'),
    missed: rateOf(n('due') - n('found'), n('due')),
    listedElsewhere: rateOf(n('elsewhere'), n('found')),
    entries: n('entries'),
    peopleListed: n('listed'),
    wronglyListed: rateOf(n('wrong'), n('listed')),
    listedTwice: n('entries') - n('listed'),
    deadListed: n('dead'),
    deadListedToCheck: n('dead_to_check'),
    missedBecause: await reasonsOf(database, 'due AND entries = 0'),
    wronglyListedBecause: await reasonsOf(database, 'NOT due AND entries > 0'),
    schoolRegistersAlone: {
      listed: n('raw'),
      trulyDroppedOut: n('raw_due'),
      inTrainingElsewhere: n('raw_in_training'),
      other: n('raw') - n('raw_due') - n('raw_in_training'),
    },
  };
}

async function reasonsOf(database: Database, who: string): Promise<Record<string, number>> {
  const rows = await database.all<{ reason: string; n: string }>(
    `SELECT reason, count(*) AS n FROM quality.standing WHERE ${who} GROUP BY reason ORDER BY n DESC, reason`,
  );
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, Number(n)]));
}

export async function measureGroups(
  database: Database,
): Promise<Readonly<Record<Grouping, readonly GroupFigures[]>>> {
  const groups: Partial<Record<Grouping, readonly GroupFigures[]>> = {};
  for (const grouping of GROUPINGS) groups[grouping] = await groupsBy(database, grouping);
  return groups as Record<Grouping, readonly GroupFigures[]>;
}

async function groupsBy(database: Database, grouping: Grouping): Promise<readonly GroupFigures[]> {
  const rows = await database.all<Counts>(
    `SELECT ${grouping} AS "group", count(*) AS people, count(*) FILTER (due) AS due, count(*) FILTER (entries > 0) AS listed,
       count(*) FILTER (due AND entries = 0) AS missed,
       count(*) FILTER (due AND entries > 0 AND NOT at_home) AS elsewhere, count(*) FILTER (NOT due AND entries > 0) AS wrong
     FROM quality.standing GROUP BY 1 ORDER BY 1`,
  );
  return rows.map((row) => {
    const [people, due, listed] = [Number(row.people), Number(row.due), Number(row.listed)];
    const [missed, wrong] = [Number(row.missed), Number(row.wrong)];
    return {
      group: String(row.group),
      people,
      missed: rateOf(missed, due),
      elsewhere: rateOf(Number(row.elsewhere), due - missed),
      wrong: rateOf(wrong, listed),
      wronged: rateOf(wrong, people - due),
    };
  });
}

/** Why people are missed and wrongly listed, the most frequent cause first. */
export async function measureCauses(
  database: Database,
  { folder, asOf }: TruthSource,
): Promise<{ readonly missed: readonly CauseCount[]; readonly wrong: readonly CauseCount[] }> {
  await runSteps(database, [...errorSteps(folder), ...causeSteps(asOf)]);
  return { missed: await causesOf(database, 'missed'), wrong: await causesOf(database, 'wrong') };
}

async function causesOf(database: Database, kind: 'missed' | 'wrong'): Promise<readonly CauseCount[]> {
  const rows = await database.all<{
    cause: CauseCode;
    fault: string | null;
    sender: string | null;
    n: string;
  }>(
    `SELECT cause, fault, sender, count(*) AS n FROM quality.causes WHERE kind = $1
     GROUP BY ALL ORDER BY n DESC, cause, fault, sender`,
    [kind],
  );
  return rows.map(({ cause, fault, sender, n }) => ({ cause, fault, sender, count: Number(n) }));
}
