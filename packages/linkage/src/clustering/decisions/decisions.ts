import type { Engine } from '../../engine/engine.ts';
import { plainTableName, quoteText } from '../../expression/sql-text.ts';

export const VERDICTS = ['must_link', 'cannot_link'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a person decided of two records, by their stable ids. Whoever decides adds who, when and why: they are kept. */
export interface Decision {
  readonly left: string;
  readonly right: string;
  readonly verdict: Verdict;
}

export interface ResolvedDecisions<D extends Decision> {
  /** Tables made: `rid_l`, `rid_r`, `decision` (its index), in order of decision. */
  readonly mustLink: string;
  readonly cannotLink: string;
  /** In force: both records are there. */
  readonly standing: readonly D[];
  /** A record of them is gone, for now: keep them and give them again, they bind when it comes back. */
  readonly dormant: readonly D[];
}

/** Decisions that cannot all hold, or that say nothing. `decisions` are their indices. The message quotes no id. */
export class DecisionError extends Error {
  readonly decisions: readonly number[];
  constructor(message: string, decisions: readonly number[]) {
    super(`${message}: decisions ${decisions.slice(0, 20).join(', ')}${decisions.length > 20 ? '…' : ''}`);
    this.name = 'DecisionError';
    this.decisions = decisions;
  }
}

export interface DecisionOptions<D extends Decision> {
  readonly decisions: readonly D[];
  /** What follows FROM: `rid` INTEGER, `record_id` VARCHAR (stable, unique). */
  readonly records: string;
  /** Beginning of the names of the two tables: `<prefix>must_link`, `<prefix>cannot_link`. */
  readonly prefix: string;
}

/**
 * Finds the records of decisions. The order of the two records, and of the decisions, does not matter. Throws a
 * DecisionError when two decisions contradict each other on one pair (give only those in force), or a decision is about
 * a record and itself.
 */
export async function resolveDecisions<D extends Decision>(
  engine: Engine,
  { decisions, records, prefix }: DecisionOptions<D>,
): Promise<ResolvedDecisions<D>> {
  refuseContradictions(decisions);
  const given = plainTableName(`${prefix}decisions`);
  await engine.run(`CREATE OR REPLACE TABLE ${given}
    (decision INTEGER, left_id VARCHAR, right_id VARCHAR, verdict VARCHAR)`);
  for (let start = 0; start < decisions.length; start += BATCH) {
    const values = decisions
      .slice(start, start + BATCH)
      .map(
        ({ left, right, verdict }, index) =>
          `(${start + index}, ${quoteText(left)}, ${quoteText(right)}, ${quoteText(verdict)})`,
      );
    await engine.run(`INSERT INTO ${given} VALUES ${values.join(', ')}`);
  }
  const tables = { must_link: `${prefix}must_link`, cannot_link: `${prefix}cannot_link` };
  for (const verdict of VERDICTS) {
    await engine.run(`CREATE OR REPLACE TABLE ${tables[verdict]} AS
      SELECT least(l.rid, r.rid) AS rid_l, greatest(l.rid, r.rid) AS rid_r, decision FROM ${given}
        JOIN ${records} l ON l.record_id::VARCHAR = left_id JOIN ${records} r ON r.record_id::VARCHAR = right_id
      WHERE verdict = '${verdict}' ORDER BY decision`);
  }
  const [found = new Int32Array(0)] = await engine.readColumns(
    `SELECT decision FROM ${tables.must_link} UNION ALL SELECT decision FROM ${tables.cannot_link}`,
  );
  await engine.run(`DROP TABLE ${given}`);
  const standing = new Set(found);
  if (standing.size < found.length) throw new TypeError(`record_id of ${records} is not unique`);
  return {
    mustLink: tables.must_link,
    cannotLink: tables.cannot_link,
    standing: decisions.filter((_, index) => standing.has(index)),
    dormant: decisions.filter((_, index) => !standing.has(index)),
  };
}

const BATCH = 1_000;

function refuseContradictions(decisions: readonly Decision[]): void {
  const byPair = new Map<string, { readonly index: number; readonly verdict: Verdict }>();
  const contradictory = new Set<number>();
  const empty: number[] = [];
  for (const [index, { left, right, verdict }] of decisions.entries()) {
    if (left === right) empty.push(index);
    const pair = JSON.stringify(left < right ? [left, right] : [right, left]);
    const known = byPair.get(pair);
    if (known === undefined) byPair.set(pair, { index, verdict });
    else if (known.verdict !== verdict) {
      contradictory.add(known.index);
      contradictory.add(index);
    }
  }
  if (empty.length > 0) throw new DecisionError('a record was decided against itself', empty);
  if (contradictory.size > 0) {
    throw new DecisionError(
      'decisions on one pair contradict each other',
      [...contradictory].sort((a, b) => a - b),
    );
  }
}
