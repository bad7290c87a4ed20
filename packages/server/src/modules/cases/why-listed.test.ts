import { expect, test } from 'vitest';
import type { Entry } from '../lists/index.ts';
import { listedContacts, listedRepresentatives, reasonSentence, whyListed } from './why-listed.ts';

const ENTRY: Entry = {
  siei: 'X',
  familyName: 'DIALLO',
  usageName: null,
  firstNames: ['Awa'],
  sex: null,
  birthDate: '2008-03-04',
  age: 17,
  minor: true,
  address: {
    lines: ['1 rue inventée'],
    postalCode: '62300',
    commune: '62498',
    communeName: 'Lens',
    country: null,
  },
  phones: ['0321000000'],
  email: 'awa@exemple.test',
  legalRepresentatives: [
    { familyName: 'DIALLO', firstName: 'Binta', relation: 'mère', phone: '0321000001', email: null },
  ],
  lastSchool: { uai: '0620001A' },
  lastTraining: { mef: null, diplomaCode: null, leadsTo: 4 },
  leftOn: '2025-06-30',
  reason: 'not_back',
  missionLocale: 'unknown',
  knownSituations: [],
  flags: ['litige'],
  checks: [
    { check: 'age', passed: true, evidence: [] },
    { check: 'not_enrolled', passed: true, evidence: ['r1', 'gone'] },
    { check: 'no_qualifying_diploma', passed: true, evidence: [] },
  ],
  records: [{ id: 'r1', source: 'SIECLE', file: 'sconet.csv', position: 'ligne 12' }],
};
const SOURCE = { campaign: 'campagne-2025-11-15', as_of: '2025-11-15', rule_set: 'siei-2011 1' };

test('the sentence says from where, until when, and what was not found', () => {
  expect(reasonSentence(ENTRY, 'bac professionnel')).toBe(
    'En bac professionnel à l’établissement 0620001A jusqu’au 30 juin 2025 ; ne s’est pas réinscrit après la fin de l’année scolaire ; aucune inscription trouvée depuis ; pas de diplôme trouvé.',
  );
});

test('what is unknown is left out of it', () => {
  const bare = { ...ENTRY, lastSchool: { uai: null }, leftOn: null, reason: null, checks: [] };
  expect(reasonSentence(bare, null)).toBe('En formation.');
});

test('each check names the records that prove it, and nothing that the entry does not hold', () => {
  const { checks, flags } = whyListed(ENTRY, SOURCE, null);
  expect(checks[1]?.evidence).toEqual([
    { recordId: 'r1', source: 'SIECLE', file: 'sconet.csv', position: 'ligne 12' },
  ]);
  expect(flags[0]?.label).toContain('identité à trancher');
});

test('contacts tell where and when they were read; representatives are those of minors alone', () => {
  expect(listedContacts(ENTRY, '2025-11-15').map(({ kind, value }) => [kind, value])).toEqual([
    ['phone', '0321000000'],
    ['email', 'awa@exemple.test'],
    ['address', '1 rue inventée, 62300 Lens'],
  ]);
  expect(listedRepresentatives(ENTRY, '2025-11-15', true)).toMatchObject([
    { name: 'Binta DIALLO', relation: 'mère', contacts: [{ kind: 'phone', value: '0321000001' }] },
  ]);
  expect(listedRepresentatives(ENTRY, '2025-11-15', false)).toEqual([]);
});
