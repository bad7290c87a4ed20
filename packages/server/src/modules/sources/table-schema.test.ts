import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROW_KINDS } from '@raccroche/contract';
import { describe, expect, it } from 'vitest';
import { tableSchemaOf, templateOf } from './table-schema.ts';

const SCHEMAS = join(import.meta.dirname, '../../../../../schemas');

describe.each(ROW_KINDS)('%s', (kind) => {
  it('the committed descriptor is what the definition gives', () => {
    expect(JSON.parse(readFileSync(join(SCHEMAS, `${kind}.schema.json`), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(tableSchemaOf(kind))),
    );
  });

  it('the committed template is what the definition gives', () => {
    expect(readFileSync(join(SCHEMAS, `${kind}.csv`), 'utf8')).toBe(templateOf(kind));
  });

  it('examples match their own pattern', () => {
    const { fields } = tableSchemaOf(kind) as {
      fields: { example?: string; constraints: { pattern?: string } }[];
    };
    for (const { example, constraints } of fields) {
      if (example !== undefined && constraints.pattern !== undefined)
        expect(example).toMatch(new RegExp(constraints.pattern));
    }
  });
});
