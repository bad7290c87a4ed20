import { IDENTIFIER_TYPES } from '@raccroche/contract';
import { literal } from '../../../platform/duckdb/sql.ts';

/**
 * By what a person is recognised from one campaign to the next. Only keyed hashes are kept, never what is hashed.
 *
 * A kind is a number whose tens give its strength (1 = strongest): identifiers, ids of senders, name with birthplace,
 * name without, and, for those who have nothing of their own, their very records.
 * Identifiers and ids of senders go with the birth date, and again with the name: as in rules.md §7, one of the two must
 * agree. It also keeps a sender that numbers its lines 1, 2, 3… anew each year from mixing up people.
 */
export const KEY_KINDS = { identifier: 10, sender: 20, namePlace: 30, name: 40, record: 50 } as const;

/** Of a kind, its strength: `kind // STRENGTH_STEP`. */
export const STRENGTH_STEP = 10;

/** Kind of the n-th type of identifier: 11, 12, … Types are told apart so that two values of one type contradict each other. */
const IDENTIFIER_KINDS = IDENTIFIER_TYPES.map((type, index) => ({
  type: literal(type),
  kind: KEY_KINDS.identifier + 1 + index,
}));
/** Of a row `r` with the type of an identifier, as `type`: the kind of the keys that it makes. */
export const IDENTIFIER_KIND = `CASE r.type ${IDENTIFIER_KINDS.map(({ type, kind }) => `WHEN ${type} THEN ${kind}`).join(' ')} END`;
/** The contrary, of a row with that `kind`. */
export const IDENTIFIER_TYPE = `CASE kind ${IDENTIFIER_KINDS.map(({ type, kind }) => `WHEN ${kind} THEN ${type}`).join(' ')} END`;

/** Of a record that bears no identifier the id that its sender gave it stands in the place of one. */
export const BEARS_NONE = 'ine IS NULL AND ina IS NULL';
