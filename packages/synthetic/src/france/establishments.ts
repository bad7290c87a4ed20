import { KEY_LETTERS } from '@raccroche/contract';
import { Choices, type Random } from '../random.ts';
import type { Training } from '../trainings.ts';
import { academyName } from './departments.ts';
import { PLACE_WORDS } from './place-words.ts';
import type { Bassin } from './territory.ts';

/** How an establishment's register reaches the campaign. `silent` ones never send anything. */
export type Software =
  | 'siecle'
  | 'sygne'
  | 'extract'
  | 'fregata-json'
  | 'fregata-csv'
  | 'cfa-json'
  | 'cfa-csv'
  | 'cfa-xlsx'
  | 'interchange'
  | 'silent';

export type EstablishmentKind =
  | 'college'
  | 'lgt'
  | 'lp'
  | 'agri'
  | 'cfa'
  | 'cfaa'
  | 'private'
  | 'university'
  | 'abroad';

export interface Establishment {
  readonly uai: string;
  readonly name: string;
  readonly kind: EstablishmentKind;
  readonly bassin: Bassin;
  readonly software: Software;
}

/** What each kind teaches. A private school outside contract prepares the general baccalauréat and the CAP. */
const TEACHES = {
  college: ['college'],
  lgt: ['gt', 'higher'],
  lp: ['pro'],
  agri: ['agri'],
  cfa: ['cfa'],
  cfaa: ['cfaa'],
  private: ['gt', 'pro'],
  university: ['university'],
  abroad: ['abroad'],
} as const satisfies Record<EstablishmentKind, ReadonlyArray<Training['sector']>>;

/**
 * How many there are for a person of reference, and at least in a bassin: every way must be open at home.
 * Lycées and CFA after domain.md §6; of the collèges those alone that still have somebody of 16; others `[inferred]`.
 */
const COUNTS: ReadonlyArray<readonly [kind: EstablishmentKind, perPerson: number, atLeast: number]> = [
  ['college', 1 / 1400, 2],
  ['lgt', 1 / 1150, 3],
  ['lp', 1 / 1900, 3],
  ['agri', 1 / 3750, 2],
  ['cfa', 1 / 870, 3],
  ['cfaa', 1 / 3750, 2],
  ['private', 1 / 6000, 2],
  ['university', 1 / 20_000, 1],
  ['abroad', 0, 1],
];

const TITLES: Record<EstablishmentKind, readonly string[]> = {
  college: ['Collège'],
  lgt: ['Lycée'],
  lp: ['Lycée professionnel'],
  agri: ['Lycée agricole', 'Maison familiale'],
  cfa: ['CFA'],
  cfaa: ['CFA agricole'],
  private: ['Cours privé', 'École libre'],
  university: ['Université'],
  abroad: ['Établissement à l’étranger'],
};

/** Numbers above 9000 in a département are used by no real establishment: these cannot be mistaken for one. */
const FIRST_NUMBER = 9001;
const NUMBERS = 999;

/**
 * Who sends what. `national`: what an operator of the whole country gets, extracts of the académies for most.
 * `establishments`: every school sends its own files, all formats side by side.
 */
export const SENDER_MODES = ['national', 'establishments'] as const;
export type SenderMode = (typeof SENDER_MODES)[number];

/** Académies whose schools each give an archive of SIECLE, or are asked through SYGNE; the others send an extract. */
const SIECLE_ACADEMIES = ['besancon', 'la-reunion', 'limoges', 'nice', 'poitiers', 'reims'];
const SYGNE_ACADEMIES = ['amiens', 'corse', 'dijon', 'martinique'];
/** Effectifs of CFA come as CSV, but for these académies. */
const CFA_JSON_ACADEMIES = ['dijon', 'limoges', 'rennes'];
const CFA_XLSX_ACADEMIES = ['corse', 'mayotte', 'saint-pierre-et-miquelon', 'wallis-et-futuna'];

/** A CFA of agriculture is in FREGATA with the lycée that it goes with, or keeps its apprentices as other CFA do. `[inferred]` */
function softwareOf(kind: EstablishmentKind, rank: number, bassin: Bassin, mode: SenderMode): Software {
  const { academy } = bassin.department;
  if (kind === 'cfaa' && rank % 2 === 0) return bassin.index % 2 === 0 ? 'fregata-json' : 'fregata-csv';
  if (kind === 'agri') return rank % 2 === 0 ? 'fregata-json' : 'fregata-csv';
  if (kind === 'private') return rank % 2 === 0 ? 'interchange' : 'silent';
  if (kind === 'university') return 'interchange';
  if (kind === 'abroad') return 'silent';
  if (kind === 'cfa' || kind === 'cfaa') {
    if (mode === 'establishments')
      return (['cfa-json', 'cfa-csv', 'cfa-xlsx'] as const)[rank % 3] ?? 'cfa-csv';
    if (CFA_JSON_ACADEMIES.includes(academy)) return 'cfa-json';
    return CFA_XLSX_ACADEMIES.includes(academy) ? 'cfa-xlsx' : 'cfa-csv';
  }
  if (mode === 'establishments') return rank % 2 === 0 ? 'siecle' : 'sygne';
  if (SIECLE_ACADEMIES.includes(academy)) return 'siecle';
  return SYGNE_ACADEMIES.includes(academy) ? 'sygne' : 'extract';
}

/** The establishments of one bassin, and draws among them. */
export class SchoolMap {
  readonly all: readonly Establishment[];
  readonly #bySector = new Map<Training['sector'], Choices<Establishment>>();
  readonly #byKind = new Map<EstablishmentKind, Choices<Establishment>>();

  /** `firstRank`: establishments of the same département that have a number before these. */
  constructor(bassin: Bassin, mode: SenderMode, random: Random, firstRank: number) {
    this.all = COUNTS.flatMap(([kind, perPerson, atLeast]) =>
      Array.from({ length: Math.max(atLeast, random.round(bassin.people * perPerson)) }, (_, rank) => {
        const title = TITLES[kind][rank % TITLES[kind].length] ?? '';
        const where =
          kind === 'university' ? `de ${academyName(bassin.department.academy)}` : random.pick(PLACE_WORDS);
        const name = kind === 'abroad' ? title : `${title} ${where}`;
        return {
          uai: '',
          name,
          kind,
          bassin,
          software: softwareOf(kind, rank, bassin, mode),
        };
      }),
    ).map((school, rank) =>
      school.kind === 'abroad' ? school : { ...school, uai: uaiOf(bassin, firstRank + rank) },
    );
    const weighted = (schools: readonly Establishment[]) =>
      new Choices(schools.map((value) => ({ value, weight: 1 + (Number(value.uai.slice(3, 7)) % 3) })));
    for (const kind of Object.keys(TEACHES) as EstablishmentKind[])
      this.#byKind.set(kind, weighted(this.all.filter((school) => school.kind === kind)));
    for (const sector of new Set(Object.values(TEACHES).flat())) {
      const teaching = this.all.filter(
        ({ kind }) => kind !== 'private' && (TEACHES[kind] as readonly string[]).includes(sector),
      );
      this.#bySector.set(sector, weighted(teaching));
    }
  }

  /** A school that teaches `sector` (of `kind` when given), another than `except` when there is one. */
  draw(
    random: Random,
    {
      sector,
      kind,
      except,
    }: {
      sector: Training['sector'];
      kind?: EstablishmentKind | undefined;
      except?: Establishment | undefined;
    },
  ): Establishment {
    const choices = kind === undefined ? this.#bySector.get(sector) : this.#byKind.get(kind);
    if (choices === undefined) throw new RangeError(`no school for ${sector}`);
    let school = choices.draw(random);
    while (school === except && choices.values.length > 1) school = choices.draw(random);
    return school;
  }
}

function uaiOf({ department }: Bassin, rank: number): string {
  if (rank >= NUMBERS) throw new RangeError(`more than ${NUMBERS} establishments in ${department.code}`);
  return keyedUai(`${department.uaiPrefix}${FIRST_NUMBER + rank}`);
}

/** The seven digits with the key letter that they call for. */
function keyedUai(digits: string): string {
  return `${digits}${KEY_LETTERS[Number(digits) % KEY_LETTERS.length] ?? ''}`;
}
