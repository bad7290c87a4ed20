import { type Command, Option } from 'commander';
import {
  CLUSTER_METHODS,
  type ClusterMethod,
  type ClusterSummary,
  clusterPairs,
} from '../clustering/cluster-pairs.ts';
import { constraintTables, type SessionConstraints } from '../clustering/constraints/session-constraints.ts';
import type { Model } from '../model/model.ts';
import { parseNames, parseNumber } from './options.ts';
import { type Run, relationOf } from './run.ts';
import { lowestScore, type Scored } from './scored.ts';
import { UsageError } from './usage-error.ts';

/** Options of every command that makes clusters. */
export interface ClusterChoices {
  readonly threshold: number;
  readonly method: ClusterMethod;
  readonly apartBy?: readonly string[];
  readonly oneOf?: readonly string[];
  readonly decisions?: string;
}

export function addClusterOptions(command: Command): Command {
  return command
    .option('--threshold <weight>', 'match weight (log2) from which two records are one', parseNumber, 0)
    .addOption(
      new Option('--method <method>', 'how pairs become clusters')
        .choices(CLUSTER_METHODS.filter((one) => one !== 'single_best'))
        .default('average_linkage' satisfies ClusterMethod),
    )
    .option('--apart-by <columns>', 'records with other values in one of these are never one', parseNames)
    .option('--one-of <inputs>', 'inputs that hold each person once at most', parseNames)
    .option('--decisions <file>', 'what people decided: <id>_l, <id>_r, verdict (must_link or cannot_link)');
}

/** The constraints asked for. Throws UsageError for a method that looks at none. */
export function constraintsOf({ method, apartBy, oneOf, decisions }: ClusterChoices): SessionConstraints {
  const asked = [apartBy, oneOf, decisions].some((one) => one !== undefined);
  if (asked && method !== 'average_linkage')
    throw new UsageError(`${method} looks at no constraints: leave out --method, or the constraints`);
  return {
    ...(apartBy === undefined ? {} : { traits: apartBy }),
    ...(oneOf === undefined ? {} : { exclusive: oneOf }),
    ...(decisions === undefined ? {} : { decisions: relationOf(decisions) }),
  };
}

/** Clusters the scored pairs into a table `<prefix>clusters`. */
export async function clusterScored(
  run: Run,
  { session, pairs }: Scored,
  model: Model,
  choices: ClusterChoices,
): Promise<ClusterSummary & { readonly table: string }> {
  const table = `${session.prefix}clusters`;
  const { method, threshold } = choices;
  const asked = constraintsOf(choices);
  const summary = await clusterPairs(run.engine, {
    nodes: session.records,
    pairs,
    into: table,
    threshold: { weight: threshold },
    method,
    ...(method === 'average_linkage'
      ? { floor: lowestScore(threshold), constraints: await constraintTables(session, model, asked) }
      : {}),
    signal: run.signal,
  });
  return { ...summary, table };
}
