import { type CountedShare, type Stratum, stratifiedDifference } from '@raccroche/linkage';
import type { Database } from '../../platform/duckdb/database.ts';
import { type GroupGap, MEASURES, type Measure, type NameGroupHarm } from './quality-report.ts';
import { CONFIDENCE, LEAST_COMPARED } from './rates.ts';

/** What is counted of the people of one sender whose names are of one group. */
export interface SenderCounts {
  readonly sender: string;
  readonly group: string;
  readonly counts: Readonly<Record<Measure, CountedShare>>;
}

/** Fewer cases than that on either side, and no interval holds. */
const LEAST_CASES = 5;

export async function countBySender(database: Database): Promise<readonly SenderCounts[]> {
  const rows = await database.all<Record<string, string | number>>(
    `SELECT sender, name_group, count(*) AS people, count(*) FILTER (due) AS due, count(*) FILTER (entries > 0) AS listed,
       count(*) FILTER (due AND entries = 0) AS missed, count(*) FILTER (NOT due AND entries > 0) AS wrong
     FROM quality.standing GROUP BY ALL ORDER BY ALL`,
  );
  return rows.map((row) => {
    const [people, due, listed] = [Number(row.people), Number(row.due), Number(row.listed)];
    const [missed, wrong] = [Number(row.missed), Number(row.wrong)];
    const counts = {
      missed: { count: missed, of: due },
      wrong: { count: wrong, of: listed },
      wronged: { count: wrong, of: people - due },
    };
    return { sender: String(row.sender), group: String(row.name_group), counts };
  });
}

/**
 * Each name group beside everybody else of the same senders: where files come late, whoever lives there waits, whatever their
 * name. What is left is what befalls the name.
 */
export function nameGroupHarms(all: readonly SenderCounts[]): readonly NameGroupHarm[] {
  return MEASURES.map((measure) => {
    const comparable = [...new Set(all.map(({ group }) => group))]
      .map((group) => ({ group, strata: strataOf(all, group, measure) }))
      .filter(({ strata }) => tellsEnough(strata));
    // All groups are looked at: the interval of the one picked must hold for each of them.
    const confidence = 1 - (1 - CONFIDENCE) / Math.max(1, comparable.length);
    const gaps = comparable.flatMap(({ group, strata }) => gapOf(group, strata, confidence) ?? []);
    return { measure, groups: gaps.length, surest: surestOf(gaps) };
  });
}

function strataOf(all: readonly SenderCounts[], group: string, measure: Measure): readonly Stratum[] {
  const strata = new Map<string, { one: CountedShare; other: CountedShare }>();
  const none = { count: 0, of: 0 };
  for (const { sender, group: of, counts } of all) {
    const { one, other } = strata.get(sender) ?? { one: none, other: none };
    const more = counts[measure];
    strata.set(sender, of === group ? { one: sum(one, more), other } : { one, other: sum(other, more) });
  }
  return [...strata.values()].filter(({ one, other }) => one.of > 0 && other.of > 0);
}

const sum = (one: CountedShare, more: CountedShare): CountedShare => ({
  count: one.count + more.count,
  of: one.of + more.of,
});

function tellsEnough(strata: readonly Stratum[]): boolean {
  const [one, other] = strata.reduce(
    ([ones, others], stratum) => [sum(ones, stratum.one), sum(others, stratum.other)] as const,
    [
      { count: 0, of: 0 },
      { count: 0, of: 0 },
    ],
  );
  return one.of >= LEAST_COMPARED && one.count >= LEAST_CASES && other.count >= LEAST_CASES;
}

function gapOf(group: string, strata: readonly Stratum[], confidence: number): GroupGap | undefined {
  const { difference, interval } = stratifiedDifference(strata, confidence);
  if (difference === null) return undefined;
  return { group, gap: difference, interval, distinguishable: interval.low > 0 };
}

/** The first of the highest, so that the order of groups alone settles ties. */
function surestOf(gaps: readonly GroupGap[]): GroupGap | null {
  return gaps.reduce<GroupGap | null>(
    (best, gap) => (best === null || gap.interval.low > best.interval.low ? gap : best),
    null,
  );
}
