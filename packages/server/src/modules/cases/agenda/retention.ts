import type { TableDeclaration } from '../../../kernel/retention.ts';

/** What the tables of the agenda hold of people. */
export const AGENDA_TABLES: Readonly<Record<string, TableDeclaration>> = {
  'cases.receptions': {
    about: 'professional',
    purpose: 'savoir quand, où et à quel numéro quelqu’un reçoit, pour proposer des heures libres',
    source: 'la personne elle-même',
    ends: ['access.left'],
    readBy: ['case.read'],
    columns: { identifier: ['person_id'], account: ['hours', 'place', 'phone'] },
  },
  'cases.calendar_feeds': {
    about: 'professional',
    purpose:
      'laisser l’agenda de quelqu’un lire ses rendez-vous, par une adresse secrète qu’il retire quand il veut',
    source: 'la personne elle-même',
    ends: ['access.left'],
    columns: { identifier: ['person_id'], security: ['token_hash', 'created_at', 'read_on'] },
  },
};
