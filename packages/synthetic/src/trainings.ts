import type { AwardType } from '@raccroche/contract';
import { Choices, type Random } from './random.ts';

/**
 * What people train for. A MEF10 is DISPOSITIF(3) + characters 4–8 of the diploma code + duration + year;
 * dispositifs as seen in public files (240–243 CAP, 247 bac pro, 271 CAPA, 276 bac pro agricole), the others and
 * the specialities `[inferred]`. Nothing here is meant to be a complete nomenclature.
 */
export interface Training {
  readonly id: string;
  readonly label: string;
  /** Which establishments teach it. `gt` and `pro` are of the national education, `cfaa` is apprenticeship in agriculture. */
  readonly sector: 'college' | 'gt' | 'pro' | 'agri' | 'higher' | 'cfa' | 'cfaa' | 'university' | 'abroad';
  /** One a year of the training, in order; empty when the sender knows diploma codes only. */
  readonly mefs: readonly string[];
  /** Years that it lasts. */
  readonly years: number;
  readonly diplomaCode: string | undefined;
  /** 2019 scale: 3 = CAP, 4 = baccalauréat, 5+ = higher; undefined when it leads to no qualifying diploma. */
  readonly leadsTo: number | undefined;
  readonly award: AwardType | undefined;
  readonly weight: number;
}

const VOCATIONAL: ReadonlyArray<
  readonly [
    id: string,
    label: string,
    sector: 'pro' | 'agri' | 'cfaa',
    dispositif: string,
    cfd: string,
    years: number,
    weight: number,
  ]
> = [
  ['cap-cuisine', 'CAP Cuisine', 'pro', '241', '50022141', 2, 3],
  ['cap-epc', 'CAP Équipier polyvalent du commerce', 'pro', '241', '50031217', 2, 4],
  ['cap-macon', 'CAP Maçon', 'pro', '241', '50023225', 2, 2],
  ['cap-aepe', 'CAP Accompagnant éducatif petite enfance', 'pro', '240', '50033204', 1, 1],
  ['cap-coiffure', 'CAP Métiers de la coiffure', 'pro', '241', '50033618', 2, 2],
  ['cap-menuisier', 'CAP Menuisier fabricant', 'pro', '241', '50023436', 2, 1],
  ['cap-peintre', 'CAP Peintre applicateur de revêtements', 'pro', '241', '50023312', 2, 2],
  ['bp-mcv', 'Bac pro Métiers du commerce et de la vente', 'pro', '247', '40031212', 3, 6],
  ['bp-melec', 'Bac pro Métiers de l’électricité', 'pro', '247', '40025525', 3, 5],
  ['bp-assp', 'Bac pro Accompagnement, soins et services à la personne', 'pro', '247', '40033009', 3, 5],
  ['bp-agora', 'Bac pro Assistance à la gestion', 'pro', '247', '40032409', 3, 4],
  ['bp-mspc', 'Bac pro Maintenance des systèmes de production', 'pro', '247', '40025014', 3, 3],
  ['bp-cuisine', 'Bac pro Cuisine', 'pro', '247', '40022106', 3, 2],
  ['bp-mva', 'Bac pro Maintenance des véhicules', 'pro', '247', '40025216', 3, 3],
  ['bp-logistique', 'Bac pro Logistique', 'pro', '247', '40031109', 3, 2],
  ['bp-ciel', 'Bac pro Cybersécurité, informatique et réseaux', 'pro', '247', '40025513', 3, 2],
  ['bp-tcb', 'Bac pro Technicien constructeur bois', 'pro', '247', '40023407', 3, 1],
  ['bp-mode', 'Bac pro Métiers de la couture', 'pro', '247', '40024202', 3, 1],
  ['capa-metiers', 'CAPA Métiers de l’agriculture', 'agri', '271', '50321205', 2, 2],
  ['bpa-amenagements', 'Bac pro Aménagements paysagers', 'agri', '276', '40321406', 3, 3],
  ['capa-jardinier', 'CAPA Jardinier paysagiste', 'agri', '271', '50321402', 2, 3],
  ['capa-sapver', 'CAPA Services aux personnes', 'agri', '271', '50333014', 2, 3],
  ['bpa-cgea', 'Bac pro Conduite de l’entreprise agricole', 'agri', '276', '40321004', 3, 4],
  ['bpa-sapat', 'Bac pro Services aux personnes et animation', 'agri', '276', '40333014', 3, 4],
  // FREGATA tells the MEF of whoever is enrolled, apprentices too: that of the same diploma at school. `[inferred]`
  ['cfa-capa-jardinier', 'CAPA Jardinier paysagiste', 'cfaa', '271', '50321402', 2, 4],
  ['cfa-capa-metiers', 'CAPA Métiers de l’agriculture', 'cfaa', '271', '50321205', 2, 3],
  ['cfa-bpa-amenagements', 'Bac pro Aménagements paysagers', 'cfaa', '276', '40321406', 3, 2],
  ['cfa-bpa-cgea', 'Bac pro Conduite de l’entreprise agricole', 'cfaa', '276', '40321004', 3, 2],
];

const vocational: readonly Training[] = VOCATIONAL.map(
  ([id, label, sector, dispositif, cfd, years, weight]) => {
    const leadsTo = cfd.startsWith('5') ? 3 : 4;
    const award = leadsTo === 4 ? 'bac_professionnel' : sector === 'pro' ? 'cap' : 'capa';
    const mefs = Array.from(
      { length: years },
      (_, year) => `${dispositif}${cfd.slice(3)}${years}${year + 1}`,
    );
    return { id, label, sector, mefs, years, diplomaCode: cfd, leadsTo, award, weight };
  },
);

const others: readonly Training[] = [
  {
    id: '3e',
    label: 'Troisième',
    sector: 'college',
    mefs: ['1031001911'],
    years: 1,
    diplomaCode: undefined,
    leadsTo: undefined,
    award: 'dnb',
    weight: 1,
  },
  {
    id: 'gt-generale',
    label: 'Voie générale',
    sector: 'gt',
    mefs: ['2001001811', '2011001911', '2021001911'],
    years: 3,
    diplomaCode: undefined,
    leadsTo: 4,
    award: 'bac_general',
    weight: 8,
  },
  {
    id: 'gt-stmg',
    label: 'Voie technologique (gestion)',
    sector: 'gt',
    mefs: ['2001001811', '2113101911', '2123101911'],
    years: 3,
    diplomaCode: undefined,
    leadsTo: 4,
    award: 'bac_technologique',
    weight: 2,
  },
  {
    id: 'gt-st2s',
    label: 'Voie technologique (santé et social)',
    sector: 'gt',
    mefs: ['2001001811', '2113310911', '2123310911'],
    years: 3,
    diplomaCode: undefined,
    leadsTo: 4,
    award: 'bac_technologique',
    weight: 1,
  },
  {
    id: 'bts-mco',
    label: 'BTS Management commercial',
    sector: 'higher',
    mefs: ['3113121321', '3113121322'],
    years: 2,
    diplomaCode: '32031213',
    leadsTo: 5,
    award: undefined,
    weight: 2,
  },
  {
    id: 'bts-elec',
    label: 'BTS Électrotechnique',
    sector: 'higher',
    mefs: ['3112551521', '3112551522'],
    years: 2,
    diplomaCode: '32025515',
    leadsTo: 5,
    award: undefined,
    weight: 1,
  },
  {
    id: 'cfa-cap-boulanger',
    label: 'CAP Boulanger',
    sector: 'cfa',
    mefs: [],
    years: 2,
    diplomaCode: '50022139',
    leadsTo: 3,
    award: 'cap',
    weight: 5,
  },
  {
    id: 'cfa-cap-coiffure',
    label: 'CAP Métiers de la coiffure',
    sector: 'cfa',
    mefs: [],
    years: 2,
    diplomaCode: '50033618',
    leadsTo: 3,
    award: 'cap',
    weight: 5,
  },
  {
    id: 'cfa-cap-couvreur',
    label: 'CAP Couvreur',
    sector: 'cfa',
    mefs: [],
    years: 2,
    diplomaCode: '50023223',
    leadsTo: 3,
    award: 'cap',
    weight: 3,
  },
  {
    id: 'cfa-bp-plomberie',
    label: 'BP Monteur en installations',
    sector: 'cfa',
    mefs: [],
    years: 2,
    diplomaCode: '45023304',
    leadsTo: 4,
    award: 'bp',
    weight: 2,
  },
  {
    id: 'cfa-bacpro-vehicules',
    label: 'Bac pro Maintenance des véhicules',
    sector: 'cfa',
    mefs: [],
    years: 3,
    diplomaCode: '40025219',
    leadsTo: 4,
    award: 'bac_professionnel',
    weight: 4,
  },
  {
    id: 'cfa-bts-ndrc',
    label: 'BTS Négociation et relation client',
    sector: 'cfa',
    mefs: [],
    years: 2,
    diplomaCode: '32031214',
    leadsTo: 5,
    award: undefined,
    weight: 2,
  },
  {
    id: 'licence',
    label: 'Licence',
    sector: 'university',
    mefs: [],
    years: 3,
    diplomaCode: undefined,
    leadsTo: 6,
    award: undefined,
    weight: 1,
  },
  {
    id: 'school-abroad',
    label: 'École à l’étranger',
    sector: 'abroad',
    mefs: [],
    years: 3,
    diplomaCode: undefined,
    leadsTo: undefined,
    award: undefined,
    weight: 1,
  },
];

const TRAININGS: readonly Training[] = [...vocational, ...others];

const byId = new Map(TRAININGS.map((training) => [training.id, training]));

/** Throws when there is none of that id. */
export function getTraining(id: string): Training {
  const training = byId.get(id);
  if (training === undefined) throw new RangeError(`no training ${id}`);
  return training;
}

/** Drawable once and for all: `sector`, at least so many years long. */
const choices = new Map<string, Choices<Training>>();

/** A training of `sector`, `minYears` long at least, each as likely as it is chosen; `qualifying`: one that leads to level 3 or 4. */
export function drawTraining(
  random: Random,
  sector: Training['sector'],
  { minYears = 1, qualifying = false }: { minYears?: number; qualifying?: boolean } = {},
): Training {
  const key = `${sector} ${minYears} ${qualifying}`;
  let fitting = choices.get(key);
  if (fitting === undefined) {
    const possible = TRAININGS.filter(
      (one) =>
        one.sector === sector &&
        one.years >= minYears &&
        (!qualifying || one.leadsTo === 3 || one.leadsTo === 4),
    );
    fitting = new Choices(possible.map((value) => ({ value, weight: value.weight })));
    choices.set(key, fitting);
  }
  return fitting.draw(random);
}
