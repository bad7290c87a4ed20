import type { ModuleRetention } from '../../kernel/retention.ts';

const right = ['role', 'territory_kind', 'territory_id'];

/** What is derived, at each reading, of the rights that were given: nothing of it is kept. */
export const RIGHT_VIEWS: ModuleRetention['tables'] = {
  'access.rights_in_force': {
    about: 'professional',
    purpose: 'dire en un seul endroit quel droit est en vigueur (une vue, rien n’y est gardé)',
    source: 'access.memberships',
    ends: ['access.left'],
    columns: { nothing: ['membership_id', 'organisation_id'], identifier: ['person_id'], right },
  },
  'access.holders': {
    about: 'professional',
    purpose: 'dire qui tient ce droit, soi-même ou en remplacement (une vue, rien n’y est gardé)',
    source: 'access.memberships, access.replacements',
    ends: ['access.left'],
    columns: { nothing: ['membership_id'], identifier: ['holder'], right },
  },
};
