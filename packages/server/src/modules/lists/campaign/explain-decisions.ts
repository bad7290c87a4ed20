import { DeathDecisionLabels, DecisionLabels, type DecisionVerdict } from '@raccroche/contract';
import type { SqlRow } from '../../../platform/duckdb/database.ts';
import { parseDeathCode } from '../death-code.ts';
import { effectSentence } from '../decisions/write-litiges.ts';
import { frenchDate } from './french.ts';

/** Whether a decision is about a death. */
export function isOfDeath(decision: SqlRow): boolean {
  return parseDeathCode(String(decision.siei_r)) !== undefined;
}

/** What a person decided of this one: when, by which role, with whom, why, and whether it holds. */
export function decisionLines(row: SqlRow): string[] {
  const labels = isOfDeath(row) ? DeathDecisionLabels : DecisionLabels;
  const verdict = labels[row.verdict as DecisionVerdict] ?? String(row.verdict);
  const numbers = row.siei_l === row.siei_r ? '' : ` (SIEI ${String(row.siei_l)} et ${String(row.siei_r)})`;
  const reason = row.reason === '' ? '' : ` Motif : ${String(row.reason)}.`;
  const others = Array.isArray(row.contradicted_by) ? row.contradicted_by : [];
  const held = row.effect === 'appliquee' ? '' : ` ${effectSentence(String(row.effect), others)}`;
  return [
    `  Décidé le ${frenchDate(row.decided_on)} (${String(row.role)}) : ${verdict}${numbers}.${reason}${held}`,
  ];
}
