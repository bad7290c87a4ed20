import { expect, test } from 'vitest';
import type { RetentionClass } from '../../kernel/retention.ts';
import { readTerms } from './terms.ts';

const one = (code: string, adjustable: boolean): RetentionClass => ({
  code,
  label: '',
  from: '',
  basis: '',
  adjustable,
  term: { count: 2, unit: 'years' },
  ending: { does: 'elsewhere', by: '' },
});
const RETENTION = [{ tables: {}, classes: [one('a.closed', true), one('a.age', false)] }];

test('a term is the module’s, unless it is set here', () => {
  expect(readTerms(RETENTION, '').get('a.closed')).toEqual({ count: 2, unit: 'years' });
  expect(readTerms(RETENTION, ' a.closed = P18M ,').get('a.closed')).toEqual({ count: 18, unit: 'months' });
});

test.each(['a.age=P3Y', 'a.never=P3Y', 'a.closed=3Y', 'a.closed=P0Y', 'a.closed=P1Y6M', 'a.closed'])(
  '%s is refused, and what may be set is told',
  (settings) => {
    expect(() => readTerms(RETENTION, settings)).toThrow(/RACCROCHE_CONSERVATION.*a\.closed\.$/);
  },
);
