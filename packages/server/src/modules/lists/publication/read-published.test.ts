import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPerson } from './read-published.ts';

/** Any text, and often one that looks like what the reader searches for. */
const text = fc.oneof(fc.string(), fc.constantFrom(',"checks":', '"flags":', '\\",\\"checks\\":', '}', '\n'));
const before = fc.record({ siei: text, familyName: text, address: fc.record({ lines: fc.array(text) }) });
const after = fc.record({ checks: fc.array(text), records: fc.array(fc.record({ file: text })) });

test('the person of a line is what the whole line tells of them, whatever the texts say', () => {
  fc.assert(
    fc.property(before, fc.array(text), after, (person, flags, rest) => {
      const read = readPerson(JSON.stringify({ ...person, flags, ...rest }));
      expect(read).toEqual({ ...person, flags });
    }),
  );
});

test.each([
  ['checks come first', { checks: [], siei: 'A', flags: [] }],
  ['a property of the same name stands deeper', { siei: 'A', deep: { a: 1, checks: [] }, flags: [] }],
  ['nothing is told of checks', { siei: 'A', flags: [] }],
])('%s: the whole line is read', (_, entry) => {
  expect(readPerson(JSON.stringify(entry))).toEqual(entry);
});
