// Time and memory of clustering on a seeded random graph: tsx bench/linkage-clustering.ts [records] [pairs] [records…]

import { type ClusterMethod, clusterPairs } from '../packages/linkage/src/clustering/cluster-pairs.ts';
import { openEngine } from '../packages/linkage/src/engine/engine.ts';

const MB = 1024 ** 2;
/** Records and pairs of each run. */
const SIZES: readonly (readonly [number, number])[] = [
  [1_000_000, 1_700_000],
  [3_000_000, 5_000_000],
];

/** Numbers from 0 to 1 (excluded), always the same for a seed. Source: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface RandomGraph {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly weight: Float64Array;
  /** Identifier of a record's person, 0 when it is not known; one in a thousand is wrong. */
  readonly identifier: Int32Array;
}

/**
 * Persons of 1 to 6 records side by side; half of the pairs are of one person and mostly heavy, the others join
 * neighbours or anybody and are mostly light: some of them chain persons together.
 */
function randomGraph(records: number, pairs: number, chained: number): RandomGraph {
  const random = seeded(7);
  const person = new Int32Array(records);
  const first: number[] = [];
  for (let at = 0; at < records; first.push(at), at = first[first.length - 1] as number) {
    const size = 1 + Math.floor(random() * 6);
    const start = first.length === 0 ? 0 : at;
    for (let member = start; member < Math.min(records, start + size); member++)
      person[member] = first.length;
    at = start + size;
  }
  const left = new Int32Array(pairs);
  const right = new Int32Array(pairs);
  const weight = new Float64Array(pairs);
  for (let pair = 0; pair < pairs; pair++) {
    const a = Math.floor(random() * records);
    const near = random();
    const reach = near < 0.6 ? 5 : near < 0.9 ? 60 : records;
    const b = (a + 1 + Math.floor(random() * reach)) % records;
    const same = person[a] === person[b];
    const spread = (random() + random() + random() - 1.5) * 8;
    left[pair] = Math.min(a, b) + 1;
    right[pair] = Math.max(a, b) + 1;
    weight[pair] = same ? 9 + spread : random() < chained ? 2 + spread : -8 + spread;
  }
  const identifier = person.map((each) =>
    random() < 0.3 ? 0 : random() < 0.001 ? 1 + Math.floor(random() * records) : each + 1,
  );
  return { left, right, weight, identifier };
}

async function measure(records: number, pairs: number, chained: number): Promise<void> {
  const graph = randomGraph(records, pairs, chained);
  const engine = await openEngine({ threads: 2, memoryLimit: '1GB' });
  await engine.run(`CREATE TABLE nodes AS SELECT range::INTEGER AS rid FROM range(1, ${records + 1})`);
  await engine.run('CREATE TABLE raw (rid_l INTEGER, rid_r INTEGER, match_weight DOUBLE)');
  await engine.appendColumns('raw', [graph.left, graph.right, graph.weight]);
  await engine.run('CREATE TABLE pairs AS SELECT * FROM raw WHERE rid_l <> rid_r; DROP TABLE raw');
  await engine.run('CREATE TABLE held (rid INTEGER, value INTEGER)');
  await engine.appendColumns('held', [
    Int32Array.from(graph.identifier, (_, index) => index + 1),
    graph.identifier,
  ]);
  const run = async (name: string, method: ClusterMethod, traits: boolean): Promise<void> => {
    const started = performance.now();
    const summary = await clusterPairs(engine, {
      nodes: 'nodes',
      pairs: 'pairs',
      threshold: { weight: 0 },
      method,
      into: 'clusters',
      ...(traits
        ? {
            constraints: { traits: `(SELECT rid, 'id' AS trait, nullif(value, 0) AS value FROM held)` },
            refusedInto: 'refused',
          }
        : {}),
    });
    const [largest] = await engine.all(
      'SELECT max(n) AS n FROM (SELECT count(*) AS n FROM clusters GROUP BY cluster)',
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const peak = (process.resourceUsage().maxRSS * 1024) / MB;
    process.stdout.write(
      `${records} records, ${pairs} pairs, chained ${chained}, ${name}: ${seconds} s, peak ${peak.toFixed(0)} MB, ` +
        `${summary.clusters} clusters, largest ${String(largest?.n)}, refused ${summary.refused}\n`,
    );
  };
  await run('components', 'components', false);
  await run('single best', 'single_best', false);
  await run('average linkage', 'average_linkage', false);
  await run('average linkage, identifiers', 'average_linkage', true);
  engine.close();
}

const wanted = process.argv.slice(2).map(Number);
for (const [records, pairs] of SIZES) {
  if (wanted.length > 0 && !wanted.includes(records)) continue;
  for (const chained of [0.05, 0.9]) await measure(records, pairs, chained);
}
