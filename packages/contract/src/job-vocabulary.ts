/** What the program does by itself, for people: each kind of job of the worker. */
export const JobLabels: Readonly<Record<string, string>> = {
  'privacy.purge': 'Purge de ce qui est échu',
  'audit.verify': 'Vérification de la trace',
  'audit.seal': 'Sceau de la trace',
  'audit.purge': 'Purge de la trace',
  'access.warn': 'Avertissement des droits qui finissent',
  'cases.remind': 'Rappel des échéances légales',
  'cases.requests': 'Fermeture des demandes sans réponse',
  'schools.ask': 'Questions aux établissements',
  'partners.tell': 'Annonces aux systèmes partenaires',
  'campaign.run': 'Campagne',
  'campaign.publish': 'Publication d’une campagne',
  'campaign.take_back': 'Reprise d’une publication',
};
