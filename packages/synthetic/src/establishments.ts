import { KEY_LETTERS } from '@raccroche/contract';
import type { Random } from './random.ts';
import type { Training } from './trainings.ts';

/** How an establishment's register reaches the campaign. `silent` ones never send anything. */
export type Software =
  | 'siecle'
  | 'sygne'
  | 'fregata-json'
  | 'fregata-csv'
  | 'cfa-json'
  | 'cfa-csv'
  | 'cfa-xlsx'
  | 'interchange'
  | 'silent';

export interface Establishment {
  readonly uai: string;
  readonly name: string;
  readonly kind: 'college' | 'lgt' | 'lp' | 'agri' | 'cfa' | 'private' | 'university' | 'abroad';
  readonly department: string;
  readonly software: Software;
  /** Share of the pupils of its kind and département that it has. */
  readonly weight: number;
}

/** What each kind teaches. A private school outside contract prepares the general baccalauréat and the CAP. */
const TEACHES: Record<Establishment['kind'], ReadonlyArray<Training['sector']>> = {
  college: ['college'],
  lgt: ['gt', 'higher'],
  lp: ['pro'],
  agri: ['agri'],
  cfa: ['cfa'],
  private: ['gt', 'pro'],
  university: ['university'],
  abroad: ['abroad'],
};

/** Numbers above 9000 in a département are used by no real establishment: these cannot be mistaken for one. */
const FIRST_NUMBER = 9001;

type Row = readonly [
  kind: Establishment['kind'],
  prefix: string,
  department: string,
  name: string,
  software: Software,
  weight: number,
];

const ROWS: readonly Row[] = [
  ['college', '059', '59', 'Collège des Dunes', 'siecle', 2],
  ['college', '059', '59', 'Collège du Beffroi', 'sygne', 2],
  ['college', '062', '62', 'Collège des Terrils', 'siecle', 2],
  ['college', '062', '62', 'Collège de la Lys', 'sygne', 1],
  ['lgt', '059', '59', 'Lycée des Remparts', 'siecle', 3],
  ['lgt', '059', '59', 'Lycée de la Citadelle', 'siecle', 3],
  ['lgt', '059', '59', 'Lycée des Trois-Moulins', 'sygne', 3],
  ['lgt', '062', '62', 'Lycée de la Côte', 'siecle', 2],
  ['lgt', '062', '62', 'Lycée des Collines', 'sygne', 2],
  ['lgt', '080', '80', 'Lycée de la Baie', 'sygne', 1],
  ['lgt', '620', '2A', 'Lycée du Golfe', 'siecle', 1],
  ['lgt', '974', '974', 'Lycée des Filaos', 'sygne', 1],
  ['lp', '059', '59', 'Lycée professionnel du Port', 'siecle', 3],
  ['lp', '059', '59', 'Lycée professionnel des Tisserands', 'sygne', 3],
  ['lp', '059', '59', 'Lycée professionnel de l’Escaut', 'siecle', 2],
  ['lp', '062', '62', 'Lycée professionnel des Corons', 'siecle', 3],
  ['lp', '062', '62', 'Lycée professionnel de la Canche', 'sygne', 2],
  ['lp', '620', '2A', 'Lycée professionnel du Maquis', 'siecle', 1],
  ['lp', '974', '974', 'Lycée professionnel du Piton', 'sygne', 1],
  ['lp', '080', '80', 'Lycée professionnel de la Baie', 'siecle', 1],
  ['agri', '059', '59', 'Lycée agricole des Flandres', 'fregata-json', 3],
  ['agri', '059', '59', 'Maison familiale de l’Avesnois', 'fregata-csv', 2],
  ['agri', '062', '62', 'Lycée agricole du Ternois', 'fregata-json', 2],
  ['agri', '062', '62', 'Maison familiale du Boulonnais', 'fregata-csv', 1],
  ['cfa', '059', '59', 'CFA des métiers de bouche', 'cfa-json', 4],
  ['cfa', '059', '59', 'CFA du bâtiment', 'cfa-csv', 3],
  ['cfa', '059', '59', 'CFA de la mobilité', 'cfa-xlsx', 2],
  ['cfa', '062', '62', 'CFA des métiers d’Artois', 'cfa-json', 3],
  ['cfa', '062', '62', 'CFA du littoral', 'cfa-xlsx', 2],
  ['cfa', '080', '80', 'CFA de la Baie', 'cfa-csv', 1],
  ['private', '059', '59', 'Cours Montaigu', 'interchange', 2],
  ['private', '059', '59', 'École libre des Sources', 'silent', 1],
  ['private', '062', '62', 'Institut des Quatre-Vents', 'interchange', 2],
  ['university', '059', '59', 'Université des Plaines', 'interchange', 1],
  ['abroad', '', '99', 'Établissement à l’étranger', 'silent', 1],
];

export const ESTABLISHMENTS: readonly Establishment[] = ROWS.map(
  ([kind, prefix, department, name, software, weight], index) => ({
    uai: prefix === '' ? '' : keyedUai(`${prefix}${FIRST_NUMBER + index}`),
    name,
    kind,
    department,
    software,
    weight,
  }),
);

/** The seven digits with the key letter that they call for. */
export function keyedUai(digits: string): string {
  return `${digits}${KEY_LETTERS[Number(digits) % KEY_LETTERS.length] ?? ''}`;
}

/** Draws a school that teaches `sector`: in the département when there is one, and another than `except` when there is one. */
export function drawSchool(
  random: Random,
  {
    sector,
    department,
    kind,
    except,
  }: {
    sector: Training['sector'];
    department: string;
    kind?: Establishment['kind'];
    except?: Establishment | undefined;
  },
): Establishment {
  const fitting = ESTABLISHMENTS.filter(
    (school) =>
      TEACHES[school.kind].includes(sector) &&
      (kind === undefined ? school.kind !== 'private' : school.kind === kind),
  );
  const others = fitting.filter((school) => school !== except);
  const possible = others.length > 0 ? others : fitting;
  const near = possible.filter((school) => school.department === department);
  return random.weighted(
    (near.length > 0 ? near : possible).map((value) => ({ value, weight: value.weight })),
  );
}
