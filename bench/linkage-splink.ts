/**
 * The same model files in Splink and here: pairs, largest difference of match weights, seconds of each, on fake_1000 and
 * febrl3; and the same training by rules. Needs Python with splink 4 (SPLINK_PYTHON, or python3) for the full comparison;
 * without it, compares with the figures committed in packages/linkage/src/splink/golden.
 * Run: npx tsx bench/linkage-splink.ts [golden]      `golden` measures the committed figures anew.
 * Data: SHARED_DATA (../shared/data by default).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Engine, openEngine } from '../packages/linkage/src/engine/engine.ts';
import { quoteText } from '../packages/linkage/src/expression/sql-text.ts';
import { estimateMByRule } from '../packages/linkage/src/parameters/estimate-m-by-rule.ts';
import { estimatePrior } from '../packages/linkage/src/parameters/estimate-prior.ts';
import { addRandomU } from '../packages/linkage/src/parameters/estimate-u.ts';
import { startEstimates } from '../packages/linkage/src/parameters/estimates.ts';
import { scorePairs } from '../packages/linkage/src/scoring/score-pairs.ts';
import { openSession } from '../packages/linkage/src/session.ts';
import { predictedPairsSql } from '../packages/linkage/src/splink/predicted-pairs.ts';
import { readSplinkModel } from '../packages/linkage/src/splink/read-model.ts';
import { GOLDEN_COLUMNS, goldenPeople } from '../packages/linkage/src/splink/testing/golden-people.ts';

const DATA = process.env.SHARED_DATA ?? resolve('../shared/data');
const GOLDEN = new URL('../packages/linkage/src/splink/golden/', import.meta.url);
const SETS = ['fake_1000', 'febrl3'] as const;

interface MeasuredCase {
  readonly untrained: unknown;
  readonly model: { readonly comparisons: readonly { readonly comparison_levels: readonly Level[] }[] };
  readonly training: readonly string[];
  readonly deterministic: readonly string[];
  readonly prior: number;
  readonly pairs: number;
  readonly weightTotal: number;
  readonly rows: readonly (readonly [string | number, string | number, number, number])[];
  readonly seconds?: { readonly train: number; readonly predict: number };
}
interface Level {
  readonly m_probability?: number;
  readonly u_probability?: number;
}
interface Measured {
  readonly origin: string;
  readonly cases: Readonly<Record<string, MeasuredCase>>;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = (since: number): number => (performance.now() - since) / 1000;

function python(): string | undefined {
  const program = process.env.SPLINK_PYTHON ?? 'python3';
  const found = spawnSync(program, [
    '-c',
    'import splink, sys; sys.exit(not splink.__version__.startswith("4."))',
  ]);
  return found.status === 0 ? program : undefined;
}

function runSplink(program: string, mode: 'golden' | 'score', folder: string): Measured {
  const script = new URL('./splink/run_splink.py', import.meta.url).pathname;
  const done = spawnSync(program, [script, mode, folder], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`Splink failed: ${done.stderr.slice(-2000)}`);
  return JSON.parse(readFileSync(join(folder, `${mode}.json`), 'utf8')) as Measured;
}

/** Both data sets as plain CSV with a column unique_id, which both engines read. */
async function writeInputs(engine: Engine, folder: string): Promise<void> {
  const target = (name: string): string => quoteText(join(folder, `${name}.csv`));
  await engine.run(
    `COPY (SELECT * FROM read_csv(${quoteText(`${DATA}/fake_1000/fake_1000.csv`)}, all_varchar = true)) TO ${target('fake_1000')}`,
  );
  await engine.run(
    `COPY (SELECT rec_id AS unique_id, * EXCLUDE rec_id FROM (SELECT trim(COLUMNS(*)) FROM
      (SELECT #1 AS rec_id, #2 AS given_name, #3 AS surname, #4 AS street_number, #9 AS state, #8 AS postcode,
        #10 AS date_of_birth, #11 AS soc_sec_id
       FROM read_csv(${quoteText(`${DATA}/febrl3/dataset3.csv`)}, all_varchar = true)))) TO ${target('febrl3')}`,
  );
}

function writePeople(folder: string): void {
  const columns = ['unique_id', 'source', ...GOLDEN_COLUMNS, 'truth'] as const;
  const rows = goldenPeople().map((person) => columns.map((name) => person[name] ?? '').join(','));
  writeFileSync(join(folder, 'people.csv'), `${[columns.join(','), ...rows].join('\n')}\n`);
}

async function loadInput(engine: Engine, folder: string, name: string): Promise<void> {
  const file = quoteText(join(folder, `${name}.csv`));
  const id = name === 'fake_1000' ? 'unique_id::INTEGER AS unique_id' : 'unique_id';
  await engine.run(
    `CREATE OR REPLACE TABLE input AS SELECT ${id}, * EXCLUDE unique_id
     FROM read_csv(${file}, all_varchar = true, nullstr = '', header = true)`,
  );
}

async function compare(
  engine: Engine,
  folder: string,
  name: string,
  golden: MeasuredCase,
  live: boolean,
): Promise<void> {
  await loadInput(engine, folder, name);
  let start = performance.now();
  const { model, settings } = await readSplinkModel(engine, golden.model);
  const session = await openSession(engine, { inputs: [{ relation: 'input' }], model });
  const { table, pairs } = await scorePairs(session, model, { untrained: 'defaults' });
  await engine.run(
    `CREATE OR REPLACE TABLE ours AS ${await predictedPairsSql(session, model, { pairs: table, settings })}`,
  );
  const predict = seconds(start);
  if (live) {
    const file = quoteText(join(folder, `${name}.scores.parquet`));
    await engine.run(`CREATE OR REPLACE TABLE theirs AS SELECT * FROM ${file}`);
  } else {
    const values = golden.rows.map(
      ([l, r, weight]) => `(${quoteText(String(l))}, ${quoteText(String(r))}, ${weight}::DOUBLE)`,
    );
    await engine.run(
      `CREATE OR REPLACE TABLE theirs AS SELECT * FROM (VALUES ${values.join(', ')}) v(unique_id_l, unique_id_r, match_weight)`,
    );
  }
  const [row] = await engine.all(
    `SELECT max(abs(o.match_weight - t.match_weight)) AS difference, count(*) AS compared,
      count(*) FILTER (o.match_weight IS NULL) AS missing, (SELECT sum(match_weight) FROM ours) AS total
     FROM theirs t LEFT JOIN ours o ON o.unique_id_l::VARCHAR = t.unique_id_l::VARCHAR AND o.unique_id_r::VARCHAR = t.unique_id_r::VARCHAR`,
  );
  say(
    `${name}: ${pairs} pairs here, ${golden.pairs} there; ${row?.compared} compared, ${row?.missing} missing here`,
  );
  say(
    `  largest difference of match weight ${Number(row?.difference).toExponential(2)}, of the sum ${Math.abs(Number(row?.total) - golden.weightTotal).toExponential(2)}`,
  );
  start = performance.now();
  const largest = await compareTraining(engine, golden);
  say(`  training by the same rules: largest difference of a prior, m or u ${largest.toExponential(2)}`);
  say(
    `  seconds here: train ${seconds(start).toFixed(2)}, predict ${predict.toFixed(2)}${golden.seconds ? `; there: train ${golden.seconds.train.toFixed(2)}, predict ${golden.seconds.predict.toFixed(2)}` : ''}`,
  );
}

/** Trains as the file was trained. Splink draws its random pairs otherwise: u is only the same where all pairs are taken. */
async function compareTraining(engine: Engine, golden: MeasuredCase): Promise<number> {
  const { model } = await readSplinkModel(engine, golden.untrained);
  const session = await openSession(engine, { inputs: [{ relation: 'input' }], model });
  const { prior } = await estimatePrior(session, model, { rules: golden.deterministic, recall: 0.8 });
  let estimates = startEstimates({ ...model, prior });
  estimates = await addRandomU(engine, estimates, { records: session.records, maxPairs: 1e6 });
  const [first = '', second = ''] = golden.training;
  ({ estimates } = await estimateMByRule(session, estimates, first));
  ({ estimates } = await estimateMByRule(session, estimates, second));
  ({ estimates } = await estimateMByRule(session, estimates, first, { withoutTermFrequencies: true }));
  let largest = Math.abs(prior - golden.prior);
  for (const [index, { comparison_levels: levels }] of golden.model.comparisons.entries()) {
    for (const [place, theirs] of levels.entries()) {
      const ours = estimates.model.comparisons[index]?.levels[place];
      largest = Math.max(largest, Math.abs((ours?.m ?? 0) - (theirs.m_probability ?? 0)));
      largest = Math.max(largest, Math.abs((ours?.u ?? 0) - (theirs.u_probability ?? 0)));
    }
  }
  return largest;
}

function writeGolden(program: string, folder: string): void {
  const people = runSplink(program, 'golden', folder);
  writeFileSync(new URL('people.json', GOLDEN), JSON.stringify(people));
  const { origin, cases } = runSplink(program, 'score', folder);
  for (const name of SETS) {
    const { seconds: _, ...figures } = cases[name] as MeasuredCase;
    writeFileSync(new URL(`${name}.json`, GOLDEN), JSON.stringify({ origin, cases: { [name]: figures } }));
  }
  spawnSync('npx', ['biome', 'format', '--write', GOLDEN.pathname]);
}

const folder = mkdtempSync(join(tmpdir(), 'linkage-splink-'));
const engine = await openEngine();
try {
  const program = python();
  await writeInputs(engine, folder);
  writePeople(folder);
  if (process.argv[2] === 'golden') {
    if (program === undefined) throw new Error('needs Python with splink 4: set SPLINK_PYTHON');
    writeGolden(program, folder);
  }
  const live = program === undefined ? undefined : runSplink(program, 'score', folder);
  say(
    live
      ? `${live.origin}, in this run`
      : 'No Python with splink 4 at hand: compared with the committed figures.',
  );
  for (const name of SETS) {
    const golden = JSON.parse(readFileSync(new URL(`${name}.json`, GOLDEN), 'utf8')) as Measured;
    const measured = (live ?? golden).cases[name];
    if (measured !== undefined) await compare(engine, folder, name, measured, live !== undefined);
  }
} finally {
  engine.close();
  rmSync(folder, { recursive: true });
}
