import {
  call,
  type Expression,
  eachOf,
  isNull,
  not,
  type Operand,
  those,
  withValue,
} from '../expression/expression.ts';
import { repairMojibake } from './mojibake.ts';

/** The normalised spelling of a French name, put right first where its encoding was misread. */
export function frenchNameKey(name: Operand): Expression {
  return withValue(repairMojibake(name), (repaired) => call('name_key', repaired), 'repaired');
}

/** The same for a family name: ST and STE are SAINT and SAINTE. */
export function familyNameKey(name: Operand): Expression {
  return call('regexp_replace', frenchNameKey(name), '\\bST(E?)\\b', 'SAINT\\1', 'g');
}

/** Without blanks: DE MAILLARD is DEMAILLARD. */
export function compactKey(key: Operand): Expression {
  return call('replace', key, ' ', '');
}

/** Nobiliary and other particles, as words of a normalised name. LE and LA are part of the name. */
const PARTICLES = '\\b(?:DE|D|DU|DES|DA|DO|DOS|DAS|DI|DEL|DELLA|VAN DER|VAN DEN|VAN|VON|ZU|EL|AL)\\b';

/** Without particles and blanks; the whole name when it is nothing but particles. */
export function particleFreeKey(key: Operand): Expression {
  const free = compactKey(call('regexp_replace', key, PARTICLES, '', 'g'));
  return call('coalesce', call('nullif', free, ''), compactKey(key));
}

/** First names, one by one, in their order; a hyphen holds a compound name together (JEAN PIERRE), a blank does not. */
export function firstNameList(text: Operand): Expression {
  const blanks = call('regexp_replace', repairMojibake(text), '[,;\\s]+', ' ', 'g');
  return those(
    eachOf(call('string_split', blanks, ' '), (part) => call('name_key', part)),
    (key) => not(isNull(key)),
  );
}
