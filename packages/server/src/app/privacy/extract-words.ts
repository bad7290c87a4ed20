import {
  CaseOutcomeLabels,
  ContactLabels,
  ObligationLabels,
  PathwayLabels,
  RefutationLabels,
  VerificationLabels,
} from '@raccroche/contract';

/** What people call a column or a field of an entry. One that is not here keeps its own name: nothing is left out. */
const FIELD_LABELS: Readonly<Record<string, string>> = {
  siei: 'numéro SIEI',
  case_id: 'numéro du dossier',
  platform_id: 'plateforme',
  department: 'département',
  family_name: 'nom de famille',
  familyName: 'nom de famille',
  usage_name: 'nom d’usage',
  usageName: 'nom d’usage',
  first_names: 'prénoms',
  firstNames: 'prénoms',
  sort_name: 'nom, pour le classement',
  birth_date: 'date de naissance',
  birthDate: 'date de naissance',
  sex: 'sexe',
  age: 'âge',
  minor: 'mineur',
  address: 'adresse',
  lines: 'lignes',
  postalCode: 'code postal',
  commune: 'commune (code)',
  communeName: 'commune',
  country: 'pays',
  phones: 'téléphones',
  email: 'adresse électronique',
  legalRepresentatives: 'responsables légaux',
  origin_uai: 'établissement d’origine',
  lastSchool: 'dernier établissement',
  uai: 'numéro de l’établissement',
  lastTraining: 'dernière formation',
  leftOn: 'sortie le',
  reason: 'motif',
  missionLocale: 'mission locale',
  knownSituations: 'situations connues',
  checks: 'conditions vérifiées',
  verification: 'vérification',
  verification_reason: 'raison',
  contact: 'contact',
  pathway: 'parcours',
  outcome: 'issue',
  obligation: 'obligation de formation',
  referent: 'référent',
  listed: 'sur la liste en vigueur',
  delisted_reason: 'pourquoi plus sur la liste',
  closed_by_human: 'clos par une personne',
  opened_on: 'ouvert le',
  last_attempt_at: 'dernier contact tenté',
  attempts: 'contacts tentés',
  kind: 'ce qui s’est passé',
  happened_at: 'quand',
  recorded_at: 'noté le',
  actor: 'par (numéro)',
  details: 'précisions',
  before: 'avant',
  after: 'après',
  entry: 'entrée de la liste',
  from_platform: 'de la plateforme',
  to_platform: 'vers la plateforme',
  at: 'le',
};

/** Labels of codes, by the column that holds them. */
const VALUE_LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  verification: VerificationLabels,
  verification_reason: RefutationLabels,
  contact: ContactLabels,
  pathway: PathwayLabels,
  outcome: CaseOutcomeLabels,
  obligation: ObligationLabels,
};

export const fieldLabel = (field: string): string => FIELD_LABELS[field] ?? field;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A value as people read it: dates as 07/06/2005, codes by their labels. */
export function valueText(field: string, value: string | number | boolean): string {
  if (value === true) return 'oui';
  if (value === false) return 'non';
  const text = String(value);
  const [, year, month, day] = DATE.exec(text) ?? [];
  return year === undefined ? (VALUE_LABELS[field]?.[text] ?? text) : `${day}/${month}/${year}`;
}
