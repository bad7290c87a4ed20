/**
 * One record against millions: how long `find` takes on a warm index.
 * `npx tsx bench/linkage-find.ts [records = 3000000] [look-ups = 1000] [folder for the index]`.
 * Records looked up are of the population, misspelt or incomplete, one in five of nobody in it.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../packages/linkage/src/engine/engine.ts';
import { createIndex } from '../packages/linkage/src/living/create-index.ts';
import { find } from '../packages/linkage/src/living/find.ts';
import { openIndex } from '../packages/linkage/src/living/open-index.ts';
import type { QueryRecord } from '../packages/linkage/src/living/query-record.ts';
import { hashOf, peakMemoryMb, populationModel, populationRelation, quantile } from './linkage-population.ts';

const RECORDS = Number(process.argv[2] ?? 3_000_000);
const LOOKUPS = Number(process.argv[3] ?? 1_000);
const WARM_UP = 200;
const folder = mkdtempSync(join(process.argv[4] ?? tmpdir(), 'linkage-find-'));
const file = join(folder, 'index.db');
const options = { file, memoryLimit: '4GB', threads: 2, spillFolder: join(folder, 'spill') };
const say = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(1);

async function build(): Promise<void> {
  const engine = await openEngine(options);
  const started = performance.now();
  await engine.run(`CREATE TEMP TABLE population AS SELECT * FROM ${populationRelation(0, RECORDS)}`);
  say(`population of ${RECORDS}: ${seconds(started)} s`);
  const building = performance.now();
  const index = await createIndex(engine, populationModel(), [{ relation: 'population' }], { chunks: 8 });
  const [row] = await engine.all(`SELECT (SELECT count(*) FROM ${index.tables.edges}) AS edges`);
  say(
    `index built, all records linked: ${seconds(building)} s, ${String(row?.edges)} edges, peak ${peakMemoryMb()} MB`,
  );
  engine.close();
  say(`size of the file: ${Math.round(statSync(file).size / 1e6)} MB`);
}

/** Records as somebody would type them, with the id of whom they mean (0: nobody). */
async function asked(): Promise<readonly { readonly record: QueryRecord; readonly whom: number }[]> {
  const engine = await openEngine();
  const count = LOOKUPS + WARM_UP;
  const known = await engine.all(`SELECT * FROM ${populationRelation(0, RECORDS)}
    WHERE unique_id % 10 <> 0 AND ${hashOf('asked', 'unique_id')} % ${Math.floor(RECORDS / (2 * count))} = 0
    ORDER BY ${hashOf('order', 'unique_id')} LIMIT ${count}`);
  const strangers = await engine.all(
    `SELECT * FROM ${populationRelation(2 * RECORDS, 2 * RECORDS + count)} WHERE unique_id % 10 <> 0`,
  );
  engine.close();
  return known.map((row, place) => {
    const stranger = place % 5 === 4 ? strangers[place % strangers.length] : undefined;
    const { unique_id: id, ...record } = (stranger ?? row) as Record<string, string | null>;
    const nom = record.nom ?? '';
    const slips: readonly Record<string, string | null>[] = [
      { ...record },
      { ...record, nom: `${nom.slice(0, 1)}${nom.slice(2)}` },
      { ...record, commune: null },
      { ...record, prenom: null },
    ];
    return { record: slips[place % 4] ?? record, whom: stranger === undefined ? Number(id) : 0 };
  });
}

async function lookUp(): Promise<void> {
  const records = await asked();
  const opening = performance.now();
  const engine = await openEngine(options);
  const index = await openIndex(engine);
  say(`opened: ${seconds(opening)} s`);
  const times: number[] = [];
  const candidates: number[] = [];
  let [meant, first, large] = [0, 0, 0];
  for (const [place, { record, whom }] of records.entries()) {
    const started = performance.now();
    const found = await find(index, record);
    const elapsed = performance.now() - started;
    if (place < WARM_UP) continue;
    times.push(elapsed);
    candidates.push(found.candidates);
    if (found.notices.length > 0) large++;
    if (whom === 0) continue;
    meant++;
    if (Number(found.matches[0]?.id) === whom) first++;
  }
  const at = (share: number) => `${quantile(times, share).toFixed(1)} ms`;
  say(`${times.length} look-ups: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(1)}`);
  say(
    `candidates: p50 ${quantile(candidates, 0.5)}, p95 ${quantile(candidates, 0.95)}, most ${quantile(candidates, 1)}; ${large} with a block too large`,
  );
  say(`whom it meant came first: ${first} of ${meant}; peak ${peakMemoryMb()} MB`);
  engine.close();
}

try {
  await build();
  await lookUp();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
