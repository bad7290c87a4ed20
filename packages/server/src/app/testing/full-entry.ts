import type { Source } from '@raccroche/contract';
import type { Entry } from '../../modules/lists/index.ts';

/** What an entry tells besides who somebody is. */
export type EntryDetails = Omit<
  Entry,
  'siei' | 'familyName' | 'usageName' | 'firstNames' | 'birthDate' | 'age' | 'minor' | 'lastSchool'
>;

/** Where a real campaign of the demonstration reads a leaver, the file that says that they left first. */
const FILES: readonly (readonly [Source, string])[] = [
  ['SYGNE', 'education-nationale/sygne/0629007D-scolarites.jsonl'],
  ['INTERCHANGE', 'examens/lille-attestations-2023-05.csv'],
  ['SYGNE', 'education-nationale/sygne/0629007D-eleves-2024.json'],
  ['INTERCHANGE', 'examens/lille-education-2023-06.csv'],
  ['SYGNE', 'education-nationale/sygne/0629007D-eleves.jsonl'],
  ['INTERCHANGE', 'accompagnements/ml-62-01.csv'],
  ['CFA', 'cfa/0599012A-effectifs.csv'],
  ['INTERCHANGE', 'contrats/lille-contrats-apprentissage.csv'],
];

/** Rows of files by person: 1 to 12, 6 in the mean, as the demonstration's campaign has them. */
const ROWS = [7, 6, 5, 8, 7, 3, 6, 9, 5, 4, 7, 6, 8, 2, 12, 1];

/** Reads the same number of an index, spread over 0 to 2³² - 1. */
const spread = (index: number) => Math.imul(index + 1, 0x9e3779b1) >>> 0;

function recordsOf(index: number): Entry['records'] {
  return Array.from({ length: ROWS[index % ROWS.length] ?? 1 }, (_, row) => {
    const [source, file] = FILES[row % FILES.length] ?? ['SIECLE', 'scolarite/0620001A.xml'];
    const position = spread(index * ROWS.length + row) % 5000;
    const id = `${(spread(row) * 4096 + index).toString(16).padStart(12, '0').slice(-12)}-${position}`;
    return { id, source, file, position: String(position + 1) };
  });
}

/** The checks of `siei-2011`, all passed, as whoever is on a list passes them. */
function checksOf(records: Entry['records'], index: number): Entry['checks'] {
  const [left] = records.map(({ id }) => id);
  const one = left === undefined ? [] : [left];
  const stays = records.slice(0, 1 + (index % 5 < 2 ? 1 : 0)).map(({ id }) => id);
  return (
    [
      ['age', one],
      ['alive', []],
      ['enrolled_in_window', stays],
      ['cycle', stays],
      ['not_enrolled', one],
      ['no_qualifying_diploma', []],
    ] as const
  ).map(([check, evidence]) => ({ check, passed: true, evidence }));
}

const phone = (start: '06' | '03', index: number) =>
  `${start}${String(spread(index) % 1e8).padStart(8, '0')}`;

/**
 * What a real campaign writes of somebody, made up: an address, ways to reach them, the representatives of a minor, checks with their
 * evidence, the rows where all this was read. 1.7 kB in the mean with who they are, as in the demonstration's campaign. The same
 * for the same index.
 */
export function fullDetails(index: number, minor: boolean): EntryDetails {
  const records = recordsOf(index);
  return {
    sex: index % 2 === 0 ? 'F' : 'M',
    address: {
      lines: [`${1 + (index % 180)} rue des Peupliers`, ...(index % 4 === 0 ? ['Résidence du Parc'] : [])],
      postalCode: '62300',
      commune: '62498',
      communeName: 'Lens',
      country: '99100',
    },
    phones: [phone('06', index), ...(index % 4 === 0 ? [phone('03', index)] : [])],
    email: `jeune.${index}@example.org`,
    legalRepresentatives: (minor ? ['mère', 'père'] : [])
      .slice(0, 1 + (index % 2))
      .map((relation, place) => ({
        familyName: `Inventé${index % 1000}`,
        firstName: place === 0 ? 'Camille' : 'Dominique',
        relation,
        phone: phone('06', index * 2 + place),
        email: `parent.${index}.${place}@example.org`,
      })),
    lastTraining: { mef: '2472210632', diplomaCode: index % 3 === 0 ? '40022105' : null, leadsTo: 4 },
    leftOn: '2025-07-04',
    reason: index % 3 === 0 ? 'not_back' : 'left',
    missionLocale: index % 6 === 0 ? 'active' : 'unknown',
    knownSituations: index % 6 === 0 ? ['mission_locale'] : [],
    flags: [],
    checks: checksOf(records, index),
    records,
  };
}
