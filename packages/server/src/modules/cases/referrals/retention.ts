import type { TableDeclaration } from '../../../kernel/retention.ts';

const FOLLOWED = {
  about: 'young_person',
  ends: ['cases.age_limit', 'cases.closed'],
  of: { column: 'case_id', key: 'case_id' },
} as const;

/** What the tables of proposals hold of people. */
export const REFERRAL_TABLES: Readonly<Record<string, TableDeclaration>> = {
  'cases.referrals': {
    ...FOLLOWED,
    purpose: 'proposer un ou une jeune à une structure',
    source: 'les personnes de la plateforme',
    columns: {
      nothing: ['referral_id', 'case_version', 'organisation_id'],
      identifier: ['case_id', 'proposed_by'],
      follow_up: ['solution', 'structure', 'proposed_at'],
    },
  },
  'cases.referral_answers': {
    ...FOLLOWED,
    purpose: 'garder ce que la structure et la personne ont répondu',
    source: 'la structure, et les personnes de la plateforme',
    columns: {
      nothing: ['referral_id', 'case_version'],
      identifier: ['case_id', 'given_by'],
      follow_up: ['whose', 'answer', 'reason', 'again_on'],
    },
  },
  'cases.referrals_in_force': {
    about: FOLLOWED.about,
    ends: FOLLOWED.ends,
    readBy: ['case.read'],
    purpose: 'lire les propositions qui tiennent (une vue, rien n’y est gardé)',
    source: 'cases.referrals',
    columns: {
      nothing: ['referral_id', 'case_version', 'organisation_id'],
      identifier: ['case_id', 'proposed_by'],
      follow_up: [
        'solution',
        'structure',
        'proposed_at',
        'answer',
        'reason',
        'again_on',
        'answered_at',
        'person_answer',
      ],
    },
  },
  'cases.received_referrals': {
    about: 'young_person',
    purpose:
      'montrer à une structure les jeunes qu’on lui propose, et rien de plus (une vue, rien n’y est gardé)',
    source: 'cases.referrals',
    ends: FOLLOWED.ends,
    readBy: ['referral.answer'],
    columns: {
      nothing: ['referral_id', 'platform'],
      identifier: ['proposed_by'],
      identity: ['first_name', 'family_name', 'age'],
      contact_details: ['commune_name'],
      follow_up: [
        'solution',
        'proposed_at',
        'answer',
        'reason',
        'again_on',
        'answered_at',
        'person_answer',
        'entered',
      ],
    },
  },
};
