import type { NameGroup } from './surnames.ts';

type Weights = Partial<Record<NameGroup, number>>;

/** Shares of name groups among families, by where they live: invented, meant to have each present where it is met. `[inferred]` */
const EVERYWHERE: Weights = {
  france: 76,
  north: 1,
  brittany: 1.2,
  alsace: 1,
  basque: 0.4,
  corsica: 0.2,
  maghreb: 8,
  westAfrica: 2.2,
  centralAfrica: 1,
  portugal: 2.6,
  spain: 2.2,
  italy: 1.5,
  poland: 0.9,
  turkey: 1,
  vietnam: 0.5,
  china: 0.4,
  southAsia: 0.4,
  antilles: 0.5,
  reunion: 0.3,
};
const PARIS_REGION: Weights = {
  ...EVERYWHERE,
  france: 52,
  maghreb: 18,
  westAfrica: 9,
  centralAfrica: 4,
  portugal: 5,
  china: 1.8,
  southAsia: 2,
  antilles: 2.5,
  vietnam: 1,
};

/** What a département has of its own, over the rest of the country. */
const LOCAL: ReadonlyArray<readonly [departments: string, weights: Weights]> = [
  ['75 77 78 91 92 94 95', PARIS_REGION],
  ['93', { ...PARIS_REGION, france: 30, maghreb: 28, westAfrica: 15, southAsia: 5 }],
  ['59 62', { ...EVERYWHERE, france: 60, north: 18, poland: 3, maghreb: 10 }],
  ['22 29 56 35', { ...EVERYWHERE, france: 55, brittany: 38, maghreb: 3 }],
  ['67 68', { ...EVERYWHERE, france: 42, alsace: 36, turkey: 4 }],
  ['57', { ...EVERYWHERE, alsace: 16, italy: 5 }],
  ['64', { ...EVERYWHERE, basque: 18, spain: 5 }],
  ['66 31 34 11', { ...EVERYWHERE, france: 62, spain: 10, maghreb: 11 }],
  ['2A 2B', { ...EVERYWHERE, france: 25, corsica: 55, italy: 6, portugal: 5 }],
  ['06 13 83 84', { ...EVERYWHERE, france: 60, italy: 6, maghreb: 14, corsica: 1 }],
  ['69 38 42', { ...EVERYWHERE, france: 66, maghreb: 13, turkey: 2 }],
  ['971 972 977 978', { antilles: 85, france: 12, southAsia: 2 }],
  ['973', { antilles: 55, france: 20, portugal: 10, vietnam: 3, westAfrica: 2 }],
  ['974', { reunion: 88, france: 9, mayotte: 4 }],
  ['976', { mayotte: 95, france: 4 }],
  ['986 987', { polynesia: 84, france: 13, china: 3 }],
  ['988', { kanak: 45, polynesia: 12, france: 38, vietnam: 3 }],
];

const byDepartment = new Map(
  LOCAL.flatMap(([departments, weights]) => departments.split(' ').map((code) => [code, weights] as const)),
);

/** Weights of the name groups of a département. */
export function findGroupsOf(department: string): Weights {
  return byDepartment.get(department) ?? EVERYWHERE;
}
