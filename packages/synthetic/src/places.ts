import { createRequire } from 'node:module';
import type { Random, Weighted } from './random.ts';

/** Communes and postal codes of the public geographical code (package @etalab/decoupage-administratif). */
export interface Commune {
  /** INSEE code. */
  readonly code: string;
  readonly name: string;
  readonly department: string;
  readonly postalCodes: readonly string[];
  readonly population: number;
}

export interface Address {
  readonly lines: readonly string[];
  readonly postalCode: string;
  /** Undefined abroad. */
  readonly commune: Commune | undefined;
  readonly city: string;
  /** INSEE country, 99100 = France. */
  readonly country: string;
}

export const FRANCE = '99100';

/** Countries of birth and of departure: INSEE code, name, weight. Weights are invented. */
export const COUNTRIES = [
  { code: '99352', name: 'Algérie', weight: 6 },
  { code: '99350', name: 'Maroc', weight: 6 },
  { code: '99351', name: 'Tunisie', weight: 2 },
  { code: '99341', name: 'Sénégal', weight: 2 },
  { code: '99335', name: 'Mali', weight: 2 },
  { code: '99330', name: 'Guinée', weight: 3 },
  { code: '99326', name: 'Côte d’Ivoire', weight: 2 },
  { code: '99139', name: 'Portugal', weight: 2 },
  { code: '99208', name: 'Turquie', weight: 1 },
  { code: '99243', name: 'Viêt Nam', weight: 1 },
  { code: '99131', name: 'Belgique', weight: 6 },
] as const;

/** Départements where the families of the region live, with the share of each. The last are far away on purpose. */
const HOME_DEPARTMENTS: Record<string, number> = { '59': 58, '62': 36, '80': 2, '2A': 2, '974': 2 };
/** Smallest commune people live in: keeps the referential in memory small. */
const MIN_POPULATION = 2500;
const STREET_TYPES = ['rue', 'rue', 'rue', 'avenue', 'boulevard', 'allée', 'impasse', 'résidence', 'place'];
const STREET_NAMES = [
  'des Lilas',
  'de la Gare',
  'Jean-Jaurès',
  'Victor-Hugo',
  'de l’Église',
  'du Moulin',
  'Pasteur',
  'des Tilleuls',
  'de la République',
  'du Général-Leclerc',
  'Émile-Zola',
  'des Écoles',
  'du Stade',
  'de l’Abbaye',
  'des Mineurs',
  'Salengro',
  'du Canal',
  'de la Plage',
  'des Œillets',
  'Anatole-France',
  'du 8-Mai-1945',
  'de Lille',
  'd’Arras',
  'du Marché',
  'des Peupliers',
  'Ambroise-Croizat',
];

interface CommuneRow {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly departement?: string;
  readonly codesPostaux?: readonly string[];
  readonly population?: number;
}

/** The communes people are born in, live in and move to, and draws among them. */
export class Places {
  readonly #byDepartment = new Map<string, Weighted<Commune>[]>();
  readonly #departments: readonly Weighted<string>[];

  constructor(communes: readonly Commune[]) {
    for (const value of communes) {
      const choice = { value, weight: value.population };
      const list = this.#byDepartment.get(value.department);
      if (list) list.push(choice);
      else this.#byDepartment.set(value.department, [choice]);
    }
    this.#departments = [...this.#byDepartment].map(([value, list]) => ({
      value,
      weight: list.reduce((sum, { weight }) => sum + weight, 0),
    }));
  }

  drawHomeDepartment(random: Random): string {
    return random.weighted(Object.entries(HOME_DEPARTMENTS).map(([value, weight]) => ({ value, weight })));
  }

  /** A commune of the département, or of the whole country; likelier when more people live there. */
  drawCommune(random: Random, department: string = random.weighted(this.#departments)): Commune {
    const communes = this.#byDepartment.get(department);
    if (communes === undefined) throw new RangeError(`no commune in ${department}`);
    return random.weighted(communes);
  }

  drawAddress(random: Random, department?: string): Address {
    const commune = this.drawCommune(random, department);
    const lines = [`${random.between(1, 180)} ${random.pick(STREET_TYPES)} ${random.pick(STREET_NAMES)}`];
    if (random.chance(0.12)) lines.push(`Appartement ${random.between(1, 60)}`);
    return {
      lines,
      postalCode: random.pick(commune.postalCodes),
      commune,
      city: commune.name,
      country: FRANCE,
    };
  }

  drawAddressAbroad(random: Random): Address {
    const country = random.weighted(COUNTRIES.map((value) => ({ value, weight: value.weight })));
    return {
      lines: [`${random.between(1, 90)} rue du Port`],
      postalCode: '',
      commune: undefined,
      city: country.name,
      country: country.code,
    };
  }
}

/** Reads the geographical code: communes of today with a postal code and at least 2,500 inhabitants. */
export function loadPlaces(): Places {
  const require = createRequire(import.meta.url);
  const rows = require('@etalab/decoupage-administratif/data/communes.json') as readonly CommuneRow[];
  const communes = rows.flatMap((row): Commune[] => {
    if (row.type !== 'commune-actuelle' || (row.population ?? 0) < MIN_POPULATION) return [];
    if (row.departement === undefined || row.codesPostaux === undefined || row.codesPostaux.length === 0)
      return [];
    const { code, nom: name, departement: department, codesPostaux: postalCodes, population = 0 } = row;
    return [{ code, name, department, postalCodes, population }];
  });
  return new Places(communes);
}
