import type { TableDeclaration } from '../../../kernel/retention.ts';

const ENDS = ['cases.age_limit', 'cases.closed'];

const PAIR = [
  { column: 'siei_1', key: 'siei' },
  { column: 'siei_2', key: 'siei' },
] as const;

/** What the tables of identities to decide hold of people. */
export const IDENTITY_TABLES: Readonly<Record<string, TableDeclaration>> = {
  'cases.litiges': {
    about: 'young_person',
    purpose: 'demander à quelqu’un si deux numéros sont la même personne',
    source: 'la campagne',
    ends: ENDS,
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
    ends: ENDS,
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
    ends: ENDS,
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
    ends: ENDS,
    of: PAIR,
    columns: {
      nothing: ['decision_id'],
      identifier: ['siei_1', 'siei_2', 'decided_by'],
      follow_up: ['verdict', 'decided_on', 'role', 'reason'],
    },
  },
};
