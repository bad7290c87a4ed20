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
    'audit.starts': {
      about: 'nobody',
      purpose: 'où commence chaque chaîne après une purge, d’après quel sceau',
      columns: { nothing: ['chain', 'position', 'head', 'day'] },
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
      term: { count: 3, unit: 'years' },
      basis:
        'choix du produit, à fixer par le responsable du traitement : trois ans, vus dans un autre traitement de l’éducation nationale ; un an au moins',
      adjustable: true,
      ending: {
        does: 'elsewhere',
        by: 'le travail « audit.purge », et « raccroche audit purge » : le début de chaque chaîne, jusqu’à un sceau signé. La trace ne porte aucun nom, seulement des identifiants qui ne mènent plus à personne une fois le dossier effacé',
      },
    },
  ],
};
