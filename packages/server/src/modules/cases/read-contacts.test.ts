import { expect, test } from 'vitest';
import { applyMarks, type ContactMarkRow } from './read-contacts.ts';

const LISTED = { source: 'list', toldOn: '2025-11-15', quality: 'untested', qualityOn: null } as const;
const PHONE = { kind: 'phone', value: '0321000000', ...LISTED } as const;
const MOTHER = { name: 'Binta DIALLO', relation: 'mère', refuses: false, contacts: [PHONE] };
const mark = (change: Partial<ContactMarkRow>): ContactMarkRow => ({
  kind: 'phone',
  value: '0321000000',
  holder: null,
  mark: 'verified',
  marked_on: '2025-11-20',
  ...change,
});

test('the last word on a value holds; what the list never told is added', () => {
  const { contacts } = applyMarks(
    { contacts: [PHONE], representatives: [] },
    [
      mark({}),
      mark({ mark: 'wrong', marked_on: '2025-11-21' }),
      mark({ value: '0600000000', mark: 'added' }),
    ],
    false,
  );
  expect(contacts).toEqual([
    { ...PHONE, quality: 'wrong', qualityOn: '2025-11-21' },
    { ...PHONE, value: '0600000000', source: 'platform', toldOn: '2025-11-20' },
  ]);
});

test('what is said of a representative changes theirs alone, and ends when the person comes of age', () => {
  const marks = [
    mark({ holder: 'Binta DIALLO', mark: 'wrong' }),
    mark({ holder: 'Binta DIALLO', kind: 'representative', value: 'Binta DIALLO', mark: 'refuses' }),
    mark({ holder: 'Omar DIALLO', value: '0600000001', mark: 'added' }),
  ];
  const minor = applyMarks({ contacts: [PHONE], representatives: [MOTHER] }, marks, true);
  expect(minor.contacts).toEqual([PHONE]);
  expect(minor.representatives).toMatchObject([
    { name: 'Binta DIALLO', refuses: true, contacts: [{ quality: 'wrong' }] },
    { name: 'Omar DIALLO', refuses: false, contacts: [{ value: '0600000001', source: 'platform' }] },
  ]);
  expect(applyMarks({ contacts: [PHONE], representatives: [] }, marks, false).representatives).toEqual([]);
});

test('a refusal may be taken back', () => {
  const say = (what: 'refuses' | 'agrees') =>
    mark({ holder: 'Binta DIALLO', kind: 'representative', value: 'Binta DIALLO', mark: what });
  const { representatives } = applyMarks(
    { contacts: [], representatives: [MOTHER] },
    [say('refuses'), say('agrees')],
    true,
  );
  expect(representatives[0]?.refuses).toBe(false);
});
