import type { DecisionVerdict, Litige, NewLitigeDecision } from '@raccroche/contract';
import { RoleLabels } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/postgres/database.ts';
import type { Caller } from '../../access/index.ts';
import { type DecisionToTell, LITIGE_SENTENCES, type PublishedLitige } from '../../lists/index.ts';
import { toCaseRow } from '../case-row.ts';
import { CASE_SELECTION, type StoredCase } from '../change-case.ts';

/** Puts the litiges of a campaign in the place of the former ones: those of whom there is a case. */
export async function publishLitiges(
  transaction: Transaction,
  litiges: readonly PublishedLitige[],
  publication: number,
): Promise<void> {
  await transaction.query('DELETE FROM cases.litiges');
  await transaction.query(
    `INSERT INTO cases.litiges (siei_1, siei_2, reasons, weight, publication_id)
     SELECT l ->> 'siei1', l ->> 'siei2', ARRAY(SELECT jsonb_array_elements_text(l -> 'reasons')),
       (l ->> 'weight')::REAL, $2
     FROM jsonb_array_elements($1::JSONB) AS l
     WHERE EXISTS (SELECT FROM cases.cases c WHERE c.siei IN (l ->> 'siei1', l ->> 'siei2'))`,
    [JSON.stringify(litiges), publication],
  );
}

interface LitigeRow {
  readonly siei_1: string;
  readonly siei_2: string;
  readonly reasons: string[];
  readonly weight: number | null;
  readonly decisions:
    | { verdict: DecisionVerdict; decidedOn: string; decidedBy: string; role: string }[]
    | null;
}

/** Identities to decide of a platform, the undecided first, then those about which somebody did not know. Written in the trail. */
export async function readLitiges(
  caller: Caller,
  { platform, limit }: { readonly platform: string; readonly limit: number },
  today: CivilDate,
): Promise<{ litiges: Litige[]; undecided: number }> {
  const { rows } = await caller.transaction.query<LitigeRow>(
    `SELECT l.siei_1, l.siei_2, l.reasons, l.weight, d.decisions
     FROM cases.litiges l LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('verdict', verdict, 'decidedOn', decided_on, 'decidedBy', decided_by,
         'role', role) ORDER BY decision_id DESC) AS decisions
       FROM cases.litige_decisions d WHERE d.siei_1 = least(l.siei_1, l.siei_2) AND d.siei_2 = greatest(l.siei_1, l.siei_2)) d ON true
     WHERE EXISTS (SELECT FROM cases.cases c WHERE c.platform_id = $1 AND c.siei IN (l.siei_1, l.siei_2))
     ORDER BY d.decisions IS NOT NULL, d.decisions -> 0 ->> 'verdict' <> 'unknown', l.weight DESC NULLS LAST, l.siei_1, l.siei_2`,
    [platform],
  );
  const page = rows.slice(0, limit);
  const cases = await readSides(caller, page);
  await caller.record(
    'case.listed',
    [...cases.values()].map((row) => row.case_id),
    { platform, to: 'litiges' },
  );
  return {
    litiges: page.map((row) => ({
      siei1: row.siei_1,
      siei2: row.siei_2,
      reasons: row.reasons.map((reason) => ({ reason, sentence: LITIGE_SENTENCES[reason] ?? reason })),
      weight: row.weight,
      cases: [...new Set([row.siei_1, row.siei_2])].flatMap((siei) => {
        const found = cases.get(siei);
        return found ? [toCaseRow(found, today)] : [];
      }),
      decisions: row.decisions ?? [],
    })),
    undecided: rows.filter(({ decisions }) => decisions === null).length,
  };
}

async function readSides(
  { transaction }: Caller,
  litiges: readonly LitigeRow[],
): Promise<ReadonlyMap<string, StoredCase>> {
  const sides = [...new Set(litiges.flatMap((row) => [row.siei_1, row.siei_2]))];
  const { rows } = await transaction.query<StoredCase>(
    `SELECT ${CASE_SELECTION} FROM cases.cases WHERE siei = ANY (ARRAY(SELECT jsonb_array_elements_text($1::JSONB)))`,
    [JSON.stringify(sides)],
  );
  return new Map(rows.map((row) => [row.siei, row]));
}

/**
 * Keeps what the caller decided of a litige, with their function: a later campaign reads it, nothing changes before. « I do not
 * know » leaves it to somebody else. Throws `not_found` for a pair that is not asked about, or not within the caller's sight.
 */
export async function decideLitige(
  caller: Caller,
  { siei1, siei2, verdict, reason }: NewLitigeDecision,
  today: CivilDate,
): Promise<void> {
  const [least = '', greatest = ''] = [siei1, siei2].sort();
  const { rows } = await caller.transaction.query<{ case_ids: string[] }>(
    `SELECT ARRAY(SELECT c.case_id FROM cases.cases c WHERE c.siei IN ($1, $2)) AS case_ids FROM cases.litiges
     WHERE (siei_1, siei_2) IN (($1, $2), ($2, $1))`,
    [least, greatest],
  );
  const [asked] = rows;
  if (!asked) throw new RaccrocheError('not_found', 'Cette question n’est pas posée, ou ne l’est plus.');
  await keepDecision(caller, { siei1: least, siei2: greatest, verdict, reason, decidedOn: today });
  await caller.record('litige.decided', asked.case_ids, { verdict });
}

/** Adds a decision in the caller's name and function. */
export async function keepDecision(
  { transaction, personId, rights, purpose }: Caller,
  one: Omit<DecisionToTell, 'role'>,
): Promise<void> {
  const right = rights.find((each) => each.permission === 'case.act' && each.purpose === purpose);
  await transaction.query(
    `INSERT INTO cases.litige_decisions (siei_1, siei_2, verdict, decided_on, decided_by, role, reason)
     VALUES (least($1, $2), greatest($1, $2), $3, $4, $5, $6, $7)`,
    [
      one.siei1,
      one.siei2,
      one.verdict,
      one.decidedOn,
      personId,
      right ? RoleLabels[right.role] : 'plateforme',
      one.reason,
    ],
  );
}

/** The last word on each pair, for the next campaign; those of numbers that no campaign gave are left out. */
export async function readDecisionsToTell(transaction: Transaction): Promise<DecisionToTell[]> {
  const { rows } = await transaction.query<{
    siei_1: string;
    siei_2: string;
    verdict: DecisionVerdict;
    decided_on: string;
    role: string;
    reason: string;
  }>(
    `SELECT DISTINCT ON (siei_1, siei_2) siei_1, siei_2, verdict, decided_on, role, reason
     FROM cases.litige_decisions
     WHERE siei_1 NOT LIKE 'SIGN%' AND siei_2 NOT LIKE 'SIGN%'
     ORDER BY siei_1, siei_2, decision_id DESC`,
  );
  return rows.map((row) => ({
    siei1: row.siei_1,
    siei2: row.siei_2,
    verdict: row.verdict,
    decidedOn: row.decided_on,
    role: row.role,
    reason: row.reason,
  }));
}
