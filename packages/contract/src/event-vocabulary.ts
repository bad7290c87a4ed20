/** What happens to a case, as its timeline tells it. */
export const EventLabels = {
  // By a publication
  opened: 'dossier ouvert par une liste',
  recognised: 'reconnu sur une liste après un signalement',
  renumbered: 'numéro SIEI réuni à un plus ancien',
  duplicate_found: 'un autre dossier est celui de la même personne',
  corrected: 'identité corrigée par la liste',
  transferred: 'transféré : a changé de territoire',
  move_announced:
    'sur la liste d’un autre département, qui n’est pas encore publiée : reste suivi ici d’ici là',
  reopened: 'rouvert : de nouveau sur la liste',
  listed_again: 'de nouveau sur la liste',
  listed_after_closing: 'encore sur la liste, laissé clos',
  closed_by_publication: 'clos : n’est plus sur la liste',
  no_longer_listed: 'n’est plus sur la liste',
  withdrawn: 'retiré : la publication qui l’avait ouvert a été reprise',
  publication_undone: 'la publication a été reprise : le dossier est comme avant elle',
  kept_after_undoing: 'la publication a été reprise : gardé tel quel, quelqu’un s’en était occupé',
  // By the system of a partner
  situation_reported: 'situation dite par un partenaire',
  // By a person
  signalled: 'signalé hors liste',
  confirmed: 'vérifié : sans solution',
  refuted: 'vérifié : n’est pas à suivre',
  verification_deferred: 'vérification remise à plus tard',
  school_asked: 'question posée à l’établissement',
  school_answered: 'réponse de l’établissement',
  assigned: 'confié',
  attempt: 'tentative de contact',
  call_back_set: 'rappel à faire',
  call_back_cleared: 'rappel retiré',
  interview_set: 'entretien fixé',
  interview_moved: 'entretien déplacé',
  interview_confirmed: 'entretien confirmé par la personne',
  interview_cancelled: 'entretien annulé',
  interview_held: 'entretien tenu',
  interview_missed: 'n’est pas venu à l’entretien',
  diagnosis: 'retour au diagnostic',
  proposed: 'solution proposée',
  structure_answered: 'réponse de la structure',
  accepted: 'solution acceptée',
  declined: 'solution non souhaitée par la personne',
  entered: 'entrée effective',
  holding: 'la solution tient',
  broken: 'solution interrompue',
  return_asked: 'demande de retour en formation',
  reconfirmed: 'situation confirmée',
  person_informed: 'personne informée de ses droits',
  obligation_not_met: 'obligation de formation non remplie',
  obligation_met: 'obligation de formation remplie',
  obligation_exempt: 'exempté de l’obligation de formation',
  obligation_summoned: 'convoqué avec son représentant légal',
  summons_made: 'invitation à l’entretien établie',
  attestation_made: 'attestation de suivi établie',
  summary_made: 'résumé de l’entretien établi',
  note_added: 'note ajoutée',
  contact_added: 'moyen de contact ajouté',
  contact_verified: 'moyen de contact vérifié',
  contact_wrong: 'moyen de contact faux',
  representative_refuses: 'un représentant légal refuse d’être contacté',
  representative_agrees: 'un représentant légal accepte d’être contacté',
  closing_asked: 'transmission au département demandée',
  closing_declined: 'transmission au département refusée',
  closed: 'dossier clos',
  reopened_by_person: 'dossier rouvert',
  handed_over: 'transféré à une autre plateforme',
  merged: 'réuni avec un autre dossier',
  merged_from: 'un dossier en double lui est réuni',
  parted: 'séparé d’un autre dossier',
  parted_from: 'un dossier en est séparé',
  meeting_decided: 'décidé en réunion',
  meeting_postponed: 'reporté à la prochaine réunion',
  undone: 'dernière action annulée',
} as const;
export type EventKind = keyof typeof EventLabels;

/** What others than the platform's own people say of a case: marked in the list until one opens it. */
export const PARTNER_NEWS = [
  'school_answered',
  'structure_answered',
  'situation_reported',
  'handed_over',
] as const satisfies readonly EventKind[];
export type PartnerNews = (typeof PARTNER_NEWS)[number];
/** As a platform that receives it says it. */
export const PartnerNewsLabels = {
  school_answered: EventLabels.school_answered,
  structure_answered: EventLabels.structure_answered,
  situation_reported: EventLabels.situation_reported,
  handed_over: 'confié par une autre plateforme',
} as const satisfies Record<PartnerNews, string>;
/** What was told longer ago is no news. */
export const NEWS_DAYS = 30;

/** Why an undo does not bring back the appointment that it had called off. */
export const LostAppointmentLabels = {
  gone_by: 'sans son rendez-vous, dont l’heure est passée',
  taken: 'sans son rendez-vous, dont l’heure est prise',
} as const;
export type LostAppointment = keyof typeof LostAppointmentLabels;
