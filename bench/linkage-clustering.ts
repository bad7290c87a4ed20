// Time and memory of clustering on seeded random graphs: tsx bench/linkage-clustering.ts [records…]
import { type ClusterMethod, clusterPairs } from '../packages/linkage/src/clustering/cluster-pairs.ts';
import { reviewPairs } from '../packages/linkage/src/clustering/decisions/review-pairs.ts';
import { keepClusterIds } from '../packages/linkage/src/clustering/identity/stable-ids.ts';
import { graphMetrics } from '../packages/linkage/src/clustering/metrics/graph-metrics.ts';
import { type Engine, openEngine } from '../packages/linkage/src/engine/engine.ts';

/** Records and pairs of each run. */
const SIZES: readonly (readonly [number, number])[] = [
  [1_000_000, 1_700_000],
  [3_000_000, 5_000_000],
];
/** Share of the pairs of different persons that look alike: few, or so many that nearly all records hang together. */
const CHAINED = [0.05, 0.9] as const;

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
 * Persons of 1 to 6 records side by side. Pairs of one person are mostly heavy; the others join neighbours or anybody,
 * and are mostly light but for those that chain persons together.
 */
function randomGraph(records: number, pairs: number, chained: number): RandomGraph {
  const random = seeded(7);
  const person = new Int32Array(records);
  for (let record = 0, number = 1; record < records; number++) {
    const end = Math.min(records, record + 1 + Math.floor(random() * 6));
    while (record < end) person[record++] = number;
  }
  const left = new Int32Array(pairs);
  const right = new Int32Array(pairs);
  const weight = new Float64Array(pairs);
  for (let pair = 0; pair < pairs; pair++) {
    const a = Math.floor(random() * records);
    const near = random();
    const reach = near < 0.6 ? 5 : near < 0.9 ? 60 : records - 1;
    const b = (a + 1 + Math.floor(random() * reach)) % records;
    const spread = (random() + random() + random() - 1.5) * 8;
    left[pair] = a + 1;
    right[pair] = b + 1;
    weight[pair] = person[a] === person[b] ? 9 + spread : random() < chained ? 2 + spread : -8 + spread;
  }
  const identifier = person.map((own) => {
    if (random() < 0.3) return 0;
    return random() < 0.001 ? 1 + Math.floor(random() * records) : own;
  });
  return { left, right, weight, identifier };
}

async function fill(engine: Engine, records: number, graph: RandomGraph): Promise<void> {
  await engine.run(`CREATE TABLE nodes AS SELECT range::INTEGER AS rid FROM range(1, ${records + 1})`);
  await engine.run('CREATE TABLE pairs (rid_l INTEGER, rid_r INTEGER, match_weight DOUBLE)');
  await engine.appendColumns('pairs', [graph.left, graph.right, graph.weight]);
  await engine.run('CREATE TABLE held (rid INTEGER, value INTEGER)');
  await engine.appendColumns('held', [
    Int32Array.from({ length: records }, (_, row) => row + 1),
    graph.identifier,
  ]);
}

async function measure(records: number, pairs: number, chained: number): Promise<void> {
  const engine = await openEngine({ threads: 2, memoryLimit: '1GB' });
  await fill(engine, records, randomGraph(records, pairs, chained));
  const timed = async (name: string, work: () => Promise<string>): Promise<void> => {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const told = await work();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { user, system } = process.cpuUsage(cpu);
    const peak = Math.round(process.resourceUsage().maxRSS / 1024);
    process.stdout.write(
      `${records} records, ${pairs} pairs, ${chained} chained, ${name}: ${seconds} s (${((user + system) / 1e6).toFixed(1)} s of CPU), peak ${peak} MB${told}\n`,
    );
  };
  const cluster = (name: string, method: ClusterMethod, more: object = {}): Promise<void> =>
    timed(name, async () => {
      const given = { nodes: 'nodes', pairs: 'pairs', threshold: { weight: 0 }, into: 'clusters' };
      const { clusters, refused } = await clusterPairs(engine, { ...given, method, ...more });
      const [row] = await engine.all(
        'SELECT max(n) AS n FROM (SELECT count(*) AS n FROM clusters GROUP BY cluster)',
      );
      return `, ${clusters} clusters, largest ${String(row?.n)}, refused ${refused}`;
    });
  await cluster('components', 'components');
  await cluster('single best', 'single_best');
  await cluster('average linkage', 'average_linkage');
  const traits = `(SELECT rid, 'id' AS trait, nullif(value, 0) AS value FROM held)`;
  await cluster('average linkage, identifiers', 'average_linkage', {
    constraints: { traits },
    refusedInto: 'refused',
  });
  await timed('metrics', async () => {
    await graphMetrics(engine, {
      nodes: 'nodes',
      pairs: 'pairs',
      clusters: 'clusters',
      threshold: { weight: 0 },
      into: 'figures',
    });
    return '';
  });
  await timed('review list', async () => {
    const thresholds = { upper: { weight: 0 }, lower: { weight: -1 } };
    const found = await reviewPairs(engine, {
      pairs: 'pairs',
      clusters: 'clusters',
      thresholds,
      refused: 'refused',
      into: 'questions',
    });
    return `, ${found} questions`;
  });
  await timed('first ids', async () => `, ${(await keep(engine)).created} created`);
  await engine.run('CREATE TABLE previous AS SELECT * FROM membership');
  await cluster('average linkage at 2', 'average_linkage', { threshold: { weight: 2 } });
  await timed('ids kept', async () => {
    const { kept, created, changes } = await keep(engine, 'previous');
    return `, ${kept} kept, ${created} created, ${changes} records moved`;
  });
  engine.close();
}

function keep(engine: Engine, previous?: string): ReturnType<typeof keepClusterIds> {
  return keepClusterIds(engine, {
    current: `(SELECT 'record-' || rid AS record_id, cluster FROM clusters)`,
    newIds: { text: previous === undefined ? 'a' : 'b', start: 1 },
    output: { membership: 'membership', journal: 'journal', retired: 'retired' },
    ...(previous === undefined ? {} : { previous }),
  });
}

const wanted = process.argv.slice(2).map(Number);
for (const [records, pairs] of SIZES) {
  if (wanted.length > 0 && !wanted.includes(records)) continue;
  for (const chained of CHAINED) await measure(records, pairs, chained);
}
