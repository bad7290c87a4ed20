import type { Model } from '../../model/model.ts';
import type { LinkSession } from '../../session.ts';
import {
  type DecisionRelation,
  decidedPairs,
  recordKeySql,
  stageDecisionRows,
} from '../decisions/decision-relation.ts';
import type { ConstraintTables } from './read-constraints.ts';
import { heldConstraints, type RecordConstraints } from './record-constraints.ts';

export interface SessionConstraints extends RecordConstraints {
  /** What people decided: it outweighs what records hold. */
  readonly decisions?: DecisionRelation;
}

/**
 * Constraints of the records of a session, for `clusterPairs`. Traits are columns that the model reads (`retainColumns`).
 * Throws InputError for decisions that cannot be read.
 */
export async function constraintTables(
  { runner, records, prefix }: LinkSession,
  model: Model,
  { decisions, ...held }: SessionConstraints,
): Promise<ConstraintTables> {
  const apart = await heldConstraints(runner, records, model.sourceColumn, held);
  if (decisions === undefined) return apart;
  const table = `${prefix.replace('.', '_')}decided`;
  const several = model.linkType !== 'dedupe_only';
  await stageDecisionRows(runner, table, { model, several, given: decisions });
  const keyed = `(SELECT rid, ${recordKeySql(model, several, 'r')} AS record FROM ${records} r)`;
  return {
    ...apart,
    mustLink: decidedPairs(table, keyed, 'must_link'),
    cannotLink: decidedPairs(table, keyed, 'cannot_link'),
    mustLinkWins: true,
  };
}
