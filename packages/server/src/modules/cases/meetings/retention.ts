import type { TableDeclaration } from '../../../kernel/retention.ts';

const FOLLOWED = {
  about: 'young_person',
  ends: ['cases.age_limit', 'cases.closed'],
  of: { column: 'case_id', key: 'case_id' },
} as const;

/** What the tables of the monthly meetings hold of people. */
export const MEETING_TABLES: Readonly<Record<string, TableDeclaration>> = {
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
