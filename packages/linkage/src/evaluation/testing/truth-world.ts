import fc from 'fast-check';
import { quoteText } from '../../expression/sql-text.ts';
import { exactMatch } from '../../levels/levels.ts';
import { defineModel, type LinkType, type Model } from '../../model/model.ts';
import type { SqlRunner } from '../../runner.ts';
import type { LinkSession } from '../../session.ts';
import { newWork } from '../../session-work.ts';

/** A small world: records with their entity, and the weights of some of their pairs. Record n has rid n + 1. */
export interface TruthWorld {
  readonly linkType: LinkType;
  readonly records: readonly {
    readonly source: number;
    readonly entity: string | null;
    readonly group: string | null;
    readonly cluster: number | null;
  }[];
  /** Weight of the pair of records i < j, by `i-j`; absent when it was not scored. */
  readonly weights: ReadonlyMap<string, number>;
}

export const worldModel: Model = defineModel({ comparisons: [exactMatch('team')], idColumn: 'id' });

/** Pairs that the link type allows, as places i < j of records. */
export function allowedPairs(world: TruthWorld): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (const [i, a] of world.records.entries()) {
    for (const [j, b] of world.records.entries()) {
      if (i < j && (world.linkType !== 'link_only' || a.source !== b.source)) pairs.push([i, j]);
    }
  }
  return pairs;
}

/** Random worlds: few entities, few weights, so that ties, unscored matches and empty sides all occur. */
export function truthWorlds(): fc.Arbitrary<TruthWorld> {
  const record = fc.record({
    source: fc.integer({ min: 0, max: 1 }),
    entity: fc.option(fc.constantFrom('e1', 'e2', 'e3'), { freq: 4 }),
    group: fc.option(fc.constantFrom('north', 'south'), { freq: 5 }),
    cluster: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 5 }),
  });
  return fc
    .record({
      linkType: fc.constantFrom<LinkType>('dedupe_only', 'link_only', 'link_and_dedupe'),
      records: fc.array(record, { minLength: 1, maxLength: 9 }),
      draws: fc.array(fc.option(fc.integer({ min: -6, max: 6 }), { freq: 3 }), {
        minLength: 36,
        maxLength: 36,
      }),
    })
    .map(({ linkType, records, draws }) => {
      // Records come in the order of their sources, as the engine numbers them.
      const sorted = [...records].sort((a, b) => a.source - b.source);
      const world = { linkType, records: sorted, weights: new Map<string, number>() };
      for (const [index, [i, j]] of allowedPairs(world).entries()) {
        const weight = draws[index];
        if (weight !== null && weight !== undefined) world.weights.set(`${i}-${j}`, weight / 2);
      }
      return world;
    });
}

/** Writes the world's tables: `w_records`, `w_pairs`, `w_clusters`. */
export async function writeWorld(runner: SqlRunner, world: TruthWorld): Promise<LinkSession> {
  const text = (value: string | null): string => (value === null ? 'NULL' : quoteText(value));
  const records = world.records.map(
    ({ source, entity, group }, index) =>
      `(${index + 1}, ${source}, 's${source}', 'id${index + 1}', ${text(entity)}, ${text(group)}, 'x')`,
  );
  await runner.run(`CREATE OR REPLACE TABLE w_records (rid INTEGER, source_no INTEGER, source_dataset VARCHAR, id VARCHAR,
    person VARCHAR, team VARCHAR, name VARCHAR); INSERT INTO w_records VALUES ${records.join(', ')}`);
  await runner.run(
    'CREATE OR REPLACE TABLE w_pairs (rid_l INTEGER, rid_r INTEGER, match_key UTINYINT, pattern BIGINT, match_weight DOUBLE)',
  );
  for (const [key, weight] of world.weights) {
    const [i = 0, j = 0] = key.split('-').map(Number);
    await runner.run(`INSERT INTO w_pairs VALUES (${i + 1}, ${j + 1}, 0, 1, ${weight})`);
  }
  await runner.run('CREATE OR REPLACE TABLE w_clusters (rid INTEGER, cluster INTEGER)');
  for (const [index, { cluster }] of world.records.entries()) {
    if (cluster !== null) await runner.run(`INSERT INTO w_clusters VALUES (${index + 1}, ${cluster})`);
  }
  return {
    runner,
    records: 'w_records',
    recordCount: world.records.length,
    possiblePairs: allowedPairs(world).length,
    work: newWork(),
    prefix: 'w_',
  };
}
