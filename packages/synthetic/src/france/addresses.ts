import type { NameGroup } from '../names/surnames.ts';
import { Choices, type Random } from '../random.ts';
import type { Commune } from './communes.ts';
import type { Bassin } from './territory.ts';

export interface Address {
  readonly lines: readonly string[];
  readonly postalCode: string;
  /** Undefined abroad. */
  readonly commune: Commune | undefined;
  readonly city: string;
  /** INSEE country, 99100 = France. */
  readonly country: string;
}

interface Country {
  /** INSEE country, 99xxx. */
  readonly code: string;
  readonly name: string;
}

export const FRANCE = '99100';

/** Countries of birth and of departure. Weights are invented. */
export const COUNTRIES = new Choices<Country>(
  (
    [
      ['99352', 'Algérie', 6],
      ['99350', 'Maroc', 6],
      ['99351', 'Tunisie', 2],
      ['99341', 'Sénégal', 2],
      ['99335', 'Mali', 2],
      ['99330', 'Guinée', 3],
      ['99326', 'Côte d’Ivoire', 2],
      ['99139', 'Portugal', 2],
      ['99208', 'Turquie', 1],
      ['99243', 'Viêt Nam', 1],
      ['99131', 'Belgique', 6],
    ] as const
  ).map(([code, name, weight]) => ({ value: { code, name }, weight })),
);

const countries = (list: ReadonlyArray<readonly [code: string, name: string, weight: number]>) =>
  new Choices<Country>(list.map(([code, name, weight]) => ({ value: { code, name }, weight })));

/** Where people whose family name is of a group are born, when that is abroad; `COUNTRIES` for the others. `[inferred]` */
const COUNTRIES_OF_GROUP: Partial<Record<NameGroup, Choices<Country>>> = {
  maghreb: countries([
    ['99352', 'Algérie', 6],
    ['99350', 'Maroc', 6],
    ['99351', 'Tunisie', 2],
  ]),
  westAfrica: countries([
    ['99341', 'Sénégal', 3],
    ['99335', 'Mali', 3],
    ['99330', 'Guinée', 4],
    ['99326', 'Côte d’Ivoire', 3],
  ]),
  centralAfrica: countries([
    ['99312', 'Congo (République démocratique)', 4],
    ['99324', 'Congo', 2],
    ['99322', 'Cameroun', 3],
    ['99328', 'Gabon', 1],
  ]),
  portugal: countries([['99139', 'Portugal', 1]]),
  spain: countries([['99134', 'Espagne', 1]]),
  italy: countries([['99127', 'Italie', 1]]),
  poland: countries([['99122', 'Pologne', 1]]),
  turkey: countries([['99208', 'Turquie', 1]]),
  vietnam: countries([['99243', 'Viêt Nam', 1]]),
  china: countries([['99216', 'Chine', 1]]),
  southAsia: countries([
    ['99223', 'Inde', 2],
    ['99235', 'Sri Lanka', 3],
    ['99213', 'Pakistan', 2],
    ['99246', 'Bangladesh', 2],
  ]),
  antilles: countries([
    ['99410', 'Haïti', 4],
    ['99437', 'Suriname', 1],
  ]),
  reunion: countries([
    ['99333', 'Madagascar', 3],
    ['99390', 'Maurice', 2],
  ]),
  mayotte: countries([['99397', 'Comores', 1]]),
};

/** A country to be born in, abroad. */
export const drawBirthCountry = (random: Random, group: NameGroup): Country =>
  (COUNTRIES_OF_GROUP[group] ?? COUNTRIES).draw(random);

const STREET_TYPES = ['rue', 'rue', 'rue', 'avenue', 'boulevard', 'allée', 'impasse', 'résidence', 'place'];
const STREET_NAMES =
  `des Lilas,de la Gare,Jean-Jaurès,Victor-Hugo,de l’Église,du Moulin,Pasteur,des Tilleuls,de la République,
du Général-Leclerc,Émile-Zola,des Écoles,du Stade,de l’Abbaye,des Mineurs,Salengro,du Canal,de la Plage,des Œillets,
Anatole-France,du 8-Mai-1945,de la Fontaine,du Château,du Marché,des Peupliers,Ambroise-Croizat,des Acacias,du Lavoir,
Jules-Ferry,des Vignes,du Bois-Joli,de la Poste,Louise-Michel,des Cerisiers,du Pont,de Verdun,des Marronniers,du Port`
    .split(',')
    .map((name) => name.trim());
const APARTMENT = 0.12;

/** A home in the bassin, likelier where more people live. */
export function drawAddress(random: Random, bassin: Bassin): Address {
  const commune = bassin.communes.draw(random);
  const lines = [`${random.between(1, 180)} ${random.pick(STREET_TYPES)} ${random.pick(STREET_NAMES)}`];
  if (random.chance(APARTMENT)) lines.push(`Appartement ${random.between(1, 60)}`);
  return {
    lines,
    postalCode: commune.postalCodes.length === 0 ? '' : random.pick(commune.postalCodes),
    commune,
    city: commune.name,
    country: FRANCE,
  };
}

/** A home in another country. */
export function drawAddressAbroad(random: Random): Address {
  const { code, name } = COUNTRIES.draw(random);
  const lines = [`${random.between(1, 90)} rue du Port`];
  return { lines, postalCode: '', commune: undefined, city: name, country: code };
}
