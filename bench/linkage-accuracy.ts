/**
 * Accuracy of the suggested model and blocking rules on public data with truth: no label is used but to measure, no
 * parameter is set for a data set, the threshold is fixed at weight 0.
 * Run: npx tsx bench/linkage-accuracy.ts [--data FOLDER] [--budget PAIRS] [--weights] [SET …]
 */
import { join } from 'node:path';
import { candidatePairsSql } from '../packages/linkage/src/blocking/candidate-pairs.ts';
import { countCandidatePairs } from '../packages/linkage/src/blocking/count-pairs.ts';
import { type Engine, openEngine } from '../packages/linkage/src/engine/engine.ts';
import { quoteName, quoteText } from '../packages/linkage/src/expression/sql-text.ts';
import type { Model } from '../packages/linkage/src/model/model.ts';
import { type Training, trainModel } from '../packages/linkage/src/parameters/train.ts';
import { profileColumns } from '../packages/linkage/src/profile/profile-columns.ts';
import { scorePairs } from '../packages/linkage/src/scoring/score-pairs.ts';
import { comparisonWeights } from '../packages/linkage/src/scoring/weights.ts';
import { type LinkSession, openSession } from '../packages/linkage/src/session.ts';
import {
  type SuggestedBlocking,
  suggestBlockingRules,
} from '../packages/linkage/src/suggest/suggest-blocking.ts';
import { suggestModel } from '../packages/linkage/src/suggest/suggest-model.ts';

interface DataSet {
  readonly file: string;
  readonly options: string;
  readonly id: string;
  /** Columns that tell the truth, or serve nothing: never seen by the model. */
  readonly hidden: readonly string[];
  /** SQL of the entity of a row. */
  readonly entity: string;
}

const SETS: Readonly<Record<string, DataSet>> = {
  fake_1000: {
    file: 'fake_1000/fake_1000.csv',
    options: '',
    id: 'unique_id',
    hidden: ['cluster'],
    entity: 'cluster',
  },
  febrl3: {
    file: 'febrl3/dataset3.csv',
    options: ', all_varchar = true',
    id: 'rec_id',
    hidden: [],
    entity: "split_part(rec_id, '-', 2)",
  },
  RLdata500: {
    file: 'rldata/RLdata500.csv',
    options: ", nullstr = 'NA'",
    id: 'rec_id',
    hidden: ['ent_id'],
    entity: 'ent_id',
  },
  RLdata10000: {
    file: 'rldata/RLdata10000.csv',
    options: ", nullstr = 'NA'",
    id: 'rec_id',
    hidden: ['ent_id'],
    entity: 'ent_id',
  },
};

const args = process.argv.slice(2);
function option(name: string, otherwise: string): string {
  const place = args.indexOf(name);
  return place === -1 ? otherwise : (args.splice(place, 2)[1] ?? otherwise);
}
const folder = option('--data', process.env.LINKAGE_DATA ?? join('..', 'shared', 'data'));
const budget = Number(option('--budget', '10000000'));
const withWeights = args.includes('--weights');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const say = (text: string) => process.stdout.write(`${text}\n`);
const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole).toFixed(4);

async function load(engine: Engine, { file, options, id, hidden, entity }: DataSet): Promise<void> {
  const source = `read_csv(${quoteText(join(folder, file))}${options})`;
  const excluded = hidden.length === 0 ? '' : ` EXCLUDE (${hidden.map(quoteName).join(', ')})`;
  await engine.run(`CREATE TABLE people AS SELECT *${excluded} FROM ${source};
    CREATE TABLE truth AS SELECT ${quoteName(id)} AS id, ${entity} AS entity FROM ${source}`);
}

/** Numbers of the pairs of `sql` (rid_l, rid_r) that are true, and of all of them. */
function judgedSql(session: LinkSession, id: string, pairs: string): string {
  return `SELECT p.*, (tl.entity = tr.entity)::INTEGER AS same FROM (${pairs}) p
    JOIN ${session.records} l ON l.rid = p.rid_l JOIN ${session.records} r ON r.rid = p.rid_r
    JOIN truth tl ON tl.id = l.${quoteName(id)} JOIN truth tr ON tr.id = r.${quoteName(id)}`;
}

async function numbers(engine: Engine, sql: string): Promise<Readonly<Record<string, number>>> {
  const [row = {}] = await engine.all(sql);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
}

async function measure(name: string, set: DataSet): Promise<void> {
  const engine = await openEngine({ threads: 2 });
  const start = performance.now();
  await load(engine, set);
  const profiles = await profileColumns(engine, { relation: 'people' });
  const { model, choices } = suggestModel(profiles, { idColumn: set.id });
  const session = await openSession(engine, { inputs: [{ relation: 'people' }], model });
  const blocking = await suggestBlockingRules(session, model, { pairBudget: budget });
  const blocked: Model = { ...model, blockingRules: blocking.rules.map(({ rule }) => rule) };
  const chosenAt = performance.now();
  const trained = await trainModel(session, blocked);
  const trainedAt = performance.now();
  const scored = await scorePairs(session, trained.model, { threshold: -20 });
  const end = performance.now();
  const { matches = 0 } = await numbers(
    engine,
    'SELECT sum(n * (n - 1) / 2) AS matches FROM (SELECT count(*) AS n FROM truth GROUP BY entity)',
  );
  await engine.run(`CREATE TABLE judged AS ${judgedSql(session, set.id, `FROM ${scored.table}`)}`);
  const at0 = await numbers(
    engine,
    'SELECT count(*) AS found, coalesce(sum(same), 0) AS same FROM judged WHERE match_weight >= 0',
  );
  const best = await numbers(
    engine,
    `SELECT match_weight, 2 * same / (found + ${matches}) AS f1 FROM (SELECT match_weight,
       count(*) OVER w AS found, sum(same) OVER w AS same FROM judged WINDOW w AS (ORDER BY match_weight DESC))
     ORDER BY f1 DESC, match_weight DESC LIMIT 1`,
  );
  const request = {
    records: session.records,
    linkType: model.linkType,
    rules: blocked.blockingRules,
    columns: [],
  };
  const all = await numbers(
    engine,
    `SELECT sum(same) AS same FROM (${judgedSql(session, set.id, candidatePairsSql(request))})`,
  );
  const { pairs } = await countCandidatePairs(engine, request, blocked.blockingRules);
  const { found = 0, same = 0 } = at0;
  say(`\n${name}: ${session.recordCount} records, ${matches} true pairs`);
  say(
    `  compared: ${choices.map(({ column, comparison }) => `${column} ${comparison === undefined ? '–' : '✓'}`).join(', ')}`,
  );
  say(
    `  blocking: ${blocking.allPairs ? 'all pairs' : `${blocking.rules.length} rules`}, ${pairs} pairs, completeness ${share(all.same ?? 0, matches)}, estimated ${blocking.recall.toFixed(4)}`,
  );
  sayRules(blocking, trained);
  say(
    `  edges at weight 0: precision ${share(same, found)}, recall ${share(same, matches)}, F1 ${share(2 * same, found + matches)} (${found - same} false, ${matches - same} missed)`,
  );
  say(
    `  best point (seen with the labels): F1 ${best.f1?.toFixed(4) ?? ''} at weight ${best.match_weight?.toFixed(2) ?? ''}`,
  );
  say(timesText([start, chosenAt, trainedAt, end]));
  if (withWeights) printWeights(trained.model);
  engine.close();
}

/** Each rule, and what is told twice. */
function sayRules({ rules }: SuggestedBlocking, { repeated }: Training): void {
  for (const { label, pairs, added } of rules) say(`    ${label}: ${pairs} pairs, +${added.toFixed(4)}`);
  for (const { comparison, toldBy, bits } of repeated)
    say(`  ${comparison} told again by ${toldBy.join(' and ')}: ${bits.toFixed(1)} bits taken back`);
}

/** Moments in milliseconds: start, model and rules chosen, trained, scored. */
function timesText([start = 0, chosen = 0, trained = 0, end = 0]: readonly number[]): string {
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
  return `  time: profile, model and rules ${seconds(start, chosen)} s, training ${seconds(chosen, trained)} s, scoring ${seconds(trained, end)} s`;
}

function printWeights(model: Model): void {
  for (const comparison of model.comparisons) {
    for (const { label, weight } of [...comparisonWeights(comparison)].reverse()) {
      say(`    ${weight.toFixed(2).padStart(7)}  ${comparison.name}: ${label}`);
    }
  }
}

for (const [name, set] of Object.entries(SETS)) {
  if (wanted.length === 0 || wanted.includes(name)) await measure(name, set);
}
