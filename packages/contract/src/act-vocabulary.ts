/** Words of what people do about a case: codes first, so that no free text takes their place. With their French labels. */

export const INTERVIEW_MODES = ['on_site', 'phone', 'video', 'visit'] as const;
export type InterviewMode = (typeof INTERVIEW_MODES)[number];
export const InterviewModeLabels = {
  on_site: 'sur place',
  phone: 'par téléphone',
  video: 'en visioconférence',
  visit: 'à domicile',
} as const satisfies Record<InterviewMode, string>;

/** What the person does at present, as they say it. Never health, family, offences nor nationality. */
export const DIAGNOSED_SITUATIONS = [
  'nothing_yet',
  'looking_for_training',
  'looking_for_work',
  'casual_work',
  'in_training',
  'in_work',
] as const;
export type DiagnosedSituation = (typeof DIAGNOSED_SITUATIONS)[number];
export const DiagnosedSituationLabels = {
  nothing_yet: 'sans activité pour l’instant',
  looking_for_training: 'cherche une formation',
  looking_for_work: 'cherche un emploi',
  casual_work: 'petits contrats',
  in_training: 'en formation',
  in_work: 'en emploi',
} as const satisfies Record<DiagnosedSituation, string>;

export const WISHES = [
  'back_to_school',
  'apprenticeship',
  'vocational_training',
  'second_chance_school',
  'civic_service',
  'employment',
  'guidance',
  'no_wish_yet',
] as const;
export type Wish = (typeof WISHES)[number];
export const WishLabels = {
  back_to_school: 'reprendre l’école',
  apprenticeship: 'un apprentissage',
  vocational_training: 'une formation professionnelle',
  second_chance_school: 'une école de la deuxième chance, l’EPIDE',
  civic_service: 'un service civique',
  employment: 'un emploi',
  guidance: 'être aidé à choisir',
  no_wish_yet: 'ne sait pas encore',
} as const satisfies Record<Wish, string>;

/** Practical needs alone. */
export const OBSTACLES = [
  'transport',
  'housing',
  'administrative',
  'money',
  'equipment',
  'schedule',
  'no_place',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];
export const ObstacleLabels = {
  transport: 'transport',
  housing: 'logement',
  administrative: 'papiers, démarches',
  money: 'frais à payer',
  equipment: 'téléphone, ordinateur, équipement',
  schedule: 'horaires',
  no_place: 'pas de place dans la formation voulue',
} as const satisfies Record<Obstacle, string>;

export const SOLUTION_KINDS = [
  'initial_training',
  'return_structure',
  'apprenticeship',
  'vocational_training',
  'second_chance_school',
  'epide',
  'civic_service',
  'employment',
  'local_mission',
] as const;
export type SolutionKind = (typeof SOLUTION_KINDS)[number];
export const SolutionKindLabels = {
  initial_training: 'formation en établissement scolaire',
  return_structure: 'structure de retour à l’école',
  apprenticeship: 'apprentissage',
  vocational_training: 'formation professionnelle',
  second_chance_school: 'école de la deuxième chance',
  epide: 'EPIDE',
  civic_service: 'service civique',
  employment: 'emploi',
  local_mission: 'accompagnement par la mission locale',
} as const satisfies Record<SolutionKind, string>;

export const BREAK_REASONS = [
  'left',
  'no_longer_suits',
  'ended_by_structure',
  'place_too_far',
  'other',
] as const;
export type BreakReason = (typeof BREAK_REASONS)[number];
export const BreakReasonLabels = {
  left: 'est parti de lui-même ou d’elle-même',
  no_longer_suits: 'ne convient plus',
  ended_by_structure: 'arrêt par la structure',
  place_too_far: 'trop loin',
  other: 'autre',
} as const satisfies Record<BreakReason, string>;

/** How the duty of training is fulfilled. Source: L.114-1. */
export const OBLIGATION_GROUNDS = [
  'schooling',
  'apprenticeship',
  'vocational_training',
  'employment',
  'civic_service',
  'support_scheme',
] as const;
export type ObligationGround = (typeof OBLIGATION_GROUNDS)[number];
export const ObligationGroundLabels = {
  schooling: 'scolarité',
  apprenticeship: 'apprentissage',
  vocational_training: 'stage de la formation professionnelle',
  employment: 'emploi',
  civic_service: 'service civique',
  support_scheme: 'dispositif d’accompagnement ou d’insertion',
} as const satisfies Record<ObligationGround, string>;

export const NOTE_MAX = 280;
/** Months after which a note is erased, well before the case. [choice of the product] */
export const NOTE_MONTHS = 6;
/** Said beside every note before it is written. */
export const NOTE_WARNING =
  'Une note se limite à l’utile : jamais la santé, la famille, l’origine, la religion, la justice. La personne peut la lire. Elle s’efface après six mois.';

/** Beginnings of words that a note should not need, without accents. */
const SENSITIVE_WORDS = [
  [
    'santé',
    ['malad', 'depress', 'psych', 'handicap', 'drogue', 'alcool', 'enceinte', 'hopital', 'hospital', 'medic'],
  ],
  ['famille', ['divorc', 'violenc', 'beau pere', 'orphelin', 'famille d accueil']],
  ['justice', ['prison', 'juge', 'pjj', 'garde a vue', 'delinquan', 'condamn']],
  ['origine ou religion', ['musulman', 'catholi', 'juif', 'juive', 'sans papier', 'etranger', 'gitan']],
] as const;

/** What a note seems to speak of that it should not: told before it is kept, never refused by a machine alone. */
export function noteConcerns(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’-]/g, ' ');
  return SENSITIVE_WORDS.filter(([, words]) =>
    words.some((word) => new RegExp(`(^|[^a-z])${word}`).test(plain)),
  ).map(([subject]) => subject);
}
