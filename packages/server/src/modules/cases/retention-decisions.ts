import type { TableDeclaration } from '../../kernel/retention.ts';

/** What ends with its case. */
export const FOLLOWED = {
  about: 'young_person',
  ends: ['cases.age_limit', 'cases.closed'],
  of: { column: 'case_id', key: 'case_id' },
} as const;

const PAIR = [
  { column: 'siei_1', key: 'siei' },
  { column: 'siei_2', key: 'siei' },
] as const;

/** What people decide of who is who, and in their meetings. */
export const DECISION_TABLES: Readonly<Record<string, TableDeclaration>> = {
  'cases.litiges': {
    about: 'young_person',
    purpose: 'demander à quelqu’un si deux numéros sont la même personne',
    source: 'la campagne',
    ends: FOLLOWED.ends,
    of: PAIR,
    columns: {
      nothing: ['publication_id', 'weight', 'evidence'],
      identifier: ['siei_1', 'siei_2'],
      follow_up: ['reasons'],
    },
  },
  'cases.litige_sides': {
    about: 'young_person',
    purpose: 'montrer côte à côte ce que les fichiers disent de l’un et de l’autre numéro',
    source: 'la campagne : les fichiers des émetteurs, croisés',
    ends: FOLLOWED.ends,
    of: { column: 'siei', key: 'siei' },
    columns: {
      nothing: ['listed', 'failed_checks'],
      identifier: ['siei_1', 'siei_2', 'siei'],
      entry: ['records'],
    },
  },
  'cases.litige_withdrawals': {
    about: 'young_person',
    purpose: 'savoir qu’une réponse sur une identité a été reprise par qui l’a donnée',
    source: 'la personne qui l’avait donnée',
    ends: FOLLOWED.ends,
    of: PAIR,
    columns: {
      nothing: ['decision_id'],
      identifier: ['siei_1', 'siei_2', 'withdrawn_by'],
      trace: ['withdrawn_at'],
    },
  },
  'cases.litige_decisions': {
    about: 'young_person',
    purpose: 'garder ce qui a été décidé de deux numéros, pour la campagne suivante',
    source: 'la personne qui tranche',
    ends: FOLLOWED.ends,
    of: PAIR,
    columns: {
      nothing: ['decision_id'],
      identifier: ['siei_1', 'siei_2', 'decided_by'],
      follow_up: ['verdict', 'decided_on', 'role', 'reason'],
    },
  },
  'cases.meetings': {
    about: 'professional',
    purpose: 'tenir la réunion des co-responsables : le jour, les présents',
    source: 'les co-responsables',
    ends: ['cases.meeting'],
    columns: {
      nothing: ['meeting_id', 'platform_id', 'held_on', 'version'],
      identifier: ['attendees', 'opened_by', 'closed_by'],
      trace: ['opened_at', 'closed_at'],
    },
  },
  'cases.meeting_decisions': {
    ...FOLLOWED,
    purpose: 'garder ce qui est décidé d’un dossier en réunion, pour le compte rendu',
    source: 'les co-responsables',
    ends: ['cases.meeting', ...FOLLOWED.ends],
    columns: {
      nothing: ['decision_id', 'meeting_id', 'act_version'],
      identifier: ['case_id', 'decided_by', 'undone_by'],
      identity: ['subject'],
      follow_up: ['topic', 'decision', 'words', 'decided_at', 'undone_at'],
    },
  },
};
