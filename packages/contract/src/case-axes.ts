/**
 * Where a case stands, axis by axis, and how it may move. Screens, API and rules read these same tables.
 * Source: L.313-7, L.313-8, L.114-1; architecture of the product.
 */

/** From each state, those that a person may bring about. An empty list is an end. */
type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

export const VERIFICATIONS = ['to_verify', 'confirmed', 'refuted'] as const;
export type Verification = (typeof VERIFICATIONS)[number];
export const VerificationLabels = {
  to_verify: 'à vérifier',
  confirmed: 'sans solution, vérifié',
  refuted: 'n’est pas à suivre',
} as const satisfies Record<Verification, string>;
export const VERIFICATION_TRANSITIONS = {
  to_verify: ['confirmed', 'refuted'],
  confirmed: ['refuted'],
  refuted: ['confirmed', 'to_verify'],
} as const satisfies Transitions<Verification>;

export const REFUTATION_REASONS = [
  'enrolled_elsewhere',
  'graduated',
  'moved',
  'employed',
  'deceased',
  'error',
] as const;
export type RefutationReason = (typeof REFUTATION_REASONS)[number];
export const RefutationLabels = {
  enrolled_elsewhere: 'en formation ailleurs',
  graduated: 'a obtenu son diplôme',
  moved: 'a déménagé',
  employed: 'en emploi',
  deceased: 'décès',
  error: 'inscrit sur la liste par erreur',
} as const satisfies Record<RefutationReason, string>;

export const CONTACTS = [
  'to_contact',
  'attempted',
  'reached',
  'wrong_details',
  'unreachable',
  'refuses',
] as const;
export type Contact = (typeof CONTACTS)[number];
export const ContactLabels = {
  to_contact: 'à contacter',
  attempted: 'a été appelé, sans réponse',
  reached: 'joint',
  wrong_details: 'coordonnées fausses',
  unreachable: 'injoignable',
  refuses: 'ne souhaite pas être suivi',
} as const satisfies Record<Contact, string>;
export const CONTACT_TRANSITIONS = {
  to_contact: ['attempted', 'reached', 'wrong_details', 'refuses'],
  attempted: ['attempted', 'reached', 'wrong_details', 'unreachable', 'refuses'],
  reached: ['reached', 'attempted', 'wrong_details', 'refuses'],
  wrong_details: ['attempted', 'reached', 'wrong_details', 'unreachable', 'refuses'],
  unreachable: ['attempted', 'reached', 'wrong_details', 'refuses'],
  refuses: ['reached'],
} as const satisfies Transitions<Contact>;

export const PATHWAYS = [
  'not_started',
  'interview_set',
  'interview_held',
  'diagnosis',
  'proposed',
  'accepted',
  'entered',
  'holding',
  'broken',
  'closed',
] as const;
export type Pathway = (typeof PATHWAYS)[number];
export const PathwayLabels = {
  not_started: 'pas commencé',
  interview_set: 'entretien fixé',
  interview_held: 'entretien tenu',
  diagnosis: 'diagnostic posé',
  proposed: 'solution proposée',
  accepted: 'solution acceptée',
  entered: 'entrée effective',
  holding: 'solution qui tient',
  broken: 'solution interrompue',
  closed: 'clos',
} as const satisfies Record<Pathway, string>;
export const PATHWAY_TRANSITIONS = {
  not_started: ['interview_set', 'interview_held', 'closed'],
  interview_set: ['interview_set', 'interview_held', 'not_started', 'closed'],
  interview_held: ['interview_set', 'diagnosis', 'proposed', 'closed'],
  diagnosis: ['interview_set', 'proposed', 'closed'],
  proposed: ['diagnosis', 'accepted', 'closed'],
  accepted: ['proposed', 'entered', 'closed'],
  entered: ['holding', 'broken', 'closed'],
  holding: ['broken', 'closed'],
  broken: ['interview_set', 'diagnosis', 'proposed', 'closed'],
  closed: ['not_started'],
} as const satisfies Transitions<Pathway>;

/** Outcomes that a person closes by. */
export const CLOSING_OUTCOMES = [
  'training',
  'apprenticeship',
  'employment',
  'civic_service',
  'other_follow_up',
  'unreachable',
  'refused',
  'age_reached',
  'reported_to_department',
] as const;
/** The others come from verifying, joining and publishing. */
export const CASE_OUTCOMES = [...CLOSING_OUTCOMES, 'refuted', 'merged', 'no_longer_listed'] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];
export const CaseOutcomeLabels = {
  training: 'en formation',
  apprenticeship: 'en apprentissage',
  employment: 'en emploi',
  civic_service: 'en service civique',
  other_follow_up: 'suivi par une autre structure',
  unreachable: 'injoignable',
  refused: 'ne souhaite pas être suivi',
  age_reached: 'âge atteint',
  reported_to_department: 'transmis au conseil départemental',
  refuted: 'n’était pas à suivre',
  merged: 'réuni avec un autre dossier',
  no_longer_listed: 'n’est plus sur la liste',
} as const satisfies Record<CaseOutcome, string>;

/** Of 16- and 17-year-olds. Source: L.114-1, R.114-4. */
export const OBLIGATIONS = ['not_met', 'met', 'exempt', 'summoned', 'reported'] as const;
export type Obligation = (typeof OBLIGATIONS)[number];
export const ObligationLabels = {
  not_met: 'obligation de formation non remplie',
  met: 'obligation de formation remplie',
  exempt: 'exempté',
  summoned: 'convoqué avec son représentant légal',
  reported: 'signalé au département',
} as const satisfies Record<Obligation, string>;
export const OBLIGATION_TRANSITIONS = {
  not_met: ['met', 'exempt', 'summoned'],
  met: ['not_met'],
  exempt: ['not_met'],
  summoned: ['met', 'exempt', 'reported'],
  reported: ['met'],
} as const satisfies Transitions<Obligation>;

export const ATTEMPT_CHANNELS = ['phone', 'sms', 'email', 'letter', 'visit', 'messaging'] as const;
export type AttemptChannel = (typeof ATTEMPT_CHANNELS)[number];
export const AttemptChannelLabels = {
  phone: 'téléphone',
  sms: 'SMS',
  email: 'courriel',
  letter: 'courrier',
  visit: 'visite',
  messaging: 'messagerie',
} as const satisfies Record<AttemptChannel, string>;

export const ATTEMPT_OUTCOMES = ['reached', 'no_answer', 'message_left', 'wrong_details', 'refuses'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
export const AttemptOutcomeLabels = {
  reached: 'a répondu',
  no_answer: 'n’a pas répondu',
  message_left: 'message laissé',
  wrong_details: 'coordonnées fausses',
  refuses: 'ne souhaite pas être suivi',
} as const satisfies Record<AttemptOutcome, string>;

/** Where an attempt brings the contact. */
export const CONTACT_AFTER_ATTEMPT = {
  reached: 'reached',
  no_answer: 'attempted',
  message_left: 'attempted',
  wrong_details: 'wrong_details',
  refuses: 'refuses',
} as const satisfies Record<AttemptOutcome, Contact>;
