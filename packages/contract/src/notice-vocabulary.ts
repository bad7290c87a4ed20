/** Why a case outside of one's zone may be opened. */
export const OPENING_REASONS = ['moved', 'urgent_minor'] as const;
export type OpeningReason = (typeof OPENING_REASONS)[number];

export const OpeningReasonLabels = {
  moved: 'la personne a déménagé ici',
  urgent_minor: 'mineur ou mineure en urgence',
} as const satisfies Record<OpeningReason, string>;

/** Why a case outside of one's zone is open: what is asked for, what was granted, what is kept for a while. */
export const OPENING_GROUNDS = [...OPENING_REASONS, 'granted', 'former_referent'] as const;
export type OpeningGround = (typeof OPENING_GROUNDS)[number];

export const OpeningGroundLabels = {
  ...OpeningReasonLabels,
  granted: 'accordé par qui en répond',
  former_referent: 'en était référent ou référente',
} as const satisfies Record<OpeningGround, string>;

/** What somebody is told. */
export const NOTICE_KINDS = [
  'case_opened_elsewhere',
  'quota_nearly_reached',
  'quota_more_asked',
  'quota_raised',
  'quota_not_raised',
  'replacement_made',
  'replacement_ending',
  'replacement_ended',
  'right_ending',
  'right_ended',
  'right_to_confirm',
  'right_suspended',
  'invited_from_machine',
  'legal_clock_due',
  'legal_clock_overdue',
  'request_granted',
  'request_declined',
  'request_expired',
  'request_to_department',
  'webhook_suspended',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const NoticeLabels = {
  case_opened_elsewhere: 'un dossier a été ouvert par quelqu’un d’un autre territoire',
  quota_nearly_reached: 'quelqu’un approche de ce qui est permis pour la journée',
  quota_more_asked: 'quelqu’un demande plus que ce qui est permis pour la journée',
  quota_raised: 'plus est accordé, pour ce jour seul',
  quota_not_raised: 'plus est refusé, pour ce jour',
  replacement_made: 'quelqu’un va tenir le droit de quelqu’un d’autre, pour un temps',
  replacement_ending: 'un remplacement finit bientôt',
  replacement_ended: 'un remplacement est fini',
  right_ending: 'un droit finit bientôt',
  right_ended: 'un droit est fini',
  right_to_confirm: 'un droit attend d’être confirmé',
  right_suspended: 'un droit est suspendu, faute d’avoir été confirmé',
  invited_from_machine: 'quelqu’un a été invité depuis la machine du service',
  legal_clock_due: 'une échéance légale approche',
  legal_clock_overdue: 'une échéance légale est passée',
  request_granted: 'une demande est accordée',
  request_declined: 'une demande est refusée',
  request_expired: 'une demande est restée sans réponse',
  request_to_department: 'une plateforme demande un dossier qu’aucune ne suit : c’est à vous de répondre',
  webhook_suspended: 'un système partenaire ne répond plus : ses annonces sont suspendues',
} as const satisfies Record<NoticeKind, string>;
