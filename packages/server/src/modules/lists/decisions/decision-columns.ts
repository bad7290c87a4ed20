import { DECISION_WORDS } from '@raccroche/contract';
import { csvTemplate, type InterchangeColumn, tableSchema } from '../../sources/index.ts';
import { DEATH_CODE_PATTERN } from '../death-code.ts';
import { SIEI_ALPHABET } from '../siei.ts';

const SIDE_PATTERN = `^([${SIEI_ALPHABET}]{12}|${DEATH_CODE_PATTERN})$`;
const TEXT = { type: 'text', required: true } as const;

/** The file of decisions: one definition from which the reader, the descriptor, the template and the questions are made. */
export const DECISION_COLUMNS = [
  { name: 'siei_1', title: 'Numéro SIEI', ...TEXT, pattern: SIDE_PATTERN, example: 'ABCDEFGHJKLM' },
  {
    name: 'siei_2',
    title:
      'L’autre numéro SIEI ; le même quand le doute est au sein d’une personne ; ou le code d’un décès (DECES-…)',
    ...TEXT,
    pattern: SIDE_PATTERN,
    example: 'MLKJHGFEDCBA',
  },
  {
    name: 'decision',
    title: 'Ce qui a été décidé ; vide tant que rien ne l’est',
    type: 'text',
    required: false,
    values: Object.keys(DECISION_WORDS),
    example: 'meme_personne',
  },
  {
    name: 'date_decision',
    title: 'Jour de la décision',
    type: 'date',
    required: false,
    example: '2025-11-20',
  },
  {
    name: 'role',
    title: 'Qui a décidé, par sa fonction, jamais par son nom (200 caractères)',
    type: 'text',
    required: false,
    example: 'référent PSAD',
  },
  {
    name: 'motif',
    title: 'Pourquoi, sans rien de personnel (200 caractères)',
    type: 'text',
    required: false,
    example: 'confirmé par les deux établissements',
  },
] as const satisfies readonly InterchangeColumn[];

export type DecisionColumn = (typeof DECISION_COLUMNS)[number]['name'];

/** Most characters of `role` and of `motif`. */
export const TEXT_MAX = 200;

/** Table Schema of the file of decisions, as committed in `schemas/`. */
export function decisionSchema(): object {
  return tableSchema(
    'raccroche-decisions',
    'Décisions sur les litiges d’identité et de décès',
    DECISION_COLUMNS,
  );
}

/** An empty file of decisions, as committed in `schemas/`. */
export function decisionTemplate(): string {
  return csvTemplate(DECISION_COLUMNS);
}
