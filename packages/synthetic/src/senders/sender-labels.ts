/** Senders by the folder that their files are delivered in, as they are told to people. */
export const SENDER_LABELS = {
  'education-nationale/sygne': 'SYGNE (éducation nationale)',
  'education-nationale/siecle': 'SIECLE (éducation nationale)',
  'education-nationale/extraction': 'extraction d’académie (éducation nationale)',
  agriculture: 'FREGATA (lycées et CFA agricoles)',
  cfa: 'CFA (effectifs)',
  contrats: 'dépôt des contrats d’apprentissage',
  'prive-hors-contrat': 'écoles privées hors contrat',
  universite: 'universités',
  examens: 'services d’examens',
  accompagnements: 'missions locales et autres accompagnements',
  insee: 'INSEE (décès)',
} as const;

export type SenderCode = keyof typeof SENDER_LABELS;
