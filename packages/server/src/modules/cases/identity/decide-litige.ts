import { type DecisionVerdict, type NewLitigeDecision, RoleLabels } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { groupBy } from '../../../kernel/group-by.ts';
import type { Transaction } from '../../../platform/postgres/database.ts';
import type { Caller } from '../../access/index.ts';
import type { DecisionToTell } from '../../lists/index.ts';
import { requireUnrestricted } from '../../privacy/index.ts';
import { litigeState } from './litige-words.ts';

/** Answers that stand: nobody took them back. */
const STANDING = `cases.litige_decisions d
  WHERE NOT EXISTS (SELECT FROM cases.litige_withdrawals w WHERE w.decision_id = d.decision_id)`;
const LITIGE_LOCK = 7_271_640;

/**
 * Keeps what the caller decided of a litige, with their function: a later campaign reads it, nothing changes before. « I do not
 * know » leaves it to somebody else. Gives the number of the answer.
 * Throws `not_found` for a pair that is not asked about or not within the caller's sight, `conflict` when somebody answered since
 * the caller read it, `not_possible` to who did not know and is not to answer twice.
 */
export async function decideLitige(
  caller: Caller,
  { siei1, siei2, verdict, reason, seen }: NewLitigeDecision,
  today: CivilDate,
): Promise<number> {
  const [least = '', greatest = ''] = [siei1, siei2].sort();
  await caller.transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [
    `${least} ${greatest}`,
    LITIGE_LOCK,
  ]);
  const { rows } = await caller.transaction.query<{ case_ids: string[] }>(
    `SELECT ARRAY(SELECT c.case_id FROM cases.cases c WHERE c.siei IN ($1, $2)) AS case_ids FROM cases.litiges
     WHERE (siei_1, siei_2) IN (($1, $2), ($2, $1))`,
    [least, greatest],
  );
  const [asked] = rows;
  if (!asked) throw new RaccrocheError('not_found', 'Cette question n’est pas posée, ou ne l’est plus.');
  for (const caseId of asked.case_ids) await requireUnrestricted(caller, caseId);
  const answers = await readAnswers(caller.transaction, least, greatest);
  if (seen !== undefined && seen !== (answers[0]?.decisionId ?? 0))
    throw new RaccrocheError(
      'conflict',
      'Quelqu’un a répondu entre-temps. Relisez sa réponse avant de donner la vôtre.',
    );
  if (litigeState(answers, caller.personId) === 'waiting')
    throw new RaccrocheError(
      'not_possible',
      'Vous avez demandé un second avis : il vient de quelqu’un d’autre. Pour répondre vous-même, reprenez d’abord votre réponse.',
    );
  const decisionId = await keepDecision(caller, {
    siei1: least,
    siei2: greatest,
    verdict,
    reason,
    decidedOn: today,
  });
  await caller.record('litige.decided', asked.case_ids, { verdict });
  return decisionId;
}

interface Standing {
  readonly decisionId: number;
  readonly verdict: DecisionVerdict;
  readonly decidedBy: string;
}

async function readAnswers(transaction: Transaction, least: string, greatest: string): Promise<Standing[]> {
  const { rows } = await transaction.query<{
    decision_id: number;
    verdict: DecisionVerdict;
    decided_by: string;
  }>(
    `SELECT d.decision_id, d.verdict, d.decided_by FROM ${STANDING} AND d.siei_1 = $1 AND d.siei_2 = $2
     ORDER BY d.decision_id DESC`,
    [least, greatest],
  );
  return rows.map((row) => ({
    decisionId: row.decision_id,
    verdict: row.verdict,
    decidedBy: row.decided_by,
  }));
}

/** Adds a decision in the caller's name and function. Gives its number. */
export async function keepDecision(
  { transaction, personId, rights, purpose }: Caller,
  one: Omit<DecisionToTell, 'role'>,
): Promise<number> {
  const right = rights.find((each) => each.permission === 'case.act' && each.purpose === purpose);
  const { rows } = await transaction.query<{ decision_id: number }>(
    `INSERT INTO cases.litige_decisions (siei_1, siei_2, verdict, decided_on, decided_by, role, reason)
     VALUES (least($1, $2), greatest($1, $2), $3, $4, $5, $6, $7) RETURNING decision_id`,
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
  return rows[0]?.decision_id ?? 0;
}

/**
 * Takes back the caller's own answer: the question is asked again, and no campaign is told. Throws `not_found`, `not_possible`
 * (somebody else's, no longer the last one, or the cases were joined on it).
 */
export async function withdrawDecision(caller: Caller, decisionId: number): Promise<void> {
  const { rows } = await caller.transaction.query<{
    siei_1: string;
    siei_2: string;
    decided_by: string;
    case_ids: string[];
    joined: boolean;
  }>(
    `SELECT d.siei_1, d.siei_2, d.decided_by,
       ARRAY(SELECT c.case_id FROM cases.cases c WHERE c.siei IN (d.siei_1, d.siei_2)) AS case_ids,
       EXISTS (SELECT FROM cases.cases c JOIN cases.cases o ON o.case_id = c.merged_into
         WHERE c.siei IN (d.siei_1, d.siei_2) AND o.siei IN (d.siei_1, d.siei_2)) AS joined
     FROM cases.litige_decisions d WHERE d.decision_id = $1`,
    [decisionId],
  );
  const [found] = rows;
  if (!found)
    throw new RaccrocheError('not_found', 'Cette réponse n’existe pas, ou vous n’y avez pas accès.');
  if (found.decided_by !== caller.personId)
    throw new RaccrocheError('not_possible', 'On ne reprend que sa propre réponse. Donnez plutôt la vôtre.');
  if (found.joined)
    throw new RaccrocheError('not_possible', 'Les deux dossiers sont réunis : séparez-les d’abord.');
  for (const caseId of found.case_ids) await requireUnrestricted(caller, caseId);
  const [last] = await readAnswers(caller.transaction, found.siei_1, found.siei_2);
  if (last?.decisionId !== decisionId)
    throw new RaccrocheError(
      'not_possible',
      'Cette réponse est déjà reprise, ou une autre est venue depuis.',
    );
  await caller.transaction.query(
    `INSERT INTO cases.litige_withdrawals (decision_id, siei_1, siei_2, withdrawn_by)
     SELECT decision_id, siei_1, siei_2, decided_by FROM cases.litige_decisions WHERE decision_id = $1`,
    [decisionId],
  );
  await caller.record('litige.withdrawn', found.case_ids);
}

/**
 * The last word on each pair, for the next campaign; those of numbers that no campaign gave are left out. One person who does
 * not know is not told: a campaign stops asking what it is told, and a second person is still to answer.
 */
export async function readDecisionsToTell(transaction: Transaction): Promise<DecisionToTell[]> {
  const { rows } = await transaction.query<{
    siei_1: string;
    siei_2: string;
    verdict: DecisionVerdict;
    decided_on: string;
    decided_by: string;
    role: string;
    reason: string;
  }>(
    `SELECT d.siei_1, d.siei_2, d.verdict, d.decided_on, d.decided_by, d.role, d.reason FROM ${STANDING}
       AND d.siei_1 NOT LIKE 'SIGN%' AND d.siei_2 NOT LIKE 'SIGN%'
     ORDER BY d.siei_1, d.siei_2, d.decision_id DESC`,
  );
  const pairs = groupBy(rows, (row) => `${row.siei_1} ${row.siei_2}`);
  return [...pairs.values()].flatMap((answers) => {
    const [last] = answers;
    const state = litigeState(
      answers.map((row) => ({ verdict: row.verdict, decidedBy: row.decided_by })),
      '',
    );
    if (!last || state === 'second_opinion') return [];
    return [
      {
        siei1: last.siei_1,
        siei2: last.siei_2,
        verdict: last.verdict,
        decidedOn: last.decided_on,
        role: last.role,
        reason: last.reason,
      },
    ];
  });
}
