import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { buildZip } from '../../../../platform/zip/build-zip.ts';

/** A file as a sender gives it. */
export interface Delivered {
  readonly content: string | Buffer;
  /** Text of the companion file. */
  readonly sidecar?: string | undefined;
}

/** Births around what the readings of a file depend on: 16 years and 110 years before either reference date, births to come. */
const BIRTHS = [
  ...['2008-03-14', '2006-07-01', '2009-11-15', '2009-11-16', '2009-12-14', '2009-12-15', '2009-12-16'],
  ...[
    '2010-05-05',
    '2025-12-01',
    '2031-01-01',
    '1915-11-20',
    '1915-11-15',
    '1914-01-01',
    '29/02/2008',
    'hier',
  ],
] as const;
const NAMES = ['MARTIN', 'DIALLO', 'LE GOFF', 'NGUYEN', ''] as const;
const INES = ['123456789AB', '123456789AC', '123456789AD', '120890177FA', ''] as const;

const person = fc.record({
  name: fc.constantFrom(...NAMES),
  first: fc.constantFrom('Camille', 'Awa', 'Yann'),
  birth: fc.constantFrom(...BIRTHS),
  ine: fc.constantFrom(...INES),
  id: fc.integer({ min: 1, max: 9 }),
});
type Person = typeof person extends fc.Arbitrary<infer One> ? One : never;
const people = fc.array(person, { minLength: 1, maxLength: 6 });

const csv = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
const identity = ({ id, ine, name, first, birth }: Person) => `A${id};${ine};${name};${first};${birth}`;

const enrolments = people.map((those) =>
  csv(
    'identifiant_source;ine;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut;date_debut;date_fin',
    those.map((one) => `${identity(one)};0951099D;2024-2025;scolaire;2024-09-02;`),
  ),
);
const contracts = people.map((those) =>
  csv(
    'identifiant_source;ine;nom_famille;prenom1;date_naissance;numero_contrat;type;date_debut;date_fin_prevue',
    those.map((one) => `${identity(one)};C${one.id};apprentissage;2024-09-02;2026-08-31`),
  ),
);
const awards = people.map((those) =>
  csv(
    'identifiant_source;ine;nom_famille;prenom1;date_naissance;type;session;resultat',
    those.map((one) => `${identity(one)};cap;2025-06;admis`),
  ),
);
const pupils = people.map((those) =>
  JSON.stringify(
    those.map(({ ine, name, first, birth }) => ({
      ine,
      nom: name,
      prenom: first,
      dateNaissance: birth,
      codeSexe: '2',
      codeMef: '24720008ABC',
      classe: '2A',
      codeUai: '0951099D',
      anneeScolaire: 2025,
      dateDebSco: '2025-09-01',
      codeStatut: 'ST',
    })),
  ),
);
/** Schoolings bear the names of whoever other files say has their INE. */
const schoolings = fc.uniqueArray(fc.constantFrom(...INES.slice(0, 3)), { minLength: 1 }).map((ines) =>
  JSON.stringify(
    ines.map((ine) => ({
      ine,
      scolarites: [
        {
          classe: '2A',
          dateDebSco: '2024-09-01',
          dateFinSco: '2025-01-10',
          anneeScolaire: '2024',
          codeMef: '24720008ABC',
          codeUai: '0951099D',
          codeStatut: 'ST',
        },
      ],
    })),
  ),
);
const deaths = fc
  .array(fc.constantFrom('20080314', '20091201', '19960101', '19951120', '19300101'), { minLength: 1 })
  .map((births) =>
    births
      .map((birth) =>
        `${'MARTIN*LEA/'.padEnd(80)}2${birth}33063${'BORDEAUX'.padEnd(30)}${' '.repeat(30)}2025112033063123`.padEnd(
          198,
        ),
      )
      .join('\n'),
  );
const broken = fc.constantFrom('', '%PDF-1.7\n1 0 obj', 'nom_famille;nom_famille\nA;B\n');

const content = fc.oneof(
  ...[enrolments, enrolments, contracts, awards, pupils, schoolings, deaths, broken].map((text) =>
    text.map((told): string | Buffer => told),
  ),
  enrolments.map((text) => gzipSync(text)),
  fc.tuple(enrolments, awards).map(([one, other]) =>
    buildZip([
      { name: 'a.csv', data: one },
      { name: 'b.csv', data: other },
    ]),
  ),
);

/** Files of the formats whose reading depends on the reference date, on other files, on archives; and broken ones. */
export const delivered: fc.Arbitrary<Delivered> = fc.record({
  content,
  sidecar: fc.option(fc.constantFrom('{"emetteur": "Lycée"}', '{"date_extraction": "2025-10-15"}', '{'), {
    nil: undefined,
    freq: 3,
  }),
});

/** How a file comes again: its rows told by their places in it, each as often as it stands there. */
const order = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 7 });

/** A file of a sender whose rows come again removed, in another order, doubled; a text without rows stays as it is. */
export const shuffled: fc.Arbitrary<(file: Delivered) => Delivered> = order.map(
  (places) =>
    ({ content, sidecar }) => {
      if (typeof content !== 'string' || !content.startsWith('identifiant_source;'))
        return { content, sidecar };
      const [header = '', ...rows] = content.trimEnd().split('\n');
      return {
        sidecar,
        content: csv(
          header,
          places.flatMap((place) => rows[place % rows.length] ?? []),
        ),
      };
    },
);
