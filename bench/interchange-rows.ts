/**
 * Made-up interchange CSV for the benches: values as uneven as those of registers (accents, two ways of writing dates,
 * gaps, codes of the real referential), and one row in a hundred with something wrong. The same rows at each call.
 */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  AWARD_RESULTS,
  AWARD_TYPES,
  END_REASONS,
  KEY_LETTERS,
  type RowKind,
  STRUCTURE_TYPES,
} from '@raccroche/contract';
import { interchangeColumns } from '../packages/server/src/modules/sources/interchange-columns.ts';
import { openTextFile } from '../packages/server/src/platform/files/text-file.ts';

/** How cells are written: all bare, or texts in quotes, some of them with a delimiter or a quote inside. */
export type CsvDress = 'plain' | 'quoted';

type Values = Record<string, string>;
/** A whole number from 0 to `below` less one. */
type Draw = (below: number) => number;

const require = createRequire(import.meta.url);
const COMMUNES = (require('@etalab/decoupage-administratif/data/communes.json') as { code: string }[]).map(
  ({ code }) => code,
);
const SYLLABLES = 'ba be bou cha del dré fer gau gué ha jou la lé ma mon né or pé ri ro sa thé val vi'.split(
  ' ',
);
const FIRST_NAMES =
  'Inès Léa Chloé Zoé Manon Jade Emma Louise Alice Anaïs Maëlys Éloïse Noémie Camille Lucas Hugo Nathan Théo Enzo Raphaël Gaël Loïc Jérémy Mathéo Yanis Rayan Kévin Jean-Baptiste Marie-Lou Ibrahim'.split(
    ' ',
  );
const STREETS = ['rue de la Paix', 'avenue du Général-Leclerc', 'allée des Érables', 'bis, rue Jean-Jaurès'];
/** One bad row in so many. */
const BAD_EVERY = 100;

/** Writes `rows` rows of `kind` to `path`; returns its bytes. */
export function writeInterchange(path: string, kind: RowKind, rows: number, dress: CsvDress): number {
  const names = interchangeColumns(kind).map(({ name }) => name);
  const cell = dress === 'plain' ? bareCell : quotedCell;
  const draw = seededDraw(kind.length);
  const file = openTextFile(path);
  file.write(`${names.join(';')}\n`);
  for (let i = 0; i < rows; i++) {
    const values = { ...identity(i, draw), ...OWN[kind](i, draw) };
    if (i % BAD_EVERY === BAD_EVERY - 1) spoil(values, Math.floor(i / BAD_EVERY));
    file.write(`${names.map((name) => cell(values[name] ?? '')).join(';')}\n`);
  }
  file.close();
  return statSync(path).size;
}

function bareCell(value: string): string {
  return value.replaceAll(/[;"]/g, '');
}

/** Numbers stay bare, as spreadsheets write them. */
function quotedCell(value: string): string {
  return value === '' || /^[0-9]+$/.test(value) ? value : `"${value.replaceAll('"', '""')}"`;
}

/** Linear congruence modulo 2^32 (constants of Numerical Recipes); its high bits are the good ones. */
function seededDraw(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick<T>(values: readonly T[], draw: Draw): T {
  return values[draw(values.length)] as T;
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** Nine in ten as yyyy-mm-dd, the others as dd/mm/yyyy. */
function date(firstYear: number, years: number, draw: Draw): string {
  const [year, month, day] = [firstYear + draw(years), digits(1 + draw(12), 2), digits(1 + draw(28), 2)];
  return draw(10) === 0 ? `${day}/${month}/${year}` : `${year}-${month}-${day}`;
}

function uai(draw: Draw): string {
  const number = 590_000 + draw(3_000);
  return `${digits(number, 7)}${KEY_LETTERS[number % KEY_LETTERS.length]}`;
}

function familyName(draw: Draw): string {
  const name = Array.from({ length: 2 + draw(2) }, () => pick(SYLLABLES, draw)).join('');
  return draw(4) === 0 ? name.charAt(0).toUpperCase() + name.slice(1) : name.toUpperCase();
}

function identity(i: number, draw: Draw): Values {
  const name = familyName(draw);
  const first = pick(FIRST_NAMES, draw);
  const home = pick(COMMUNES, draw);
  const parent = draw(2) === 0;
  return {
    identifiant_source: `S-${digits(i, 7)}`,
    ine: draw(20) === 0 ? '' : `${digits(i * 7 + 13, 9)}${draw(30) === 0 ? 'ab' : 'AB'}`,
    nom_famille: name,
    nom_usage: draw(15) === 0 ? familyName(draw) : '',
    prenom1: first,
    prenom2: draw(3) === 0 ? pick(FIRST_NAMES, draw) : '',
    sexe: draw(2) === 0 ? 'F' : 'M',
    date_naissance: date(draw(40) === 0 ? 2010 : 2001, 8, draw),
    commune_naissance: pick(COMMUNES, draw),
    pays_naissance: draw(10) === 0 ? '99100' : '',
    adresse: `${1 + draw(180)} ${pick(STREETS, draw)}${draw(50) === 0 ? ' ; résidence "Les Pins"' : ''}`,
    code_postal: `${home.slice(0, 2)}${digits(draw(100) * 10, 3)}`.replace(/[AB]/, '0'),
    commune_residence: home,
    telephone: draw(3) === 0 ? `01${digits(draw(1e8), 8)}` : '',
    portable: `06${digits(draw(1e8), 8)}`,
    courriel: draw(4) === 0 ? '' : `${first.toLowerCase()}.${i}@exemple.fr`,
    resp1_nom: parent ? name : '',
    resp1_prenom: parent ? pick(FIRST_NAMES, draw) : '',
    resp1_lien: parent ? pick(['mère', 'père', 'tuteur'], draw) : '',
    resp1_telephone: parent ? `07${digits(draw(1e8), 8)}` : '',
    date_maj: date(2025, 1, draw).replace(/-1[12]-|\/1[12]\//, (month) => month.replace(/1[12]/, '10')),
  };
}

const OWN: Record<RowKind, (i: number, draw: Draw) => Values> = {
  inscriptions: (_i, draw) => {
    const ended = draw(6) === 0;
    return {
      uai: uai(draw),
      annee_scolaire: draw(3) === 0 ? '2024-2025' : '2025-2026',
      statut: draw(8) === 0 ? 'Apprenti' : 'scolaire',
      mef: `247${digits(draw(600) * 13, 4)}11${draw(10)}${draw(2) === 0 ? '1' : ''}`,
      code_diplome: draw(3) === 0 ? `400${digits(draw(400) * 7, 5)}` : '',
      classe: `T${pick(['PRO', 'CAP', 'GEN', 'STI'], draw)}${1 + draw(9)}`,
      date_debut: `2024-09-0${1 + draw(9)}`,
      date_fin: ended ? `2025-0${1 + draw(9)}-1${draw(10)}` : '',
      motif_fin: ended ? pick(END_REASONS, draw) : '',
    };
  },
  diplomes: (_i, draw) => ({
    type: pick(AWARD_TYPES, draw),
    code_diplome: `500${digits(draw(900) * 7, 5)}`,
    libelle: draw(2) === 0 ? `Spécialité ${draw(300)}` : '',
    niveau: String(3 + draw(2)),
    session: `202${3 + draw(3)}-06`,
    date_obtention: `202${3 + draw(3)}-07-0${1 + draw(9)}`,
    resultat: pick(AWARD_RESULTS, draw),
  }),
  contrats: (i, draw) => ({
    numero_contrat: `C-${digits(i, 8)}`,
    type: draw(9) === 0 ? 'professionnalisation' : 'apprentissage',
    uai_cfa: uai(draw),
    code_diplome: `500${digits(draw(900) * 7, 5)}`,
    siret_employeur: `${digits(draw(1e9), 9)}00011`,
    date_debut: `2024-09-0${1 + draw(9)}`,
    date_fin_prevue: '2026-08-31',
    date_rupture: draw(8) === 0 ? `2025-0${1 + draw(9)}-15` : '',
  }),
  accompagnements: (i, draw) => ({
    structure_type: pick(STRUCTURE_TYPES, draw),
    structure_id: String(1000 + draw(400)),
    structure_nom: `Mission locale n° ${draw(400)}`,
    date_debut: `2025-0${1 + draw(9)}-0${1 + draw(9)}`,
    date_dernier_contact: draw(3) === 0 ? '' : `2025-10-1${draw(10)}`,
    statut: i % 7 === 0 ? 'Clos' : 'actif',
  }),
};

/** What goes wrong, in turn: the first four reject the row, the others cost it a value. */
const SPOILS: readonly Values[] = [
  { date_naissance: '31/02/2008' },
  { nom_famille: '', nom_usage: '' },
  { date_naissance: 'inconnue' },
  { identifiant_source: 'S-0000000' },
  { ine: '12' },
  { commune_residence: '99999' },
  { date_maj: '2025-13-01' },
  { code_postal: '590' },
];

function spoil(values: Values, turn: number): void {
  Object.assign(values, SPOILS[turn % SPOILS.length]);
}
