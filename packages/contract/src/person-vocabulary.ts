/** Words said of a person at the reference date, with their French labels. Source: rule sets. */

/** State at the reference date: the first that applies, in this order. */
export const PERSON_STATES = [
  'deceased',
  'enrolled',
  'apprentice',
  'cfa_without_contract',
  'not_enrolled',
] as const;
export type PersonState = (typeof PERSON_STATES)[number];

export const PersonStateLabels = {
  deceased: 'décès signalé',
  enrolled: 'en formation',
  apprentice: 'sous contrat en alternance',
  cfa_without_contract: 'inscrit en CFA sans contrat',
  not_enrolled: 'sans formation connue',
} as const satisfies Record<PersonState, string>;

/** Checks of the rule sets, in the order in which they are told. */
export const CHECK_CODES = [
  'age',
  'alive',
  'enrolled_in_window',
  'cycle',
  'not_enrolled',
  'no_qualifying_diploma',
  'obligation_unmet',
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

export const CheckLabels = {
  age: 'a l’âge du dispositif',
  alive: 'aucun décès signalé',
  enrolled_in_window: 'a été en formation depuis la rentrée de l’an dernier',
  cycle: 'suivait une formation qui mène à un diplôme visé',
  not_enrolled: 'n’est plus en formation à la date de référence',
  no_qualifying_diploma: 'n’a pas obtenu le diplôme visé',
  obligation_unmet: 'ne remplit pas l’obligation de formation autrement',
} as const satisfies Record<CheckCode, string>;

export const LEAVING_REASONS = ['left', 'not_back', 'cfa_rupture', 'not_in_class'] as const;
export type LeavingReason = (typeof LEAVING_REASONS)[number];

export const LeavingReasonLabels = {
  left: 'est parti en cours d’année',
  not_back: 'ne s’est pas réinscrit après la fin de l’année scolaire',
  cfa_rupture: 'est en CFA sans contrat depuis trop longtemps',
  not_in_class: 'est sur les rôles mais dans aucune classe',
} as const satisfies Record<LeavingReason, string>;

export const MISSION_LOCALE_KNOWLEDGE = ['active', 'known', 'unknown'] as const;
export type MissionLocaleKnowledge = (typeof MISSION_LOCALE_KNOWLEDGE)[number];

export const MissionLocaleLabels = {
  active: 'accompagnement actif',
  known: 'connu, sans suivi récent',
  unknown: 'inconnu',
} as const satisfies Record<MissionLocaleKnowledge, string>;

/** Situations known from accompaniments; `association` and `autre` are not situations. */
export const KNOWN_SITUATIONS = [
  'service_civique',
  'armee',
  'emploi',
  'e2c',
  'epide',
  'smv',
  'rsma',
  'mission_locale',
  'france_travail',
  'pjj',
] as const;
export type KnownSituation = (typeof KNOWN_SITUATIONS)[number];

export const KnownSituationLabels = {
  service_civique: 'service civique',
  armee: 'armée',
  emploi: 'emploi',
  e2c: 'école de la deuxième chance',
  epide: 'EPIDE',
  smv: 'service militaire volontaire',
  rsma: 'service militaire adapté',
  mission_locale: 'mission locale',
  france_travail: 'France Travail',
  pjj: 'protection judiciaire de la jeunesse',
} as const satisfies Record<KnownSituation, string>;

/** What must be known about a listed person besides the checks; never removes anybody. */
export const PERSON_FLAGS = [
  'death_to_check',
  'litige',
  'not_in_class',
  'cycle_unknown',
  'department_from_school',
  'abandon_undated',
  'contradictory_sources',
] as const;
export type PersonFlag = (typeof PERSON_FLAGS)[number];

export const PersonFlagLabels = {
  death_to_check: 'décès à vérifier : ni lettre ni appel avant qu’une personne ait tranché',
  litige: 'identité à trancher : un autre dossier ressemble à celui-ci ou le contredit',
  not_in_class: 'sur les rôles sans être dans une classe',
  cycle_unknown: 'formation sans code reconnu',
  department_from_school: 'département de l’établissement, faute d’adresse',
  abandon_undated: 'abandon sans date',
  contradictory_sources: 'les émetteurs se contredisent',
} as const satisfies Record<PersonFlag, string>;
