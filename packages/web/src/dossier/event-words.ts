import {
  AttemptChannelLabels,
  AttemptOutcomeLabels,
  BreakReasonLabels,
  type CaseDetail,
  CaseOutcomeLabels,
  CheckLabels,
  type EventKind,
  EventLabels,
  InformedByLabels,
  InterviewModeLabels,
  LostAppointmentLabels,
  ObligationGroundLabels,
  PartnerSituationLabels,
  RefutationLabels,
  SchoolAnswerLabels,
  SolutionKindLabels,
  StructureAnswerLabels,
  StructureRefusalLabels,
} from '@raccroche/contract';
import { shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';

type Event = CaseDetail['timeline'][number];
type Labels = Readonly<Record<string, string>>;

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const word = (labels: Labels, code: unknown) => {
  const known = text(code);
  return known === undefined ? undefined : (labels[known] ?? known);
};

/** What happened, by the kind of the event; a kind of a later version is told without its name. */
export const kindWords = (kind: string): string =>
  capital(({ ...EventLabels } as Labels)[kind] ?? 'changement du dossier');

/** By what the timeline may be narrowed. */
export const EVENT_GROUPS = {
  contacts: 'Contacts',
  interviews: 'Entretiens',
  proposals: 'Propositions',
  entries: 'Entrées',
  papers: 'Notes et documents',
  sources: 'Sources',
  other: 'Suivi du dossier',
} as const;
export type EventGroup = keyof typeof EVENT_GROUPS;

const GROUPS: Readonly<Partial<Record<EventKind, EventGroup>>> = {
  attempt: 'contacts',
  call_back_set: 'contacts',
  call_back_cleared: 'contacts',
  contact_added: 'contacts',
  contact_verified: 'contacts',
  contact_wrong: 'contacts',
  representative_refuses: 'contacts',
  representative_agrees: 'contacts',
  interview_set: 'interviews',
  interview_moved: 'interviews',
  interview_confirmed: 'interviews',
  interview_cancelled: 'interviews',
  interview_held: 'interviews',
  interview_missed: 'interviews',
  diagnosis: 'interviews',
  obligation_summoned: 'interviews',
  proposed: 'proposals',
  structure_answered: 'proposals',
  accepted: 'proposals',
  declined: 'proposals',
  entered: 'entries',
  holding: 'entries',
  broken: 'entries',
  return_asked: 'entries',
  person_informed: 'contacts',
  note_added: 'papers',
  summons_made: 'papers',
  attestation_made: 'papers',
  summary_made: 'papers',
  school_asked: 'sources',
  school_answered: 'sources',
  situation_reported: 'sources',
};

/** What the program did, at a publication, comes from the sources. */
export const groupOf = ({ kind, actor }: Event): EventGroup =>
  actor === null ? 'sources' : (GROUPS[kind as EventKind] ?? 'other');

/** The rest of the sentence, from the codes of the event; empty when the kind says it all. */
export function detailWords({ kind, details }: Event, name: (personId: string | null) => string): string {
  if (kind === 'assigned')
    return details.referent === null ? 'plus personne' : name(text(details.referent) ?? null);
  const day = text(details.until) ?? text(details.at) ?? text(details.on);
  return [
    word(PartnerSituationLabels, details.situation),
    text(details.structure),
    word({ ...SchoolAnswerLabels, ...StructureAnswerLabels }, details.answer),
    text(details.place),
    word(AttemptChannelLabels, details.channel),
    word({ ...AttemptOutcomeLabels, ...CaseOutcomeLabels }, details.outcome),
    kind === 'person_informed' ? word(InformedByLabels, details.by) : undefined,
    word(SolutionKindLabels, details.solution),
    word(StructureRefusalLabels, details.refusal),
    word(InterviewModeLabels, details.mode),
    word(ObligationGroundLabels, details.ground),
    word(LostAppointmentLabels, details.lost),
    details.representativePresent === true ? 'avec le représentant légal' : undefined,
    word(
      { ...RefutationLabels, ...CheckLabels, ...BreakReasonLabels, absent: 'absent des fichiers reçus' },
      details.reason,
    ),
    day === undefined ? undefined : `le ${shortDate(day)}`,
    text(details.partner) === undefined ? undefined : `dit par ${text(details.partner)}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
