import {
  AttemptChannelLabels,
  AttemptOutcomeLabels,
  type CaseDetail,
  CaseOutcomeLabels,
  CheckLabels,
  EventLabels,
  InterviewModeLabels,
  PartnerSituationLabels,
  RefutationLabels,
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

/** The rest of the sentence, from the codes of the event; empty when the kind says it all. */
export function detailWords({ kind, details }: Event, name: (personId: string | null) => string): string {
  if (kind === 'assigned')
    return details.referent === null ? 'plus personne' : name(text(details.referent) ?? null);
  const day = text(details.until) ?? text(details.at) ?? text(details.on);
  return [
    word(PartnerSituationLabels, details.situation),
    word(AttemptChannelLabels, details.channel),
    word({ ...AttemptOutcomeLabels, ...CaseOutcomeLabels }, details.outcome),
    word(SolutionKindLabels, details.solution),
    text(details.structure),
    word(StructureAnswerLabels, details.answer),
    word(StructureRefusalLabels, details.refusal),
    word(InterviewModeLabels, details.mode),
    details.representativePresent === true ? 'avec le représentant légal' : undefined,
    word({ ...RefutationLabels, ...CheckLabels, absent: 'absent des fichiers reçus' }, details.reason),
    day === undefined ? undefined : `le ${shortDate(day)}`,
    text(details.partner) === undefined ? undefined : `dit par ${text(details.partner)}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
