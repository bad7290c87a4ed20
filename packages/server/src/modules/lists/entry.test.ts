import type { Source } from '@raccroche/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entry, entryText, parseEntry } from './entry.ts';
import { rowOf } from './list-rows.ts';

/** Texts that look like what `parseEntry` looks for. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    ',"checks":[',
    '],"records":[',
    '","checks":[',
    '"source":"CFA"',
    '\\',
    '"',
    '\\u00',
    '}',
    '\u000b',
  ),
  fc.string({ unit: fc.constantFrom(...'\\",:[]{}checksroud'), maxLength: 30 }),
);
const orNull = fc.option(text);
const source = fc.constantFrom<Source>('SIECLE', 'FREGATA', 'CFA', 'INTERCHANGE');

const entry: fc.Arbitrary<Entry> = fc.record({
  siei: text,
  familyName: orNull,
  usageName: orNull,
  firstNames: fc.array(text, { maxLength: 3 }),
  sex: fc.constantFrom('M', 'F', null),
  birthDate: fc.constant('2008-03-01'),
  age: fc.nat(30),
  minor: fc.boolean(),
  address: fc.record({
    lines: fc.array(text, { maxLength: 2 }),
    postalCode: orNull,
    commune: orNull,
    communeName: orNull,
    country: orNull,
  }),
  phones: fc.array(text, { maxLength: 2 }),
  email: orNull,
  legalRepresentatives: fc.array(
    fc.record({ familyName: orNull, firstName: orNull, relation: orNull, phone: orNull, email: orNull }),
    { maxLength: 2 },
  ),
  lastSchool: fc.record({ uai: orNull }),
  lastTraining: fc.record({ mef: orNull, diplomaCode: orNull, leadsTo: fc.constantFrom(null, 3, 4) }),
  leftOn: fc.constantFrom(null, '2025-06-30'),
  reason: fc.constantFrom(null, 'left' as const),
  missionLocale: fc.constant('unknown' as const),
  knownSituations: fc.constant([]),
  flags: fc.constantFrom([], ['litige' as const]),
  checks: fc.array(
    fc.record({
      check: fc.constant('age' as const),
      passed: fc.boolean(),
      evidence: fc.array(text, { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
  records: fc.array(fc.record({ id: text, source, file: text, position: text }), { maxLength: 3 }),
});

test('the columns are told what the whole entry says', () => {
  fc.assert(
    fc.property(entry, (whole) => {
      const told = JSON.stringify(whole);
      const { checks, records, ...rest } = whole;
      expect(checks).toBeDefined();
      expect(parseEntry(told)).toEqual({
        entry: {
          ...(JSON.parse(JSON.stringify(rest)) as object),
          sources: records.map((record) => record.source),
        },
        text: told,
      });
      expect(rowOf(told).text).toBe(told);
    }),
  );
});

test('control characters are told as JSON.stringify tells them', () => {
  const told = JSON.stringify({ siei: '\u000b', checks: [], records: [] });
  const engine = told.replace('\\u000b', '\\u000B');
  expect(engine).not.toBe(told);
  expect(entryText(engine)).toBe(told);
  expect(parseEntry(engine).text).toBe(told);
});

test.each(['{"siei":"A"}', '{"siei":"A","checks":[]}', ''])('what is no entry is refused: %s', (told) =>
  expect(() => parseEntry(told)).toThrow(),
);
