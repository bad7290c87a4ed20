import type { NameGroup } from './surnames.ts';

/** Name groups as they are told to people. */
export const NAME_GROUP_LABELS = {
  france: 'toute la France',
  north: 'Flandre et Nord',
  brittany: 'Bretagne',
  alsace: 'Alsace et Moselle',
  basque: 'Pays basque',
  corsica: 'Corse',
  maghreb: 'Maghreb',
  westAfrica: 'Afrique de l’Ouest',
  centralAfrica: 'Afrique centrale',
  portugal: 'Portugal',
  spain: 'Espagne',
  italy: 'Italie',
  poland: 'Pologne',
  turkey: 'Turquie',
  vietnam: 'Viêt Nam',
  china: 'Chine',
  southAsia: 'Asie du Sud',
  antilles: 'Antilles et Guyane',
  reunion: 'La Réunion',
  mayotte: 'Mayotte',
  polynesia: 'Polynésie',
  kanak: 'Nouvelle-Calédonie',
} as const satisfies Record<NameGroup, string>;
