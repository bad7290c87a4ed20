import { describe, expect, it } from 'vitest';
import { listRuleSets } from './rule-sets/registry.ts';
import { assessmentSteps } from './steps.ts';
import { termsOf } from './terms.ts';

const tablesIn = (sql: string, pattern: RegExp) =>
  new Set([...sql.matchAll(pattern)].map(([, name]) => name));
const WRITTEN =
  /(?:CREATE OR REPLACE TABLE|INSERT INTO|DELETE FROM|DROP TABLE(?: IF EXISTS)?)\s+([a-z_]+\.[a-z_]+)/g;
const READ = /(?<!DELETE )\b(?:FROM|JOIN)\s+\(?(?:FROM\s+)?((?:sources|linkage|eligibility)\.[a-z_]+)/g;

const path = 'before.parquet';
const BEFORE = {
  asOf: '2026-10-24',
  moved: path,
  records: path,
  litiges: path,
  deaths: path,
  persons: path,
  assessments: path,
};

const CASES = listRuleSets().flatMap((ruleSet) => [
  { id: ruleSet.id, steps: assessmentSteps(termsOf(ruleSet, '2026-11-24')) },
  {
    id: `${ruleSet.id} after another campaign`,
    steps: assessmentSteps(termsOf(ruleSet, '2026-11-24'), BEFORE),
  },
]);

describe.each(CASES)('steps of $id', ({ steps }) => {
  it.each(steps)('$name declares what it reads and writes', ({ sql, reads, writes }) => {
    expect(tablesIn(sql, WRITTEN)).toEqual(new Set(writes));
    expect(tablesIn(sql, READ)).toEqual(new Set(reads));
  });

  it('writes only its own schema, and reads only what an earlier step or module wrote', () => {
    const known = new Set<string>();
    for (const { name, reads, writes } of steps) {
      for (const table of reads)
        expect(known.has(table) || /^(sources|linkage)\./.test(table), `${name} reads ${table}`).toBe(true);
      for (const table of writes) known.add(table);
      expect(writes.filter((table) => !table.startsWith('eligibility.'))).toEqual([]);
    }
  });

  it('names each step once', () => {
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
  });
});
