import type { ModuleRetention } from '../../kernel/retention.ts';

export const AUDIT_RETENTION: ModuleRetention = {
  tables: {
    'audit.entries': {
      about: 'professional',
      purpose: 'savoir qui a lu ou écrit quelles données, et pourquoi ; répondre à « qui a vu mes données »',
      source: 'le programme, à chaque consultation et à chaque modification',
      ends: ['audit.trail'],
      columns: {
        nothing: ['chain', 'position', 'hash'],
        trace: ['at', 'actor', 'purpose', 'action', 'subjects', 'details'],
      },
    },
    'audit.seals': {
      about: 'nobody',
      purpose: 'les têtes de chaîne de chaque jour, signées',
      columns: { nothing: ['day', 'sealed_at', 'statement', 'signature', 'key_id'] },
    },
    'audit.chains': {
      about: 'nobody',
      purpose: 'l’état des chaînes d’empreintes de la trace',
      columns: { nothing: ['chain', 'entries', 'head'] },
    },
  },
  classes: [
    {
      code: 'audit.trail',
      label: 'la trace',
      from: 'la date de la ligne',
      basis:
        'à fixer par le responsable du traitement ; trois ans ont été vus dans un autre traitement de l’éducation nationale',
      adjustable: false,
      ending: {
        does: 'nothing',
        why: 'en retirer le début demande des têtes de chaîne signées. Elle ne porte aucun nom, seulement des identifiants qui ne mènent plus à personne une fois le dossier effacé',
      },
    },
  ],
};
