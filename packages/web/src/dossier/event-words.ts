import {
  AttemptChannelLabels,
  AttemptOutcomeLabels,
  type CaseDetail,
  CaseOutcomeLabels,
  CheckLabels,
  InterviewModeLabels,
  RefutationLabels,
  SolutionKindLabels,
} from '@raccroche/contract';
import { shortDate } from '../words/dates.ts';

type Event = CaseDetail['timeline'][number];
type Labels = Readonly<Record<string, string>>;

/** What happened, by the kind of the event. */
const KINDS: Labels = {
  opened: 'Entrée sur la liste, dossier ouvert',
  corrected: 'Identité corrigée par la liste',
  transferred: 'Dossier transféré : la commune a changé',
  reopened: 'De nouveau sur la liste, dossier rouvert',
  listed_again: 'De nouveau sur la liste',
  listed_after_closing: 'Toujours sur la liste après la clôture',
  closed_by_publication: 'Plus sur la liste, dossier clos',
  no_longer_listed: 'Plus sur la liste',
  renumbered: 'Numéro SIEI remplacé par un plus ancien',
  duplicate_found: 'Un autre dossier parle peut-être de la même personne',
  attempt: 'Tentative de contact',
  assigned: 'Référent',
  confirmed: 'Vérifié : toujours sans solution',
  refuted: 'Vérifié : n’est pas à suivre',
  verification_deferred: 'Vérification remise à plus tard',
  interview_set: 'Entretien fixé',
  interview_held: 'Entretien tenu',
  interview_missed: 'N’est pas venu à l’entretien',
  call_back_set: 'Rappel prévu',
  call_back_cleared: 'Plus de rappel prévu',
  diagnosis: 'Diagnostic posé',
  proposed: 'Solution proposée',
  accepted: 'Solution acceptée',
  entered: 'Entrée effective dans une solution',
  holding: 'La solution tient',
  broken: 'Solution interrompue',
  closed: 'Dossier clos',
  closing_asked: 'Transmission au département demandée',
  closing_declined: 'Transmission au département refusée',
  reopened_by_person: 'Dossier rouvert',
  reconfirmed: 'Situation confirmée',
  return_asked: 'Demande de retour en formation',
  note_added: 'Note ajoutée',
  contact_added: 'Coordonnée ajoutée',
  contact_verified: 'Coordonnée vérifiée',
  contact_wrong: 'Coordonnée fausse',
  obligation_met: 'Obligation de formation remplie',
  obligation_not_met: 'Obligation de formation non remplie',
  obligation_exempt: 'Exempté de l’obligation de formation',
  obligation_summoned: 'Convoqué avec son représentant légal',
  undone: 'Action annulée',
};

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const word = (labels: Labels, code: unknown) => {
  const known = text(code);
  return known === undefined ? undefined : (labels[known] ?? known);
};

export const kindWords = (kind: string): string => KINDS[kind] ?? 'Changement du dossier';

/** The rest of the sentence, from the codes of the event; empty when the kind says it all. */
export function detailWords({ kind, details }: Event, name: (personId: string | null) => string): string {
  if (kind === 'assigned')
    return details.referent === null ? 'plus personne' : name(text(details.referent) ?? null);
  const day = text(details.until) ?? text(details.at) ?? text(details.on);
  return [
    word(AttemptChannelLabels, details.channel),
    word({ ...AttemptOutcomeLabels, ...CaseOutcomeLabels }, details.outcome),
    word(SolutionKindLabels, details.solution),
    word(InterviewModeLabels, details.mode),
    details.representativePresent === true ? 'avec le représentant légal' : undefined,
    word({ ...RefutationLabels, ...CheckLabels, absent: 'absent des fichiers reçus' }, details.reason),
    day === undefined ? undefined : `le ${shortDate(day)}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
