import { type Caller, withCaller } from '../../../modules/access/index.ts';
import {
  builderOver,
  type Database,
  type RawTransaction,
  type Transaction,
} from '../../../platform/postgres/database.ts';
import { type Example, QUESTION_NAMES, QUESTIONS, type QuestionName } from './questions.ts';

/** A reading of the cases, and how the base goes about it. */
export interface Plan {
  readonly sql: string;
  /** As EXPLAIN (COSTS OFF) tells it, line after line. */
  readonly plan: string;
}

/** Tables that a country fills: none may be read whole for a screen. */
const LARGE = ['cases', 'events', 'name_words', 'phone_keys', 'published_entries'] as const;
const OF_CASES = /\b(?:cases"?\."?[a-z]|lists\.published_entries)/;
const READS = /^\s*(?:select|with)\b/i;

/**
 * The plans of the very statements on cases that `work` reads by, in their order, once each, but for those `known`: under
 * the caller's role, hence with what row-level security adds. `settings`: told to the planner first.
 */
async function readPlans(
  caller: Caller,
  work: (caller: Caller) => Promise<unknown>,
  known: ReadonlySet<string>,
  settings: string,
): Promise<Plan[]> {
  const seen = new Map<string, readonly unknown[]>();
  const raw: RawTransaction = {
    ...caller.transaction,
    query<R extends object>(sql: string, parameters: readonly unknown[] = []) {
      if (READS.test(sql) && OF_CASES.test(sql) && !known.has(sql) && !seen.has(sql))
        seen.set(sql, parameters);
      return caller.transaction.query<R>(sql, parameters);
    },
  };
  const watching: Transaction = { ...raw, tables: <T>() => builderOver<T>(raw) };
  await work({ ...caller, transaction: watching });
  if (settings !== '') await caller.transaction.script(settings);
  const plans: Plan[] = [];
  for (const [sql, parameters] of seen) {
    const { rows } = await caller.transaction.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (COSTS OFF) ${sql}`,
      parameters,
    );
    plans.push({ sql, plan: rows.map((row) => row['QUERY PLAN']).join('\n') });
  }
  return plans;
}

/**
 * The plans of every question, asked by the person of the session. A statement that an earlier question sends too is told there.
 * `settings`: SQL that the planner is told first.
 */
export async function readAllPlans(
  database: Database,
  token: string,
  example: Example,
  settings = '',
): Promise<ReadonlyMap<QuestionName, readonly Plan[]>> {
  const known = new Set<string>();
  const plans = new Map<QuestionName, readonly Plan[]>();
  for (const name of QUESTION_NAMES) {
    const own = await withCaller(database, { token, permission: 'case.read' }, (caller) =>
      readPlans(caller, (watched) => QUESTIONS[name](watched, example), known, settings),
    );
    for (const { sql } of own) known.add(sql);
    plans.set(name, own);
  }
  return plans;
}

const SCAN = /(?:Index (?:Only )?Scan(?: Backward)? using|Bitmap Index Scan on) (\w+)/g;
const WHOLE = /Seq Scan on (\w+)/g;
const found = (pattern: RegExp, plan: string) => [
  ...new Set([...plan.matchAll(pattern)].map(([, name]) => name ?? '')),
];

/** Indexes of large tables by which a plan reads, in the order of the alphabet. */
export const indexesOf = (plan: string): string[] =>
  found(SCAN, plan)
    .filter((index) => LARGE.some((table) => index.startsWith(`${table}_`)))
    .sort();

/** Large tables that a plan reads whole. */
export const readWhole = (plan: string): string[] =>
  found(WHOLE, plan).filter((table) => LARGE.some((large) => large === table));

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…'],
  [/\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[+-]\d{2}|Z)?)?/g, '…'],
  [/\{…(?:,…)+\}/g, '{…}'],
];

/** A plan without what changes from one day or base to the next: days, instants, identifiers. */
export const withoutValues = (plan: string): string =>
  WORDS.reduce((text, [pattern, word]) => text.replace(pattern, word), plan);
