import type { ModuleRetention } from '../../kernel/retention.ts';

export const PRIVACY_RETENTION: ModuleRetention = {
  tables: {
    'privacy.due_cases': {
      about: 'young_person',
      purpose: 'effacer les dossiers dont le temps est fini',
      source: 'la purge',
      ends: ['privacy.purge'],
      columns: { nothing: ['class'], identifier: ['case_id', 'siei'] },
    },
    'privacy.anonymous_counts': {
      about: 'nobody',
      purpose: 'les nombres de dossiers effacés, par département, mois d’ouverture et issue',
      columns: { nothing: ['department', 'opened_in', 'outcome', 'cases'] },
    },
    'privacy.shown_counts': {
      about: 'nobody',
      purpose: 'les mêmes nombres, ceux de moins de cinq étant tus',
      columns: { nothing: ['department', 'opened_in', 'outcome', 'cases'] },
    },
  },
  classes: [
    {
      code: 'privacy.purge',
      label: 'ce qu’une purge pose le temps de travailler',
      from: 'le début de la purge',
      basis: 'rien n’en survit à la purge, qui est une seule transaction',
      adjustable: false,
      ending: { does: 'elsewhere', by: 'chaque purge, avant de finir' },
    },
  ],
};
