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
    'privacy.requests': {
      about: 'young_person',
      purpose:
        'répondre dans le délai à qui demande l’accès, la rectification, la limitation ou s’oppose (RGPD 12.3)',
      source: 'la personne, par le délégué à la protection des données',
      ends: ['privacy.request'],
      columns: {
        nothing: ['request_id'],
        identifier: ['case_id', 'recorded_by'],
        right: ['kind', 'received_on', 'extended_on', 'due_on', 'answered_on', 'answer', 'ended_on'],
      },
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
      code: 'privacy.request',
      label: 'les demandes des personnes, une fois répondues (sans leur nom)',
      from: 'la réponse, ou la fin de la limitation',
      term: { count: 3, unit: 'years' },
      basis:
        'choix du produit : pouvoir montrer qu’une réponse a été donnée ; à fixer par le responsable du traitement',
      adjustable: true,
      ending: {
        does: 'remove_rows',
        table: 'privacy.requests',
        where: 'coalesce(ended_on, answered_on) < $1 AND NOT privacy.is_restricted(case_id)',
      },
    },
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
