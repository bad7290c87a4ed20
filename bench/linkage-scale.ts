/**
 * Deduplicates a synthetic population, training included, and says what each step took; with --splink the same file, the
 * same comparisons and the same blocking rules in Splink 4, in a process of its own, after ours.
 * Run: npx tsx bench/linkage-scale.ts [ROWS = 1000000] [--splink] [--memory 5GB] [--chunks N] [--keep FOLDER]
 * Splink needs Python with splink 4: SPLINK_PYTHON, or python3.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterPairs } from '../packages/linkage/src/clustering/cluster-pairs.ts';
import { type Engine, openEngine } from '../packages/linkage/src/engine/engine.ts';
import { quoteText } from '../packages/linkage/src/expression/sql-text.ts';
import { trainModel } from '../packages/linkage/src/parameters/train.ts';
import { scorePairs } from '../packages/linkage/src/scoring/score-pairs.ts';
import { openSession } from '../packages/linkage/src/session.ts';
import { SPLINK_SETTINGS } from '../packages/linkage/src/splink/model-file.ts';
import { splinkModelText, writeSplinkModel } from '../packages/linkage/src/splink/write-model.ts';
import { peakMemoryMb } from './linkage-population.ts';
import { peopleModel, peopleSql, TRAINING } from './scale-people.ts';

const THRESHOLD = -5;
const THREADS = 2;
/** The largest names of millions of persons give blocks that the guard would refuse: that is what is measured here. */
const GUARD = { blockPairs: 1e9, totalPairs: 1e11 };

interface Counts {
  readonly found: number;
  readonly same: number;
  readonly matches: number;
}
/** What one engine did: seconds by step, of the clock and of its processors together, counts of pairs, peak memory in MB. */
interface Measured {
  readonly seconds: Readonly<Record<string, number>>;
  readonly cpuSeconds: Readonly<Record<string, number>>;
  readonly candidates: number;
  readonly kept: number;
  readonly edges: Counts;
  readonly clusters: Counts;
  readonly peakMb: number;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const args = process.argv.slice(2);
function option(name: string): string | undefined {
  const place = args.indexOf(name);
  return place === -1 ? undefined : args.splice(place, 2)[1];
}
const memory = option('--memory') ?? '5GB';
const kept = option('--keep');
const chunksAsked = option('--chunks');
const withSplink = args.includes('--splink');
const rows = Number(args.find((arg) => !arg.startsWith('--')) ?? 1_000_000);
const chunks = Number(chunksAsked ?? Math.max(1, Math.round(rows / 1_000_000)));

const folder = kept ?? mkdtempSync(join(tmpdir(), 'linkage-scale-'));
mkdirSync(folder, { recursive: true });
const people = join(folder, `people-${rows}.parquet`);
const relation = `read_parquet(${quoteText(people)})`;

/** With little memory: the peak of the process is to be that of the linkage. */
async function writePeople(): Promise<void> {
  if (existsSync(people)) return;
  const engine = await openEngine({
    memoryLimit: '1GB',
    spillFolder: join(folder, 'spill'),
    threads: THREADS,
  });
  await engine.run(`COPY (${peopleSql(rows)} ORDER BY unique_id) TO ${quoteText(people)}`);
  engine.close();
}

async function numbers(engine: Engine, sql: string): Promise<Readonly<Record<string, number>>> {
  const [row = {}] = await engine.all(sql);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
}

/** Of pairs of ids, and of clusters of ids, against the column `entity`. */
async function judge(engine: Engine, records: string): Promise<Pick<Measured, 'edges' | 'clusters'>> {
  await engine.run(
    `CREATE TABLE truth AS SELECT r.rid, p.entity FROM ${records} r JOIN ${relation} p USING (unique_id)`,
  );
  const pairsOf = (groups: string) => `SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (${groups})`;
  const { matches = 0 } = await numbers(
    engine,
    `SELECT (${pairsOf('SELECT count(*) AS n FROM truth GROUP BY entity')}) AS matches`,
  );
  const edges = await numbers(
    engine,
    `SELECT count(*) AS found, count(*) FILTER (l.entity = r.entity) AS same FROM linkage_pairs p
     JOIN truth l ON l.rid = p.rid_l JOIN truth r ON r.rid = p.rid_r WHERE match_weight >= 0`,
  );
  const clusters = await numbers(
    engine,
    `SELECT (${pairsOf('SELECT count(*) AS n FROM clusters GROUP BY cluster')}) AS found,
      (${pairsOf('SELECT count(*) AS n FROM clusters JOIN truth USING (rid) GROUP BY cluster, entity')}) AS same`,
  );
  return {
    edges: { found: edges.found ?? 0, same: edges.same ?? 0, matches },
    clusters: { found: clusters.found ?? 0, same: clusters.same ?? 0, matches },
  };
}

async function measureOurs(): Promise<Measured> {
  const engine = await openEngine({
    memoryLimit: memory,
    spillFolder: join(folder, 'spill'),
    threads: THREADS,
  });
  const seconds: Record<string, number> = {};
  const cpuSeconds: Record<string, number> = {};
  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const done = await work();
    const { user, system } = process.cpuUsage(used);
    seconds[step] = (performance.now() - start) / 1000;
    cpuSeconds[step] = (user + system) / 1e6;
    say(
      `  ${step}: ${seconds[step].toFixed(1)} s, CPU ${cpuSeconds[step].toFixed(1)} s, peak ${peakMemoryMb()} MB`,
    );
    return done;
  };
  try {
    const model = peopleModel();
    const session = await timed('load', () => openSession(engine, { inputs: [{ relation }], model }));
    const trained = await timed('train', () => trainModel(session, model, { guard: GUARD }));
    for (const { message, comparison, level } of trained.warnings) {
      say(`  warning: ${[comparison, level, message].filter(Boolean).join(', ')}`);
    }
    const scored = await timed('predict', () =>
      scorePairs(session, trained.model, { threshold: THRESHOLD, chunks, guard: GUARD }),
    );
    await timed('cluster', () =>
      clusterPairs(engine, {
        nodes: session.records,
        pairs: scored.table,
        threshold: { weight: 0 },
        into: 'clusters',
      }),
    );
    const peakMb = peakMemoryMb();
    const judged = await judge(engine, session.records);
    const candidates = Math.round(trained.candidatePairs);
    return { seconds, cpuSeconds, candidates, kept: scored.pairs, ...judged, peakMb };
  } finally {
    engine.close();
  }
}

function measureSplink(candidates: number): Measured | undefined {
  const program = process.env.SPLINK_PYTHON ?? 'python3';
  const script = new URL('./splink/scale.py', import.meta.url).pathname;
  const settings = { ...SPLINK_SETTINGS, retainMatchingColumns: false };
  writeFileSync(join(folder, 'model.json'), splinkModelText(writeSplinkModel(peopleModel(), settings)));
  writeFileSync(
    join(folder, 'run.json'),
    JSON.stringify({
      people,
      memory,
      threads: THREADS,
      threshold: THRESHOLD,
      training: TRAINING,
      candidates,
    }),
  );
  const done = spawnSync(program, [script, folder], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) return undefined;
  return JSON.parse(readFileSync(join(folder, 'splink.json'), 'utf8')) as Measured;
}

function accuracy({ found, same, matches }: Counts): string {
  const [precision, recall] = [same / found, same / matches];
  const f1 = (2 * precision * recall) / (precision + recall);
  return `P ${precision.toFixed(4)} R ${recall.toFixed(4)} F1 ${f1.toFixed(4)}`;
}

const total = (seconds: Readonly<Record<string, number>>): number =>
  Object.values(seconds).reduce((sum, one) => sum + one, 0);

function tell(name: string, measured: Measured): void {
  const { seconds, cpuSeconds, candidates, kept: pairs, edges, clusters, peakMb } = measured;
  const told = (of: Readonly<Record<string, number>>): string =>
    `${total(of).toFixed(1)} s (${Object.entries(of)
      .map(([step, time]) => `${step} ${time.toFixed(1)}`)
      .join(', ')})`;
  say(`${name}: ${told(seconds)}, CPU ${told(cpuSeconds)}, peak ${peakMb} MB`);
  say(
    `  ${candidates} candidate pairs, ${Math.round(candidates / (seconds.predict ?? 1))} a second when predicting; ${pairs} kept`,
  );
  say(`  edges at weight 0: ${accuracy(edges)}`);
  say(`  clusters:          ${accuracy(clusters)}`);
}

try {
  await writePeople();
  say(`${rows} rows, ${THREADS} threads, memory limit ${memory}, ${chunks} chunks`);
  const ours = await measureOurs();
  tell('ours', ours);
  if (withSplink || process.env.SPLINK_PYTHON !== undefined) {
    const theirs = measureSplink(ours.candidates);
    if (theirs === undefined) say('Splink 4 did not run: set SPLINK_PYTHON to a Python that has it.');
    else {
      tell('Splink', theirs);
      const [clock, cpu] = [
        total(theirs.seconds) / total(ours.seconds),
        total(theirs.cpuSeconds) / total(ours.cpuSeconds),
      ];
      say(`ours is ${clock.toFixed(2)} times as fast, ${cpu.toFixed(2)} times by CPU`);
    }
  }
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true });
}
