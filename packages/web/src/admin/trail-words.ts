import { EventLabels, PurposeLabels } from '@raccroche/contract';

/** Families of acts that the trail is searched by. */
export const ACTION_FAMILIES = {
  'case.read': 'Dossiers ouverts',
  'case.listed': 'Listes affichées',
  'case.exported': 'Exports nominatifs',
  'case.': 'Tout sur les dossiers',
  'right.': 'Droits prolongés, confirmés, retirés',
  'invitation.': 'Invitations',
  'replacement.': 'Remplacements',
  'designation.': 'Désignations',
  'zone.': 'Zones',
  'session.': 'Connexions',
  'privacy.': 'Demandes des personnes, purges',
  'campaign.': 'Campagnes et publications',
  'audit.': 'Recherches dans la trace',
  'job.': 'Travaux',
} as const;

const ACTIONS: Readonly<Record<string, string>> = {
  'case.read': 'a ouvert le dossier',
  'case.listed': 'a vu la personne dans une liste',
  'case.seen_beside': 'a vu le nom à côté d’un autre dossier',
  'case.searched': 'a cherché une personne',
  'case.exported': 'a exporté des noms',
  'case.readers': 'a demandé qui a vu le dossier',
  'case.looked_for': 'a cherché qui suit une personne',
  'case.opened_elsewhere': 'a ouvert un dossier d’un autre territoire',
  'case.postponed': 'a remis à plus tard',
  'pupil.listed': 'a vu la liste de ses anciens élèves',
  'calendar.read': 'a lu son agenda dans un autre calendrier',
  'school_question.listed': 'a vu la personne parmi les questions à un établissement',
  'litige.decided': 'a tranché une ressemblance',
  'right.term': 'a fixé la durée d’un droit',
  'right.confirmed': 'a confirmé un droit',
  'right.revoked': 'a retiré un droit',
  'invitation.sent': 'a invité',
  'invitation.revoked': 'a retiré une invitation',
  'invitation.accepted': 'a accepté une invitation',
  'replacement.made': 'a fait un remplacement',
  'replacement.ended': 'a mis fin à un remplacement',
  'organisation.added': 'a ajouté une structure',
  'designation.made': 'a enregistré une désignation',
  'designation.ended': 'a fixé la fin d’une désignation',
  'zone.changed': 'a changé une zone',
  'session.opened': 's’est connecté',
  'session.ended': 's’est déconnecté',
  'privacy.searched': 'a cherché qui fait une demande',
  'privacy.received': 'a enregistré une demande',
  'privacy.extended': 'a prolongé une demande',
  'privacy.answered': 'a répondu à une demande',
  'privacy.ended': 'a levé une limitation ou une opposition',
  'privacy.extracted': 'a extrait ce qui est tenu sur la personne',
  'privacy.purged': 'a effacé ce qui est échu',
  'campaign.published': 'a publié une campagne',
  'campaign.asked': 'a demandé une campagne',
  'campaign.cancelled': 'a arrêté une campagne',
  'campaign.resumed': 'a repris une campagne',
  'campaign.sampled': 'a regardé vingt noms d’une campagne',
  'campaign.publication_asked': 'a demandé une publication',
  'campaign.taking_back_asked': 'a demandé la reprise d’une publication',
  'campaign.taken_back': 'a repris une publication',
  'audit.searched': 'a cherché dans la trace',
  'job.retried': 'a relancé un travail',
};

/** What was done, in words; its code when nobody has said yet how to tell it. */
export function actionWords(action: string): string {
  const told = ACTIONS[action];
  if (told !== undefined) return told;
  const kind = action.startsWith('case.') ? action.slice('case.'.length) : '';
  return kind in EventLabels ? EventLabels[kind as keyof typeof EventLabels] : action;
}

export const purposeWords = (purpose: string): string =>
  purpose in PurposeLabels ? PurposeLabels[purpose as keyof typeof PurposeLabels] : purpose;

/** A professional by name; the program by what it does. */
export function actorWords(actor: string, displayName: string | null): string {
  if (displayName !== null) return displayName;
  return actor.startsWith('program:') ? 'Le programme' : 'Quelqu’un qui n’est plus connu';
}
