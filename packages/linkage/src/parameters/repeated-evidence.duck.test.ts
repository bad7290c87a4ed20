import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candidatePairsSql } from '../blocking/candidate-pairs.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { exactMatch, similarityAtThresholds } from '../levels/levels.ts';
import { defineModel, type Model } from '../model/model.ts';
import { readModelFile, writeModelFile } from '../model/model-file.ts';
import { comparedColumns } from '../records/record-tables.ts';
import { scorePairs } from '../scoring/score-pairs.ts';
import { type LinkSession, openSession } from '../session.ts';
import { countPatterns } from './pattern-counts.ts';
import { plantWorld } from './testing/planted-world.ts';
import { trainModel } from './train.ts';
import { trainBySource } from './train-by-source.ts';

const COLUMNS = [
  { values: 300, error: 0.1 },
  { values: 25, error: 0.15 },
  { values: 30, error: 0.2 },
  { values: 5000, error: 0.1 },
];
/** An address made of c0 and c1, as people make theirs of their names: alike for all that have the same ones. */
const RELATION = `(SELECT *, CASE WHEN person % 3 > 0 THEN md5(first_value(c0 || '-' || c1) OVER (PARTITION BY person ORDER BY unique_id))[1:12]
  || md5(person::VARCHAR)[1:3] || CASE WHEN unique_id % 4 = 0 THEN 'x' ELSE '' END END AS mail FROM world)`;

const base = {
  blockingRules: ['l.c0 = r.c0', 'l.c1 = r.c1 AND l.c2 = r.c2', 'l.c3 = r.c3', 'l.mail = r.mail'],
};
const plain = COLUMNS.map((_, index) => exactMatch(`c${index}`));
const model = defineModel({
  ...base,
  comparisons: [...plain, similarityAtThresholds('mail', 'jaro_winkler_similarity', [0.9])],
  retainColumns: ['person'],
});

let engine: Engine;
let session: LinkSession;
beforeAll(async () => {
  engine = await openEngine();
  await plantWorld(engine, { records: 6000, columns: COLUMNS });
  session = await openSession(engine, { inputs: [{ relation: RELATION }], model });
});
afterAll(() => engine.close());

/** Pairs of weight 0 and more whose addresses are alike and no more, by whether they are of one person. */
async function links(scored: Model): Promise<{ right: number; wrong: number }> {
  const { table } = await scorePairs(session, scored, { threshold: 0, into: 'judged' });
  const { records } = session;
  const [row] = await engine.all(
    `SELECT count(*) FILTER (l.person = r.person) AS correct, count(*) FILTER (l.person <> r.person) AS wrong
     FROM ${table} p JOIN ${records} l ON l.rid = p.rid_l JOIN ${records} r ON r.rid = p.rid_r
     WHERE l.mail <> r.mail AND l.mail[1:12] = r.mail[1:12]`,
  );
  return { right: Number(row?.correct), wrong: Number(row?.wrong) };
}

describe('evidence that different persons tell twice', () => {
  it('is found where it is, and nowhere else', async () => {
    const { repeated } = await trainModel(session, model);
    const level = 'jaro_winkler_similarity of mail >= 0.9';
    expect(repeated.map((one) => [one.comparison, one.level, one.toldBy])).toEqual([
      ['mail', level, ['c0', 'c1']],
      ['mail', level, ['c0']],
      ['mail', level, ['c1']],
    ]);
    const [both, told] = repeated;
    expect(both?.share).toBeGreaterThan(0.5);
    // One in twenty-five of those with the same c0 has a like address, one in 7,500 at large.
    expect(told?.share).toBeGreaterThan(0.02);
    expect(told?.share).toBeLessThan(0.06);
    expect(told?.bits).toBeCloseTo(Math.log2((told?.share ?? 0) / (told?.shareAtLarge ?? 1)), 9);
    expect(told?.bits).toBeGreaterThan(6);
    const honest = defineModel({
      ...base,
      comparisons: plain,
      blockingRules: base.blockingRules.slice(0, 3),
    });
    expect((await trainModel(session, honest)).repeated).toEqual([]);
  });

  it('joins different persons when it is kept, and not when it is taken back', async () => {
    const kept = await links((await trainModel(session, model, { repeated: 'kept' })).model);
    const taken = await links((await trainModel(session, model)).model);
    expect(taken.wrong).toBeLessThan(kept.wrong / 10);
    expect(taken.right).toBeGreaterThan(kept.right * 0.75);
  });

  it('takes it back where the patterns that training worked on say so', async () => {
    const { model: trained, counts } = await trainModel(session, model);
    const { records } = session;
    const pairs = candidatePairsSql({
      records,
      linkType: trained.linkType,
      rules: trained.blockingRules,
      columns: comparedColumns(trained),
    });
    const inOrder = (some: typeof counts) => some.map((one) => JSON.stringify(one)).toSorted();
    expect(inOrder(await countPatterns(engine, trained, pairs))).toEqual(inOrder(counts));
  });

  it('lasts in a model file, is made anew by the next training, and is left alone where asked', async () => {
    const { model: trained } = await trainModel(session, model);
    expect(readModelFile(writeModelFile(trained))).toEqual(trained);
    const again = await trainModel(session, trained);
    expect(again.model.comparisons.map(({ name }) => name)).toEqual([
      'c0',
      'c1',
      'c2',
      'c3',
      'mail',
      'mail_repeats',
    ]);
    const left = await trainModel(session, trained, { repeated: 'kept' });
    expect(left.model.comparisons.at(-1)).toEqual(trained.comparisons.at(-1));
  });

  it('keeps its weight with m of each sender', async () => {
    const inputs = ['even', 'odd'].map((name) => ({
      name,
      relation: `(SELECT * FROM ${RELATION} WHERE site = '${name}')`,
    }));
    const both = { ...model, linkType: 'link_and_dedupe' } as const;
    const two = await openSession(engine, { inputs, model: both, prefix: 'two_' });
    const { model: trained } = await trainModel(two, both);
    const { sourceParameters = [] } = await trainBySource(two, trained);
    const fixed = [...(trained.comparisons.at(-1)?.levels ?? [])].reverse().flatMap(({ m }) => m ?? []);
    expect(sourceParameters.length).toBeGreaterThan(0);
    for (const { m } of sourceParameters) expect(m.at(-1)).toEqual(fixed);
  });
});
