/** Columns of the worklist: one may show them, hide them and export them. With their French titles. */
export const ListColumnLabels = {
  name: 'Nom',
  birth: 'Naissance',
  training: 'Dernière formation',
  school: 'Dernier établissement',
  commune: 'Commune',
  mission_locale: 'Mission locale',
  priority: 'Priorité',
  verification: 'Vérification',
  contact: 'Contact',
  pathway: 'Parcours',
  obligation: 'Obligation 16-18 ans',
  solution: 'Solution',
  referent: 'Référent',
  next: 'Prochaine étape',
  siei: 'Numéro SIEI',
} as const;
export type ListColumn = keyof typeof ListColumnLabels;
export const LIST_COLUMNS = Object.keys(ListColumnLabels) as [ListColumn, ...ListColumn[]];

/** Shown to who has not chosen. */
export const USUAL_COLUMNS: readonly ListColumn[] = [
  'name',
  'training',
  'commune',
  'verification',
  'contact',
  'pathway',
  'referent',
  'next',
];

/** What an exported list is for: said before it is made, written in the file and in the trail. */
export const EXPORT_PURPOSES = ['calls', 'meeting', 'letters', 'field_work', 'check'] as const;
export type ExportPurpose = (typeof EXPORT_PURPOSES)[number];
export const ExportPurposeLabels = {
  calls: 'passer les appels',
  meeting: 'préparer la réunion de la plateforme',
  letters: 'préparer des courriers',
  field_work: 'travailler sans réseau, en permanence ou à domicile',
  check: 'vérifier la liste avec un partenaire désigné',
} as const satisfies Record<ExportPurpose, string>;

/** Days after which an exported list is to be destroyed. [choice of the product] */
export const EXPORT_KEPT_DAYS = 30;
