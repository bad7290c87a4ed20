import type { RetentionClass, TableDeclaration } from '../../../kernel/retention.ts';

/** What the tables that serve to take a publication back hold of people. */
export const PUBLICATION_TABLES: Readonly<Record<string, TableDeclaration>> = {
  'cases.replaced': {
    about: 'young_person',
    purpose: 'pouvoir reprendre la dernière publication : ce qu’elle a remplacé',
    source: 'les publications d’avant',
    ends: ['cases.replaced', 'cases.age_limit', 'cases.closed'],
    of: [
      { column: 'siei', key: 'siei' },
      { column: 'other_siei', key: 'siei' },
    ],
    columns: {
      nothing: ['publication_id', 'what'],
      identifier: ['siei', 'other_siei'],
      entry: ['former'],
    },
  },
  'cases.taking_back': {
    about: 'young_person',
    purpose: 'reprendre une publication : ce qu’elle pose le temps de travailler',
    source: 'les publications',
    ends: ['cases.taking_back'],
    of: { column: 'siei', key: 'siei' },
    columns: {
      nothing: ['is_opened', 'is_kept'],
      identifier: ['case_id', 'siei'],
      entry: ['former'],
    },
  },
};

export const PUBLICATION_CLASSES: readonly RetentionClass[] = [
  {
    code: 'cases.replaced',
    label: 'ce qu’une publication a remplacé',
    from: 'la publication',
    basis: 'ne sert qu’à la reprendre, et seule la dernière se reprend',
    adjustable: false,
    ending: { does: 'elsewhere', by: 'la publication d’une autre campagne, ou la reprise' },
  },
  {
    code: 'cases.taking_back',
    label: 'ce qu’une reprise pose le temps de travailler',
    from: 'le début de la reprise',
    basis: 'rien n’en survit à la reprise, qui est une seule transaction',
    adjustable: false,
    ending: { does: 'elsewhere', by: 'chaque reprise, avant de finir' },
  },
];
