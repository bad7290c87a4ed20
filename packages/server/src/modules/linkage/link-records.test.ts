import { describe, expect, test } from 'vitest';
import { linkageSteps } from './link-records.ts';
import { LINKAGE_TABLES } from './tables.ts';

const steps = linkageSteps({ asOf: '2026-11-24', windowStart: '2025-09-01' });
const RESULTS = Object.keys(LINKAGE_TABLES).map((table) => `linkage.${table}`);

const tablesIn = (sql: string) =>
  new Set([...sql.matchAll(/\b(?:sources|linkage)\.[a-z0-9_]+/g)].map(([table]) => table));

describe('steps of linkage', () => {
  test.each(steps)('$name declares what it reads and writes', ({ sql, reads, writes }) => {
    expect(tablesIn(sql)).toEqual(new Set([...reads, ...writes]));
    expect(writes.filter((table) => !table.startsWith('linkage.'))).toEqual([]);
  });

  test('each reads only what lies before it', () => {
    const known = new Set<string>();
    for (const { name, reads, writes } of steps) {
      const unknown = reads.filter((table) => !table.startsWith('sources.') && !known.has(table));
      expect(
        unknown.filter((table) => !writes.includes(table)),
        name,
      ).toEqual([]);
      for (const table of writes) known.add(table);
    }
  });

  test('whatever is made is dropped but for the results', () => {
    const dropped = new Set(
      steps.filter(({ name }) => name.includes('drop')).flatMap(({ writes }) => writes),
    );
    const made = new Set(steps.flatMap(({ writes }) => writes));
    expect([...made].filter((table) => !dropped.has(table)).sort()).toEqual([...RESULTS].sort());
  });
});
