/** What the system of a partner is, what it may do, what it tells, and what it is told. */
import type { Permission, Purpose, TerritoryKind } from './access-vocabulary.ts';
import type { SolutionKind } from './act-vocabulary.ts';
import type { EventKind } from './event-vocabulary.ts';

export const PARTNER_KINDS = ['mission_locale', 'cfa', 'school'] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];
export const PartnerKindLabels = {
  mission_locale: 'système d’une mission locale (i-MILO)',
  cfa: 'outil d’un CFA',
  school: 'outil d’un établissement',
} as const satisfies Record<PartnerKind, string>;

/** Rights of a system; its scopes are some of these, by the same names. */
export const PARTNER_SCOPES = [
  'situation.report',
  'webhook.manage',
  'delivery.push',
  'case.signal',
] as const satisfies readonly Permission[];
export type PartnerScope = (typeof PARTNER_SCOPES)[number];
export const PartnerScopeLabels = {
  'situation.report': 'dire une situation, par numéro SIEI',
  'webhook.manage': 'être averti de ce que deviennent les dossiers de ses plateformes',
  'delivery.push': 'déposer des effectifs pour la prochaine campagne',
  'case.signal': 'signaler une personne qui n’est sur aucune liste',
} as const satisfies Record<PartnerScope, string>;

export interface PartnerPermissionRow {
  readonly kind: PartnerKind;
  readonly territoryKind: Extract<TerritoryKind, 'platform' | 'establishment'>;
  readonly purpose: Purpose;
  readonly permissions: readonly PartnerScope[];
  /** In French. */
  readonly because: string;
}

/** What a system may be given, and no more. None of these reads a case. */
export const PARTNER_PERMISSION_TABLE: readonly PartnerPermissionRow[] = [
  {
    kind: 'mission_locale',
    territoryKind: 'platform',
    purpose: 'follow_up',
    permissions: ['situation.report', 'webhook.manage'],
    because: 'Dit ce qu’elle sait des numéros qu’elle a reçus ; n’en lit aucun, et ne clôt rien.',
  },
  {
    kind: 'cfa',
    territoryKind: 'establishment',
    purpose: 'schooling',
    permissions: ['delivery.push'],
    because: 'Envoie ses effectifs, comme par fichier ; ne sait rien des dossiers.',
  },
  {
    kind: 'school',
    territoryKind: 'establishment',
    purpose: 'schooling',
    permissions: ['case.signal'],
    because: 'Signale ses propres élèves, comme le ferait la direction de l’établissement.',
  },
];

/** How a role of the permission table names a kind of system. */
export const systemRole = (kind: PartnerKind) => `system:${kind}` as const;

/** What a mission locale says of somebody, from the day of the fact. */
export const PARTNER_SITUATIONS = [
  'accompanied',
  'in_school',
  'in_training',
  'in_apprenticeship',
  'in_employment',
  'in_civic_service',
  'accompaniment_ended',
  'lost_contact',
] as const;
export type PartnerSituation = (typeof PARTNER_SITUATIONS)[number];
export const PartnerSituationLabels = {
  accompanied: 'accompagné par la mission locale',
  in_school: 'de retour en établissement scolaire',
  in_training: 'en formation professionnelle',
  in_apprenticeship: 'en apprentissage',
  in_employment: 'en emploi',
  in_civic_service: 'en service civique',
  accompaniment_ended: 'accompagnement terminé',
  lost_contact: 'contact perdu',
} as const satisfies Record<PartnerSituation, string>;

/** What is proposed to whoever follows the case; a person does it, or not. A closing is never proposed. */
export interface Proposal {
  readonly step: 'entered' | 'broken' | 'contact';
  readonly solution?: SolutionKind;
}
export const PARTNER_PROPOSALS = {
  accompanied: { step: 'entered', solution: 'local_mission' },
  in_school: { step: 'entered', solution: 'initial_training' },
  in_training: { step: 'entered', solution: 'vocational_training' },
  in_apprenticeship: { step: 'entered', solution: 'apprenticeship' },
  in_employment: { step: 'entered', solution: 'employment' },
  in_civic_service: { step: 'entered', solution: 'civic_service' },
  accompaniment_ended: { step: 'broken' },
  lost_contact: { step: 'contact' },
} as const satisfies Record<PartnerSituation, Proposal>;

/** What a system may be told of the cases of its platforms, and the kinds of events that give cause for it. */
export const WEBHOOK_EVENTS = {
  'case.opened': ['opened', 'signalled'],
  'case.reopened': ['reopened', 'reopened_by_person'],
  'case.refuted': ['refuted'],
  'case.solution_entered': ['entered'],
  'case.solution_broken': ['broken'],
  'case.return_requested': ['return_asked'],
  'case.transferred': ['transferred', 'handed_over'],
  'case.closed': ['closed', 'closed_by_publication'],
} as const satisfies Record<`case.${string}`, readonly EventKind[]>;
export type WebhookEvent = keyof typeof WEBHOOK_EVENTS;
export const WEBHOOK_EVENT_NAMES = Object.keys(WEBHOOK_EVENTS) as [WebhookEvent, ...WebhookEvent[]];
export const WebhookEventLabels = {
  'case.opened': 'un dossier est ouvert',
  'case.reopened': 'un dossier est rouvert',
  'case.refuted': 'la personne n’est pas à suivre',
  'case.solution_entered': 'entrée effective dans une solution',
  'case.solution_broken': 'une solution est interrompue',
  'case.return_requested': 'la personne demande à retourner en formation',
  'case.transferred': 'un dossier arrive d’une autre plateforme',
  'case.closed': 'un dossier est clos',
} as const satisfies Record<WebhookEvent, string>;
/** Sent when the system asks for it, to try its address. */
export const WEBHOOK_PING = 'ping';
