import type { About, DataCategory, Ending, Term } from '../../kernel/retention.ts';

export const CategoryLabels = {
  nothing: 'rien de personne',
  identifier: 'identifiant',
  identity: 'identité',
  contact_details: 'coordonnées',
  schooling: 'dernière scolarité',
  follow_up: 'suivi',
  free_text: 'texte libre',
  entry: 'entrée de la liste : identité, coordonnées, responsables légaux, dernière scolarité, motif',
  account: 'compte professionnel',
  right: 'droits',
  security: 'sécurité de la connexion',
  trace: 'trace',
} as const satisfies Record<DataCategory, string>;

export const AboutLabels = {
  young_person: 'les jeunes',
  professional: 'les professionnels',
  nobody: 'personne',
} as const satisfies Record<About, string>;

const UNITS = { years: ['an', 'ans'], months: ['mois', 'mois'], days: ['jour', 'jours'] } as const;

export const termText = ({ count, unit }: Term) => `${count} ${UNITS[unit][count > 1 ? 1 : 0]}`;

export function endingText(ending: Ending): string {
  switch (ending.does) {
    case 'remove_cases':
      return 'effacé avec tout ce qui lui appartient ; seuls restent des nombres';
    case 'remove_rows':
      return 'effacé';
    case 'erase':
      return 'rendu méconnaissable, sur place';
    case 'elsewhere':
      return `effacé par : ${ending.by}`;
    case 'nothing':
      return `**rien ne l’efface encore** : ${ending.why}`;
  }
}
