/** What comes by itself, in the order of the night; five fields of cron, Paris time. Labels are for people. */
export const CALENDAR = {
  'privacy.purge': { cron: '10 3 * * *', label: 'efface ce dont la durée est échue' },
  'audit.verify': { cron: '40 3 * * *', label: 'recalcule les empreintes de la trace' },
  'audit.seal': { cron: '20 4 * * *', label: 'signe où en est la trace' },
  'audit.purge': {
    cron: '50 4 * * 0',
    label: 'retire de la trace ce dont la durée est échue, jusqu’à un sceau',
  },
  'access.warn': {
    cron: '0 5 * * *',
    label: 'avertit des droits qui finissent ou sont à confirmer, suspend ceux que personne ne confirme',
  },
  'cases.remind': { cron: '20 5 * * *', label: 'rappelle les échéances légales' },
  'cases.requests': { cron: '40 5 * * *', label: 'ferme les demandes restées sans réponse' },
  'schools.ask': { cron: '30 7 * * *', label: 'envoie aux établissements les questions de la veille' },
} as const;
