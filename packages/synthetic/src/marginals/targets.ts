import type { MarginalCounts } from './marginals.ts';

/** One figure of the country as it came out, beside what is published of it. */
export interface Marginal {
  /** For people, in French. */
  readonly label: string;
  /** People, scaled to the whole country, or a share from 0 to 1. */
  readonly value: number;
  readonly kind: 'count' | 'share';
  /** Bounds within which it has to be; undefined for what is only shown. */
  readonly bounds: readonly [low: number, high: number] | undefined;
  /** What is published, and where. */
  readonly source: string;
}

type Reading = readonly [
  label: string,
  kind: Marginal['kind'],
  read: (counts: MarginalCounts) => number,
  bounds: Marginal['bounds'],
  source: string,
];

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const K = 1000;

/** Published figures: domain.md §2.4, §2.5, §6. Bounds are ours: how far from them a model of this kind may be. */
const READINGS: readonly Reading[] = [
  [
    'Personnes de référence',
    'count',
    (c) => c.people,
    [2900 * K, 3100 * K],
    '§6 : 2,7 à 3 M de 16 ans et plus',
  ],
  ['dont 16 ans et plus à la date', 'count', (c) => c.peopleOf16, [2650 * K, 3050 * K], '§6 : 2,7 à 3 M'],
  ['Lignes d’émetteurs', 'count', (c) => c.rows, undefined, 'visé : environ 20 M à l’échelle 1'],
  [
    'En voie générale ou technologique, année d’avant',
    'count',
    (c) => c.generalPupils,
    [1400 * K, 1700 * K],
    '§6 : lycées 2,2 M en tout [inferred]',
  ],
  [
    'En voie professionnelle scolaire, année d’avant',
    'count',
    (c) => c.vocationalPupils,
    [550 * K, 750 * K],
    '§6 : lycées 2,2 M en tout [inferred]',
  ],
  [
    'Élèves agricoles, année d’avant',
    'count',
    (c) => c.agriculturalPupils,
    [130 * K, 180 * K],
    '§6 : environ 155 000 [unverified]',
  ],
  [
    'Apprentis du secondaire à la date',
    'count',
    (c) => c.apprentices,
    [330 * K, 470 * K],
    '§6 : 385 000 fin 2023',
  ],
  [
    'Contrats rompus, sur tous les contrats',
    'share',
    (c) => share(c.brokenContracts, c.contracts),
    [0.12, 0.28],
    '[inferred] un sur quatre ou cinq',
  ],
  ['Candidats au bac général', 'count', (c) => c.bacGeneral, [330 * K, 430 * K], '§6 : 391 000 en 2023'],
  [
    'Candidats au bac technologique',
    'count',
    (c) => c.bacTechnological,
    [120 * K, 190 * K],
    '§6 : 145 000 en 2023',
  ],
  [
    'Candidats au bac professionnel',
    'count',
    (c) => c.bacVocational,
    [140 * K, 220 * K],
    '§6 : 183 000 en 2023',
  ],
  [
    'Réussite au bac',
    'share',
    (c) => share(c.bacPassed, c.bacGeneral + c.bacTechnological + c.bacVocational),
    [0.88, 0.94],
    '§6 : 90,9 % en 2023',
  ],
  [
    'Réussite au bac professionnel',
    'share',
    (c) => share(c.bacVocationalPassed, c.bacVocational),
    [0.79, 0.87],
    '§6 : 82,7 % en 2023',
  ],
  ['Candidats au CAP', 'count', (c) => c.cap, [130 * K, 230 * K], '§6 : environ 200 000 [unverified]'],
  [
    'À lister en vérité (siei-2011)',
    'count',
    (c) => c.listed,
    [130 * K, 250 * K],
    '§6 : 150 000 à 250 000 par campagne',
  ],
  [
    'dont filles',
    'share',
    (c) => share(c.listedGirls, c.listed),
    [0.42, 0.52],
    '§2.5 : 47 % (juin 2010 – mars 2011)',
  ],
  [
    'dont voie professionnelle ou apprentissage',
    'share',
    (c) => share(c.listedVocational, c.listed),
    [0.4, 0.75],
    '§3.4 : voie professionnelle, 61 % en Bretagne, 41 % en Grand Est',
  ],
  [
    'dont connus d’une mission locale',
    'share',
    (c) => share(c.listedKnownToMl, c.listed),
    [0.2, 0.33],
    '§2.5 : environ un quart',
  ],
  [
    'À lister sans aucun diplôme (no-diploma)',
    'count',
    (c) => c.listedNoDiploma,
    [90 * K, 240 * K],
    '§6 : 80 000 à 143 000 par an ; ici quatorze mois',
  ],
  [
    'Hors obligation de formation, 16-17 ans',
    'count',
    (c) => c.listedMinors,
    [30 * K, 110 * K],
    '§6 : 60 000 à 300 000 selon les comptes',
  ],
  ['Liste des seuls registres scolaires', 'count', (c) => c.raw, undefined, '—'],
  [
    'dont en formation ailleurs',
    'share',
    (c) => share(c.rawInTraining, c.raw),
    [0.6, 0.72],
    '§2.4 : 400 sur 600 à Nantes, 66 % en Bretagne',
  ],
  ['dont vraiment décrochés', 'share', (c) => share(c.rawDroppedOut, c.raw), undefined, '—'],
  ['Décédés pendant les deux années', 'count', (c) => c.deceased, undefined, '[inferred]'],
  ['Partis à l’étranger', 'count', (c) => c.abroad, undefined, '[inferred]'],
  ['Avec un nom d’usage', 'share', (c) => share(c.usageNames, c.people), undefined, '[inferred]'],
];

/** The figures of a country of `counts`, brought to the size of France when it has `scale` of its people. */
export function marginalsOf(counts: MarginalCounts, scale: number): readonly Marginal[] {
  return READINGS.map(([label, kind, read, bounds, source]) => {
    const value = read(counts);
    return { label, kind, value: kind === 'count' ? Math.round(value / scale) : value, bounds, source };
  });
}

/** True when the figure is where it has to be, or only shown. */
export function isWithin({ value, bounds }: Marginal): boolean {
  return bounds === undefined || (value >= bounds[0] && value <= bounds[1]);
}
