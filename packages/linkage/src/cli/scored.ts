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
export const SCORED_FROM = -15;

const CHUNK_RECORDS = 250_000;

/** The model, reading also the columns by which blocks may be divided. */
export function withDivisors(model: Model, { divideBy = [] }: GuardChoices): Model {
  return { ...model, retainColumns: [...new Set([...model.retainColumns, ...divideBy])] };
}

/** Opens the files for a model and scores their pairs from `threshold` on, in parts that can be interrupted. */
export async function scoreFiles(
  run: Run,
  paths: readonly string[],
  model: Model,
  { threshold, ...choices }: GuardChoices & { readonly threshold: number },
): Promise<Scored> {
  const session = await openSession(run.engine, {
    inputs: inputsOf(paths),
    model: withDivisors(model, choices),
  });
  run.tell(`${session.recordCount} records, ${session.possiblePairs} possible pairs`);
  const chunks = Math.max(1, Math.ceil(session.recordCount / CHUNK_RECORDS));
  const { table, pairs } = await scorePairs(session, model, {
    threshold,
    guard: guardOf(choices, run.tell),
    chunks,
    signal: run.signal,
    onProgress: (done, total) => {
      if (total > 1) run.tell(`scoring: part ${done} of ${total}`);
    },
  });
  run.tell(`${pairs} pairs weigh ${threshold} or more`);
  return { session, pairs: table, count: pairs };
}
