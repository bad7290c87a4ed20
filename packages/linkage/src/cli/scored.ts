import type { Model } from '../model/model.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { type LinkSession, openSession } from '../session.ts';
import { type GuardChoices, guardOf } from './options.ts';
import { inputsOf, type Run } from './run.ts';

export interface Scored {
  readonly session: LinkSession;
  readonly pairs: string;
  readonly count: number;
}

/** Below this a pair is as good as apart: clusters and curves lose nothing by its absence. */
const SCORED_FROM = -15;

/** From where pairs are scored that are clustered: average linkage weighs what speaks against, too. */
export function lowestScore(threshold: number): number {
  return Math.min(threshold - 1, SCORED_FROM);
}

const CHUNK_RECORDS = 250_000;

/** The model, reading also these columns of the input. */
export function reading(model: Model, ...columns: readonly (readonly string[] | undefined)[]): Model {
  return {
    ...model,
    retainColumns: [...new Set([...model.retainColumns, ...columns.flatMap((some) => some ?? [])])],
  };
}

/** Opens the files for a model and scores their pairs from `from` on, in parts. */
export async function scoreFiles(
  run: Run,
  paths: readonly string[],
  model: Model,
  { from, ...choices }: GuardChoices & { readonly from: number },
): Promise<Scored> {
  const session = await openSession(run.engine, {
    inputs: inputsOf(paths),
    model: reading(model, choices.divideBy),
  });
  run.tell(`${session.recordCount} records, ${session.possiblePairs} possible pairs`);
  const chunks = Math.max(1, Math.ceil(session.recordCount / CHUNK_RECORDS));
  const { table, pairs } = await scorePairs(session, model, {
    threshold: from,
    guard: guardOf(choices, run.tell),
    chunks,
    signal: run.signal,
    onProgress: (done, total) => {
      if (total > 1) run.tell(`scoring: part ${done} of ${total}`);
    },
  });
  run.tell(`${pairs} pairs weigh ${from} or more`);
  return { session, pairs: table, count: pairs };
}
