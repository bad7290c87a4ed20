/** A département or overseas territory: its académie and, among its people, how many are young. */
export interface Department {
  readonly code: string;
  /** Slug of the académie or vice-rectorat. */
  readonly academy: string;
  /** First three characters of its UAI. Source: domain.md §7.2. */
  readonly uaiPrefix: string;
  /** Young people of 16 to 25 among its inhabitants, the country being 1. `[inferred]` */
  readonly youth: number;
}

/** Académies and the départements of each: the map of 2020. */
const ACADEMIES = {
  'aix-marseille': '04 05 13 84',
  amiens: '02 60 80',
  besancon: '25 39 70 90',
  bordeaux: '24 33 40 47 64',
  'clermont-ferrand': '03 15 43 63',
  corse: '2A 2B',
  creteil: '77 93 94',
  dijon: '21 58 71 89',
  grenoble: '07 26 38 73 74',
  guadeloupe: '971 977 978',
  guyane: '973',
  'la-reunion': '974',
  lille: '59 62',
  limoges: '19 23 87',
  lyon: '01 42 69',
  martinique: '972',
  mayotte: '976',
  montpellier: '11 30 34 48 66',
  'nancy-metz': '54 55 57 88',
  nantes: '44 49 53 72 85',
  nice: '06 83',
  normandie: '14 27 50 61 76',
  'nouvelle-caledonie': '988',
  'orleans-tours': '18 28 36 37 41 45',
  paris: '75',
  poitiers: '16 17 79 86',
  polynesie: '987',
  reims: '08 10 51 52',
  rennes: '22 29 35 56',
  'saint-pierre-et-miquelon': '975',
  strasbourg: '67 68',
  toulouse: '09 12 31 32 46 65 81 82',
  versailles: '78 91 92 95',
  'wallis-et-futuna': '986',
} as const satisfies Record<string, string>;

/** Where people are clearly younger or older than elsewhere. `[inferred]` from the general look of INSEE's pyramids. */
const YOUTH: Readonly<Record<string, number>> = {
  '59': 1.06,
  '62': 1.02,
  '75': 0.9,
  '77': 1.12,
  '78': 1.06,
  '91': 1.1,
  '92': 1.02,
  '93': 1.2,
  '94': 1.07,
  '95': 1.15,
  '69': 1.06,
  '31': 1.02,
  '35': 1.05,
  '44': 1.05,
  '2A': 0.85,
  '2B': 0.86,
  '06': 0.9,
  '83': 0.9,
  '15': 0.8,
  '19': 0.82,
  '23': 0.74,
  '24': 0.8,
  '36': 0.82,
  '46': 0.78,
  '48': 0.84,
  '58': 0.8,
  '05': 0.88,
  '65': 0.82,
  '971': 1.0,
  '972': 0.92,
  '973': 1.9,
  '974': 1.22,
  '976': 2.0,
  '987': 1.25,
  '988': 1.2,
  '986': 1.2,
};

/** Corsica kept the numbers that it had before it was two départements. */
const UAI_PREFIX: Readonly<Record<string, string>> = { '2A': '620', '2B': '720' };

export const DEPARTMENTS: ReadonlyMap<string, Department> = new Map(
  Object.entries(ACADEMIES).flatMap(([academy, codes]) =>
    codes.split(' ').map((code): [string, Department] => [
      code,
      {
        code,
        academy,
        uaiPrefix: UAI_PREFIX[code] ?? code.padStart(3, '0'),
        youth: YOUTH[code] ?? 0.97,
      },
    ]),
  ),
);

/** Codes of all that people can live in. */
export const DEPARTMENT_CODES: readonly string[] = [...DEPARTMENTS.keys()];

/** `lille` → `Lille`, `aix-marseille` → `Aix-Marseille`. */
export function academyName(academy: string): string {
  return academy.replace(
    /(^|-)([a-z])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
