import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { exactMatch } from '../levels/levels.ts';
import { defineModel, type Model } from '../model/model.ts';
import { openSession } from '../session.ts';
import { frequencyClasses } from './frequency-classes.ts';
import { type CarriedPairs, type RescoreOptions, rescorePairs } from './rescore-pairs.ts';
import { scorePairs } from './score-pairs.ts';
import { loadRecords, type RandomRecord, randomModels, randomRecords } from './testing/random-scoring.ts';
import { UntrainedError } from './untrained.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ threads: 2 });
});
afterAll(() => engine.close());

/** Rows of a table of pairs as ids and the rest. */
async function pairsIn(table: string, records: string): Promise<readonly (readonly unknown[])[]> {
  const rows = await engine.all(
    `SELECT l.unique_id AS l, r.unique_id AS r, p.* EXCLUDE (rid_l, rid_r) FROM ${table} p
     JOIN ${records} l ON l.rid = rid_l JOIN ${records} r ON r.rid = rid_r ORDER BY 1, 2`,
  );
  return rows.map((row) => Object.values(row));
}

const open = (model: Model) => openSession(engine, { inputs: [{ relation: 'input' }], model });

type Grouped = Pick<RescoreOptions, 'groupedBy'>;

/** Both tables, worked out in full or from what is carried. */
async function rescore(model: Model, threshold: number, grouped: Grouped, carried?: CarriedPairs) {
  const session = await open(model);
  const asked = { threshold, possibleInto: 'possible', guard: 'off', carried, ...grouped } as const;
  const { table, pairs } = await rescorePairs(session, model, asked);
  const scored = await pairsIn(table, session.records);
  expect(pairs).toBe(scored.length);
  const classes = frequencyClasses(model).map(({ classSql }) => classSql);
  const rows = await engine.all(
    `SELECT unique_id AS id, [${classes.join(', ')}]::VARCHAR AS classes FROM ${session.records}`,
  );
  const classesOf = new Map(rows.map(({ id, classes: own }) => [Number(id), own]));
  return { scored, possible: await pairsIn('possible', session.records), classesOf };
}

/** What a month brings: each record stays, goes, or is another. */
const nextMonth = fc.tuple(
  randomRecords,
  fc.array(fc.constantFrom('stays', 'stays', 'stays', 'goes', 'changes'), { minLength: 25, maxLength: 25 }),
);

describe('month after month', () => {
  it('what is carried changes nothing: not what reaches the threshold, not what is possible', async () => {
    let spared = 0;
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(
        randomModels(),
        randomRecords,
        fc.array(nextMonth, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: -6, max: 10 }),
        fc.constantFrom<Grouped>({}, {}, { groupedBy: 'site' }),
        async (model, first, months, threshold, grouped) => {
          let known = new Map(first.map((record, id) => [id, record]));
          await load(known);
          let before = await rescore(model, threshold, grouped);
          for (const [others, fates] of months) {
            const next = after(known, others, fates);
            await load(next);
            const session = await open(model);
            const plain = await scorePairs(session, model, {
              threshold,
              guard: 'off',
              into: 'plain',
              ...grouped,
            });
            const expected = await pairsIn(plain.table, session.records);
            const full = await rescore(model, threshold, grouped);
            const isSame = (id: number) =>
              known.get(id) === next.get(id) && before.classesOf.get(id) === full.classesOf.get(id);
            await keep(before.possible, next, isSame);
            const carried = { pairs: 'carried', changed: 'changed' };
            const some = await rescore(model, threshold, grouped, carried);
            expect(full.scored).toEqual(expected);
            expect(some).toEqual(full);
            const [{ n = 0 } = {}] = await engine.all('SELECT count(*) AS n FROM carried');
            spared += Number(n);
            moved += full.possible.length > full.scored.length ? 1 : 0;
            [known, before] = [next, full];
          }
        },
      ),
      { seed: 14, numRuns: 32 },
    );
    expect(spared).toBeGreaterThan(50);
    expect(moved).toBeGreaterThan(1);
  });
});

type Known = ReadonlyMap<number, RandomRecord>;

function after(
  known: Known,
  others: readonly RandomRecord[],
  fates: readonly string[],
): Map<number, RandomRecord> {
  const next = new Map<number, RandomRecord>();
  for (const [place, [id, record]] of [...known].entries()) {
    const fate = fates[place] ?? 'stays';
    const other = others[place];
    if (fate !== 'goes') next.set(id, fate === 'changes' && other !== undefined ? other : record);
  }
  // Two come, one before the others.
  for (const [place, record] of others.slice(0, 2).entries())
    next.set(place === 0 ? -next.size : 1000 + next.size, record);
  return next;
}

/** The table `input`. */
async function load(known: Known): Promise<void> {
  const ids = [...known.keys()];
  await loadRecords(engine, [...known.values()]);
  await engine.run(`UPDATE input SET unique_id = [${ids.join(', ')}][unique_id + 1]`);
}

/** The tables `carried` and `changed`, by the numbers of today: ids go up as those numbers do. */
async function keep(
  possible: readonly (readonly unknown[])[],
  next: Known,
  isSame: (id: number) => boolean,
): Promise<void> {
  const rid = new Map([...next.keys()].toSorted((a, b) => a - b).map((id, place) => [id, place + 1]));
  const rows = possible.flatMap(([l, r, key, pattern]) => {
    const [left, right] = [rid.get(Number(l)), rid.get(Number(r))];
    return left === undefined || right === undefined ? [] : [`(${[left, right, key, pattern].join(', ')})`];
  });
  const changed = [...next.keys()].flatMap((id) => (isSame(id) ? [] : [`(${rid.get(id)})`]));
  await engine.run(`
    CREATE OR REPLACE TABLE carried (rid_l INTEGER, rid_r INTEGER, match_key UTINYINT, pattern BIGINT);
    CREATE OR REPLACE TABLE changed (rid INTEGER);
    ${rows.length === 0 ? '' : `INSERT INTO carried VALUES ${rows.join(', ')};`}
    ${changed.length === 0 ? '' : `INSERT INTO changed VALUES ${changed.join(', ')};`}`);
}

describe('refuses', () => {
  const model = defineModel({ comparisons: [exactMatch('last')], blockingRules: ['l.town = r.town'] });
  const person: RandomRecord = { first: null, last: 'X', born: null, town: 'PAU', site: 'a' };
  const asked = { threshold: 0, possibleInto: 'possible' };

  it('blocks that are divided by what other records there are, and untrained levels', async () => {
    await loadRecords(engine, [person, person]);
    const session = await open(model);
    const guard = { oversized: 'split', subKeys: ['last'] } as const;
    await expect(rescorePairs(session, model, { ...asked, guard })).rejects.toThrow(TypeError);
    await expect(rescorePairs(session, model, asked)).rejects.toThrow(UntrainedError);
  });

  it('m by source', async () => {
    await loadRecords(engine, [person, person]);
    const bySource = { ...model, sourceParameters: [{ sources: ['a', 'b'] as const, m: [[0.5, 0.5]] }] };
    await expect(rescorePairs(await open(model), bySource, asked)).rejects.toThrow(TypeError);
  });
});
