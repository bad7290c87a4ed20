/**
 * A delta beside a full run: how long bringing an index up to date takes when a share of the rows changed.
 * `npx tsx bench/linkage-incremental.ts [records = 1000000] [share = 0.02] [folder for the index]`.
 * Of the delta half are changed rows, four in ten new ones, one in ten deletions.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../packages/linkage/src/engine/engine.ts';
import { applyDelta } from '../packages/linkage/src/living/apply-delta.ts';
import { createIndex } from '../packages/linkage/src/living/create-index.ts';
import { peakMemoryMb, populationModel, populationRelation } from './linkage-population.ts';

const RECORDS = Number(process.argv[2] ?? 1_000_000);
const SHARE = Number(process.argv[3] ?? 0.02);
const folder = mkdtempSync(join(process.argv[4] ?? tmpdir(), 'linkage-incremental-'));
const say = (line: string) => process.stdout.write(`${line}\n`);
const clock = () => performance.now();

const rows = Math.round(RECORDS * SHARE);
const every = Math.floor(RECORDS / rows);

try {
  const engine = await openEngine({
    file: join(folder, 'index.db'),
    memoryLimit: '4GB',
    threads: 2,
    spillFolder: join(folder, 'spill'),
  });
  const added = Math.round(rows * 0.4);
  await engine.run(`CREATE TEMP TABLE population AS SELECT * FROM ${populationRelation(0, RECORDS)};
    CREATE TEMP TABLE deleted AS SELECT unique_id FROM population WHERE unique_id % ${every * 10} = 1;
    CREATE TEMP TABLE upserts AS
      SELECT * REPLACE ('75056' AS commune) FROM population WHERE unique_id % ${every * 2} = 3
      UNION ALL SELECT * FROM ${populationRelation(RECORDS, RECORDS + added)}`);
  const started = clock();
  const index = await createIndex(engine, populationModel(), [{ relation: 'population' }], { chunks: 4 });
  const full = clock() - started;
  say(`full run of ${RECORDS}: ${(full / 1000).toFixed(1)} s, peak ${peakMemoryMb()} MB`);
  const report = await applyDelta(index, { upserts: 'upserts', deletes: 'deleted' }, { clock });
  const delta = report.elapsedMs ?? Number.NaN;
  say(JSON.stringify(report));
  say(
    `delta: ${(delta / 1000).toFixed(1)} s, ${((100 * delta) / full).toFixed(1)} % of the full run; peak ${peakMemoryMb()} MB`,
  );
  engine.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
