import { numberSql } from './weight-sql.ts';

/** Letters and figures of a text as bits of a number: what two texts share of them tells cheaply how alike they may be. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const FIGURES = '0123456789';

/** Columns of `lettersSql`, over both records of a pair. */
export interface LetterColumns {
  readonly letters: string;
  readonly held: string;
  readonly rest: string;
  readonly share: string;
  readonly first: string;
  readonly part: string;
  readonly whole: string;
}

/** SQL of a text in capitals, where `lettersSql` looks. Not upper(): it makes ASCII letters of some that are not. */
export const capitalSql = (text: string): string =>
  `translate(${text}, '${LETTERS.toLowerCase()}', '${LETTERS}')`;

/**
 * SQL, over columns `capital` and `letters` (of `letterBitsSql`), of what more is told of a text: `held`, how many bits are set; `rest`, its
 * bytes beyond those; `share`, 1 over all its bytes; `first`, its first byte as a capital, 128 for all that begin with no
 * ASCII one; `part` and `whole`, what `withinSql` compares: the bits of a text of ASCII alone, else none and all of them, for some
 * collations see letters in others that have no bit.
 */
export function lettersSql(text: string, columns: LetterColumns): readonly string[] {
  const { letters, held, rest, share, first, part, whole } = columns;
  const ofAscii = (otherwise: number): string =>
    `CASE WHEN strlen(${text}) = length(${text}) THEN ${letters} ELSE ${otherwise} END`;
  return [
    letters,
    `bit_count(${letters})::INTEGER AS ${held}`,
    `strlen(${text})::INTEGER - bit_count(${letters}) AS ${rest}`,
    `1 / greatest(strlen(${text}), 1) AS ${share}`,
    `least(unicode(capital), 128)::SMALLINT AS ${first}`,
    `${ofAscii(0)} AS ${part}`,
    `${ofAscii(-1)} AS ${whole}`,
  ];
}

/**
 * SQL, over a column `capital` of `capitalSql`: a bit for each Latin letter that a text holds, one for each that it holds
 * twice (small and capital ones are one), and one for each figure. Each stands for a byte.
 */
export function letterBitsSql(): string {
  const held = [...LETTERS, ...FIGURES].map((one) => `contains(capital, '${one}')`);
  const twice = [...LETTERS].map((one) => `capital LIKE '%${one}%${one}%'`);
  return [...held, ...twice].map((one, bit) => `(${one})::BIGINT * ${1n << BigInt(bit)}`).join(' + ');
}

const sharedSql = ({ letters }: LetterColumns): string => `bit_count(${letters}_l & ${letters}_r)`;

/**
 * What Levenshtein and Damerau–Levenshtein distances of at most `most` imply: an edit takes away a byte and brings one, at
 * most, hence so many bits.
 */
export function withinEditsSql(columns: LetterColumns, most: number): string {
  const { held } = columns;
  return `(greatest(${held}_l, ${held}_r) - ${sharedSql(columns)} <= ${most})`;
}

/** That a text is a part of another one implies that it holds no letter which that lacks. */
export const withinSql = (part: string, whole: string): string => `((${part} & ${whole}) = ${part})`;

const PREFIX_MOST = 0.4;
const ROUNDING = 1e-9;

const needed = (jaro: number): number => 3 * jaro - 1 - ROUNDING;
const beyondPrefix = (similarity: number): number => (similarity - PREFIX_MOST) / (1 - PREFIX_MOST);

/**
 * Share of its bytes, 0 to 1, that a text has at least in common with another one of such a similarity: all the bytes of one alone are in
 * common at most.
 */
export function commonShare(least: number, winkler: boolean): number {
  return Math.max(0, needed(winkler ? beyondPrefix(least) : least) - 1);
}

/** Bits that a text shares at least, when so much of it is in common: SQL over columns of `lettersSql`. */
export const commonBitsSql = ({ held, rest }: LetterColumns, share: number): string =>
  `greatest(ceil((${held} + ${rest}) * ${numberSql(share)} - ${ROUNDING_OF_BYTES}) - ${rest}, 0)::TINYINT`;

const ROUNDING_OF_BYTES = 1e-6;

/**
 * What a Jaro similarity of `least` implies, or a Jaro–Winkler one: with c bytes in common Jaro is at most
 * (c/|l| + c/|r| + 1) / 3, and a common beginning adds four tenths of what lacks to 1, at most. Bytes in common are no more
 * than the bits that are, and the rest of either text. `bits`, a column of `commonBitsSql`, is asked first: most pairs fail it, and
 * whole numbers are cheap.
 */
export function similarSql(columns: LetterColumns, bits: string, least: number, winkler: boolean): string {
  const { rest, share, first } = columns;
  const common = `(${sharedSql(columns)} + least(${rest}_l, ${rest}_r))`;
  const [other, same] = [needed(least), needed(beyondPrefix(least))];
  const spared = winkler ? ` - (${first}_l = ${first}_r)::DOUBLE * ${numberSql(other - same)}` : '';
  const few = `${sharedSql(columns)} >= greatest(${bits}_l, ${bits}_r)`;
  return `(${few} AND ${common} * (${share}_l + ${share}_r) >= ${numberSql(other)}${spared})`;
}
