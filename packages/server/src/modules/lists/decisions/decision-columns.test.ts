import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DECISION_COLUMNS, decisionSchema, decisionTemplate } from './decision-columns.ts';

const SCHEMAS = join(import.meta.dirname, '../../../../../../schemas');

test('the committed descriptor is what the definition gives', () => {
  const committed = readFileSync(join(SCHEMAS, 'decisions.schema.json'), 'utf8');
  expect(committed).toBe(`${JSON.stringify(decisionSchema(), null, 2)}\n`);
});

test('the committed template is what the definition gives', () => {
  expect(readFileSync(join(SCHEMAS, 'decisions.csv'), 'utf8')).toBe(decisionTemplate());
});

test.each(DECISION_COLUMNS.filter((column) => 'pattern' in column))(
  'the example of $name is one',
  (column) => {
    expect(column.example).toMatch(new RegExp(column.pattern));
  },
);
