import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { predictedPairsSql, writePredictedPairs } from './predicted-pairs.ts';
import { readSplinkModel } from './read-model.ts';
import { goldenCases, goldenSession } from './testing/golden-session.ts';

let engine: Engine;
const folder = mkdtempSync(join(tmpdir(), 'predicted-pairs-'));
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

async function scored() {
  const { model, settings } = await readSplinkModel(engine, goldenCases().dedupe.model);
  const session = await goldenSession(engine, model);
  const { table } = await scorePairs(session, model, { untrained: 'defaults' });
  return { model, settings, session, pairs: table };
}

describe('scored pairs with the columns of Splink', () => {
  it('are written as a table, as Parquet and as CSV, with the same rows', async () => {
    const { model, settings, session, pairs } = await scored();
    for (const format of ['parquet', 'csv'] as const) {
      const file = join(folder, `pairs.${format}`);
      await writePredictedPairs(session, model, { pairs, settings }, { table: 'written', file, format });
      const [row] = await engine.all(
        `SELECT (SELECT count(*) FROM written) AS rows, count(*) AS common FROM '${file}' f JOIN written w
         USING (unique_id_l, unique_id_r) WHERE abs(f.match_weight - w.match_weight) < 1e-9`,
      );
      expect(row).toEqual({
        rows: String(goldenCases().dedupe.pairs),
        common: String(goldenCases().dedupe.pairs),
      });
    }
  });

  it('add up as weights for Splink 5, where they multiply as factors for Splink 4', async () => {
    const { model, settings, session, pairs } = await scored();
    const five = { ...settings, generation: 5, weightPrefix: 'mw_' } as const;
    const four = await engine.all(await predictedPairsSql(session, model, { pairs, settings }));
    const rows = await engine.all(await predictedPairsSql(session, model, { pairs, settings: five }));
    const prior = Math.log2(model.prior / (1 - model.prior));
    const terms = Object.keys(rows[0] ?? {}).filter((name) => name.startsWith('mw_'));
    expect(terms).toContain('mw_tf_adj_first_name');
    for (const [index, row] of rows.entries()) {
      const sum = terms.reduce((total, name) => total + Number(row[name]), prior);
      expect(sum).toBeCloseTo(Number(row.match_weight), 9);
      for (const name of terms) {
        const factor = Number(four[index]?.[name.replace('mw_', 'bf_')]);
        expect(2 ** Number(row[name]) / factor).toBeCloseTo(1, 9);
      }
    }
  });

  it('leave out what the file says not to keep', async () => {
    const { model, settings, session, pairs } = await scored();
    const bare = { ...settings, retainMatchingColumns: false, retainIntermediateColumns: false };
    const sql = await predictedPairsSql(session, model, { pairs, settings: bare });
    const [row] = await engine.all(`${sql} LIMIT 1`);
    expect(Object.keys(row ?? {})).toEqual([
      ...[
        'match_weight',
        'match_probability',
        'unique_id_l',
        'unique_id_r',
        'truth_l',
        'truth_r',
        'match_key',
      ],
    ]);
  });

  it('are refused for m by source, which Splink cannot show', async () => {
    const { model, session, pairs } = await scored();
    const own = { ...model, sourceParameters: [{ sources: ['a', 'b'], m: [] }] as const };
    await expect(predictedPairsSql(session, own, { pairs })).rejects.toThrow(TypeError);
  });
});
