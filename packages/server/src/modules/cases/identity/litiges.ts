import {
  type CheckCode,
  LITIGE_STATES,
  type Litige,
  type LitigeQuery,
  type LitigeRecord,
  type LitigeState,
} from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { groupBy } from '../../../kernel/group-by.ts';
import { type Caller, listColleagues } from '../../access/index.ts';
import { LITIGE_SENTENCES } from '../../lists/index.ts';
import { toCaseRow } from '../case-row.ts';
import { CASE_SELECTION, type StoredCase } from '../change-case.ts';
import { litigeConsequences, litigeKind, litigeState } from './litige-words.ts';

type Decision = Litige['decisions'][number];

interface LitigeRow {
  readonly siei_1: string;
  readonly siei_2: string;
  readonly reasons: string[];
  readonly weight: number | null;
  readonly evidence: Litige['evidence'];
  readonly decisions: Omit<Decision, 'decidedByName'>[] | null;
}

interface SideRow {
  readonly siei_1: string;
  readonly siei_2: string;
  readonly siei: string;
  readonly listed: boolean | null;
  readonly failed_checks: CheckCode[];
  readonly records: LitigeRecord[];
}

const WANTED: Readonly<Record<LitigeQuery['show'], readonly LitigeState[]>> = {
  all: LITIGE_STATES,
  todo: ['to_decide', 'second_opinion'],
  answered: ['waiting', 'set_aside', 'decided'],
};

export interface Litiges {
  litiges: Litige[];
  undecided: number;
  counts: Record<LitigeState, number>;
}

/**
 * Identities to decide of a platform: those that nobody answered, then those about which somebody did not know, the heaviest
 * first; of the answered ones alone, the latest first. Written in the trail.
 */
export async function readLitiges(
  caller: Caller,
  { platform, limit, show }: LitigeQuery,
  today: CivilDate,
): Promise<Litiges> {
  const rows = (await readRows(caller, platform)).map((row) => ({
    ...row,
    state: litigeState(row.decisions ?? [], caller.personId),
  }));
  const wanted = rows.filter(({ state }) => WANTED[show].includes(state));
  const latest = (row: LitigeRow) => row.decisions?.[0]?.decisionId ?? 0;
  if (show === 'answered') wanted.sort((one, other) => latest(other) - latest(one));
  const page = wanted.slice(0, limit);
  const cases = await readCases(caller, page);
  const sides = await readSides(caller, page);
  const names = new Map(
    (await listColleagues(caller, platform)).map((one) => [one.personId, one.displayName]),
  );
  if (page.length > 0)
    await caller.record(
      'case.listed',
      [...cases.values()].map((row) => row.case_id),
      { platform, to: 'litiges', sides: [...sides.values()].flat().length },
    );
  const counts = Object.fromEntries(
    LITIGE_STATES.map((state) => [state, rows.filter((row) => row.state === state).length]),
  ) as Record<LitigeState, number>;
  return {
    litiges: page.map((row) => toLitige(row, { cases, sides: sides.get(keyOf(row)), names }, today)),
    undecided: counts.to_decide,
    counts,
  };
}

const keyOf = (row: Pick<LitigeRow, 'siei_1' | 'siei_2'>) => `${row.siei_1} ${row.siei_2}`;

interface Told {
  readonly cases: ReadonlyMap<string, StoredCase>;
  readonly sides: readonly SideRow[] | undefined;
  readonly names: ReadonlyMap<string, string>;
}

function toLitige(
  row: LitigeRow & { readonly state: LitigeState },
  { cases, sides, names }: Told,
  today: CivilDate,
): Litige {
  const numbers = [...new Set([row.siei_1, row.siei_2])];
  const found = numbers.flatMap((siei) => cases.get(siei) ?? []);
  const kind = litigeKind(row.siei_1, row.siei_2, row.reasons);
  return {
    siei1: row.siei_1,
    siei2: row.siei_2,
    kind,
    state: row.state,
    reasons: row.reasons.map((reason) => ({ reason, sentence: LITIGE_SENTENCES[reason] ?? reason })),
    weight: row.weight,
    evidence: row.evidence,
    sides:
      sides?.map(({ siei, listed, records }) => ({ number: siei, listed, records: [...records] })) ?? null,
    consequences: litigeConsequences({
      kind,
      sides: sides?.map(({ listed, failed_checks }) => ({ listed, failedChecks: failed_checks })) ?? null,
      openCases: found.filter(({ pathway }) => pathway !== 'closed').length,
      isSecond: row.state === 'second_opinion',
    }),
    cases: found.map((one) => toCaseRow(one, today)),
    decisions: (row.decisions ?? []).map((one) => ({
      ...one,
      decidedByName: names.get(one.decidedBy) ?? null,
    })),
  };
}

async function readRows({ transaction }: Caller, platform: string): Promise<LitigeRow[]> {
  const { rows } = await transaction.query<LitigeRow>(
    `SELECT l.siei_1, l.siei_2, l.reasons, l.weight, l.evidence, d.decisions
     FROM cases.litiges l LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('decisionId', decision_id, 'verdict', verdict, 'decidedOn', decided_on,
         'decidedBy', decided_by, 'role', role, 'reason', reason) ORDER BY decision_id DESC) AS decisions
       FROM cases.litige_decisions d WHERE d.siei_1 = least(l.siei_1, l.siei_2) AND d.siei_2 = greatest(l.siei_1, l.siei_2)
         AND NOT EXISTS (SELECT FROM cases.litige_withdrawals w WHERE w.decision_id = d.decision_id)) d ON true
     WHERE EXISTS (SELECT FROM cases.cases c WHERE c.platform_id = $1 AND c.siei IN (l.siei_1, l.siei_2))
     ORDER BY d.decisions IS NOT NULL, d.decisions -> 0 ->> 'verdict' <> 'unknown', l.weight DESC NULLS LAST, l.siei_1, l.siei_2`,
    [platform],
  );
  return rows;
}

const numbersOf = (litiges: readonly LitigeRow[]) =>
  JSON.stringify([...new Set(litiges.flatMap((row) => [row.siei_1, row.siei_2]))]);
const IN_NUMBERS = 'siei = ANY (ARRAY(SELECT jsonb_array_elements_text($1::JSONB)))';

async function readCases(
  { transaction }: Caller,
  litiges: readonly LitigeRow[],
): Promise<ReadonlyMap<string, StoredCase>> {
  const { rows } = await transaction.query<StoredCase>(
    `SELECT ${CASE_SELECTION} FROM cases.cases WHERE ${IN_NUMBERS}`,
    [numbersOf(litiges)],
  );
  return new Map(rows.map((row) => [row.siei, row]));
}

/** By pair, the first of its numbers first. */
async function readSides(
  { transaction }: Caller,
  litiges: readonly LitigeRow[],
): Promise<ReadonlyMap<string, SideRow[]>> {
  const { rows } = await transaction.query<SideRow>(
    `SELECT siei_1, siei_2, siei, listed, failed_checks, records FROM cases.litige_sides
     WHERE ${IN_NUMBERS} ORDER BY siei_1, siei_2, siei <> siei_1`,
    [numbersOf(litiges)],
  );
  return groupBy(rows, keyOf);
}
