import { PEOPLE_OF_FRANCE } from '../france/territory.ts';
import { birthsOf } from '../life/births.ts';
import { timesOf } from '../life/life-builder.ts';
import type { FranceOptions } from '../options.ts';
import type { MarginalCount, MarginalCounts } from './marginals.ts';

/** One figure of the country as it came out, beside what is published of it. */
export interface Marginal {
  /** For people, in French. */
  readonly label: string;
  /** People, scaled to the whole country, or a share from 0 to 1. */
  readonly value: number;
  readonly kind: 'count' | 'share';
  /** Standard deviation of `value` by chance alone, in its unit: a small country is not judged by its few people. */
  readonly noise: number;
  /** Bounds within which it has to be; undefined for what is only shown. */
  readonly bounds: readonly [low: number, high: number] | undefined;
  /** What is published, and where. */
  readonly source: string;
}

/** What is counted, or a part and the whole that it is of. */
type What = MarginalCount | readonly [part: MarginalCount, whole: MarginalCount];
type Reading = readonly [label: string, what: What, bounds: Marginal['bounds'], source: string];

const K = 1000;
/** Standard deviations of chance that a figure may be out of its bounds by. */
const CHANCE = 4;
/** The year's sessions have been told, and whoever did not come back has been missed for a month. */
const AUTUMN = '10-01';

/** Published figures: domain.md §2.4, §2.5, §3.4, §6. Bounds are ours: how far from them a model of this kind may be. */
const READINGS: readonly Reading[] = [
  ['Personnes de référence', 'people', [2900 * K, 3100 * K], '§6 : 2,7 à 3 M de 16 ans et plus'],
  ['dont 16 ans et plus à la date', 'peopleOf16', [2650 * K, 3050 * K], '§6 : 2,7 à 3 M'],
  ['Lignes d’émetteurs', 'rows', [17_000 * K, 22_000 * K], 'visé : environ 20 M à l’échelle 1'],
  [
    'En voie générale ou technologique, année d’avant',
    'generalPupils',
    [1400 * K, 1700 * K],
    '§6 : lycées 2,2 M en tout [inferred]',
  ],
  [
    'En voie professionnelle scolaire, année d’avant',
    'vocationalPupils',
    [550 * K, 750 * K],
    '§6 : lycées 2,2 M en tout [inferred]',
  ],
  [
    'Élèves agricoles, année d’avant',
    'agriculturalPupils',
    [130 * K, 180 * K],
    '§6 : environ 155 000 [unverified]',
  ],
  ['Apprentis du secondaire à la date', 'apprentices', [330 * K, 470 * K], '§6 : 385 000 fin 2023'],
  ['dont de niveau 3', 'apprenticesLevel3', [180 * K, 290 * K], '§6 : 221 000 fin 2023'],
  ['dont de niveau 4', 'apprenticesLevel4', [110 * K, 210 * K], '§6 : 164 000 fin 2023'],
  ['dont en CFA agricole', 'agriculturalApprentices', [38 * K, 56 * K], '§6 : environ 45 000 [unverified]'],
  [
    'Contrats rompus, sur tous les contrats',
    ['brokenContracts', 'contracts'],
    [0.12, 0.28],
    '[inferred] un sur quatre ou cinq',
  ],
  ['Candidats au bac', 'bac', [620 * K, 790 * K], '§6 : 718 723 en 2023'],
  ['Candidats au bac général', 'bacGeneral', [330 * K, 430 * K], '§6 : 391 000 en 2023'],
  ['Candidats au bac technologique', 'bacTechnological', [120 * K, 190 * K], '§6 : 145 000 en 2023'],
  ['Candidats au bac professionnel', 'bacVocational', [140 * K, 220 * K], '§6 : 183 000 en 2023'],
  ['Réussite au bac', ['bacPassed', 'bac'], [0.88, 0.94], '§6 : 90,9 % en 2023'],
  [
    'Réussite au bac professionnel',
    ['bacVocationalPassed', 'bacVocational'],
    [0.79, 0.87],
    '§6 : 82,7 % en 2023',
  ],
  ['Candidats au CAP', 'cap', [130 * K, 230 * K], '§6 : environ 200 000 [unverified]'],
  [
    'À lister en vérité (siei-2011)',
    'listed',
    [130 * K, 250 * K],
    '§6 : 150 000 à 250 000 par campagne, 400 à 600 pour chacune de 378 plateformes',
  ],
  ['dont de la Lozère', 'listedOfLozere', [80, 360], '§6 : environ 200 [inferred]'],
  ['dont du Nord', 'listedOfNord', [4 * K, 12 * K], '§6 : environ 8 000 [inferred]'],
  ['dont filles', ['listedGirls', 'listed'], [0.42, 0.52], '§2.5 : 47 % (juin 2010 – mars 2011)'],
  [
    'dont voie professionnelle ou apprentissage',
    ['listedVocational', 'listed'],
    [0.4, 0.75],
    '§3.4 : voie professionnelle, 61 % en Bretagne, 41 % en Grand Est',
  ],
  ['dont connus d’une mission locale', ['listedKnownToMl', 'listed'], [0.2, 0.33], '§2.5 : environ un quart'],
  [
    'À lister sans aucun diplôme (no-diploma)',
    'listedNoDiploma',
    [90 * K, 240 * K],
    '§6 : 80 000 à 143 000 par an ; ici quatorze mois',
  ],
  [
    'Hors obligation de formation, 16-17 ans',
    'listedMinors',
    [30 * K, 110 * K],
    '§6 : 60 000 à 300 000 selon les comptes',
  ],
  [
    'Liste des seuls registres scolaires',
    'raw',
    [200 * K, 380 * K],
    '[inferred] trois fois la vraie liste (§2.4) ; §2.4 : 7 320 repérés en Bretagne en un an, par d’autres règles',
  ],
  [
    'dont en formation ailleurs',
    ['rawInTraining', 'raw'],
    [0.6, 0.72],
    '§2.4 : 400 sur 600 à Nantes, 66 % en Bretagne',
  ],
  [
    'dont vraiment décrochés',
    ['rawDroppedOut', 'raw'],
    [0.26, 0.38],
    '§2.4 : 34 % en Bretagne n’étaient pas revenus en formation',
  ],
  ['dont accompagnés', ['rawAccompanied', 'raw'], [0.08, 0.24], '§2.4 : 19 % en Bretagne, base ambiguë'],
  [
    'dont en emploi',
    ['rawAtWork', 'raw'],
    undefined,
    '§2.4 : 9 % en Bretagne, base ambiguë : montré seulement',
  ],
  [
    'Coordonnées périmées, là où il y en a',
    ['staleContacts', 'contacts'],
    [0.16, 0.24],
    '§2.4 : 549 messages sans réponse sur 2 793',
  ],
  [
    'Décédés pendant les deux années',
    'deceased',
    [500, 2000],
    'INED, d’après l’INSEE 2012-2016 : à 20 ans, 2 filles et 5 garçons sur 10 000 par an',
  ],
  ['Partis à l’étranger', 'abroad', [10 * K, 35 * K], '[inferred]'],
  ['Avec un nom d’usage', ['usageNames', 'people'], [0.05, 0.09], '[inferred]'],
];

/**
 * Of those born in a year, how many are of reference at 15, 16 and 17: nearly all are still in some training, and there are
 * more of them than were born. `[inferred]`: 95 in 100 are in training, and 4 in 100 came from abroad.
 */
const OF_THOSE_BORN = { low: 0.94, high: 1.04 } as const;

/** The years of birth that are of reference as a whole, and the older ones. */
function birthReadings(asOf: string): readonly Reading[] {
  const { before } = timesOf(asOf);
  const whole = ([15, 16, 17] as const).map((age): Reading => {
    const births = birthsOf(before - age);
    const bounds = [OF_THOSE_BORN.low * births * K, OF_THOSE_BORN.high * births * K] as const;
    return [
      `dont nés en ${before - age}`,
      `bornToBe${age}`,
      bounds,
      `INSEE : environ ${births} 000 naissances`,
    ];
  });
  return [...whole, ['dont nés avant', 'bornEarlier', [400 * K, 700 * K], '[inferred] ce qui en reste']];
}

/** The figures of a country of `counts` at a reference date, brought to the size of France. */
export function marginalsOf(counts: MarginalCounts, asOf: string): readonly Marginal[] {
  const scale = counts.people / PEOPLE_OF_FRANCE;
  const readings = [...READINGS.slice(0, 2), ...birthReadings(asOf), ...READINGS.slice(2)];
  return readings.map(([label, what, bounds, source]): Marginal => {
    if (typeof what === 'string') {
      const counted = counts[what];
      const value = Math.round(counted / scale);
      return { label, value, kind: 'count', noise: Math.sqrt(counted + 1) / scale, bounds, source };
    }
    const [part, whole] = [counts[what[0]], counts[what[1]]];
    const value = whole === 0 ? 0 : part / whole;
    // One more of each kind: of a few people all or none prove little.
    const chance = (part + 1) / (whole + 2);
    const noise = Math.sqrt((chance * (1 - chance)) / (whole + 2));
    return { label, value, kind: 'share', noise, bounds, source };
  });
}

/** Whether the bounds are of such a country: a whole one, told with faults, of an autumn and of no other date. */
export function boundsHoldFor({
  departments,
  faults,
  asOf,
  until,
}: Pick<FranceOptions, 'departments' | 'faults' | 'asOf' | 'until'>): boolean {
  return departments === undefined && faults === 'named' && until === undefined && asOf.slice(5) >= AUTUMN;
}

/** True when the figure is where it has to be but for chance, or only shown. */
export function isWithin({ value, bounds, noise }: Marginal): boolean {
  const chance = CHANCE * noise;
  return bounds === undefined || (value >= bounds[0] - chance && value <= bounds[1] + chance);
}
