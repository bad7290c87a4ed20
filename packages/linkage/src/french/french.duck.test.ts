import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../engine/engine.ts';
import { expressionSql } from '../expression/compile.ts';
import { call, column, type Expression, type Row } from '../expression/expression.ts';
import { createTable, disagreements, readBySql } from '../expression/testing/both-readings.ts';
import { FIRST_NAME_GROUPS, firstNameGroup } from './first-name-groups.ts';
import { damagedPattern, MISREADINGS, repairMojibake } from './mojibake.ts';
import { compactKey, familyNameKey, firstNameList, frenchNameKey, particleFreeKey } from './name-keys.ts';
import { frenchPhonetic } from './phonetic.ts';

/** Names as bad files hold them: letters, signs, misread pairs, whole names, words that rules look for. */
const piece = fc.oneof(
  fc.constantFrom(
    ..."aebcdghijklmnoprstuvxyzAEIOUYCGHJLMNQRSTXZéèçŒß’'-., ?\ufffd\u00a0\u0301ЖøÃÂâ€\u{1f600}",
  ),
  fc.constantFrom(...MISREADINGS.map(([misread]) => misread)),
  fc.constantFrom(
    'ST ',
    'Ste-',
    'de ',
    'D’',
    'LA ',
    'van der ',
    'eau',
    'ill',
    'aine',
    'ph',
    'tion',
    'EAULT',
    'ien',
    'gn',
  ),
  fc.constantFrom(...FIRST_NAME_GROUPS.flat().slice(0, 200)),
);
const name = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const rows: readonly Row[] = fc
  .sample(fc.option(name, { freq: 30 }), { seed: 20261212, numRuns: 3_000 })
  .map((x) => ({ x }));

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
  await createTable(engine, 'names', { x: 'VARCHAR' }, rows);
});
afterAll(() => engine.close());

const x = column('x');
const CASES: readonly (readonly [string, Expression])[] = [
  ['mojibake put right', repairMojibake(x)],
  ['the key of a name', frenchNameKey(x)],
  ['the key of a family name', familyNameKey(x)],
  ['the compact key', compactKey(frenchNameKey(x))],
  ['without particles', particleFreeKey(call('name_key', x))],
  ['the list of first names', firstNameList(x)],
  ['the phonetic of a key', frenchPhonetic(call('name_key', x))],
  ['the phonetic of anything', frenchPhonetic(x)],
  ['the group of a first name', firstNameGroup(call('name_key', x))],
  ['the pattern of a damaged name', damagedPattern(x, frenchNameKey)],
];

describe('French names: SQL = twin', () => {
  test.each(CASES)('%s', async (_name, expression) => {
    expect((await disagreements(engine, 'names', rows, expression)).slice(0, 3)).toEqual([]);
    const values = await readBySql(engine, 'names', expressionSql(expression));
    expect(new Set(values.map((value) => JSON.stringify(value))).size).toBeGreaterThan(50);
  });
});
