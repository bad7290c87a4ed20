/** What a column seems to hold. `category`: few values (sex, state); `text`: anything else that can be compared. */
export const MEANINGS = [
  'id',
  'first_name',
  'family_name',
  'full_name',
  'date',
  'year',
  'month',
  'day',
  'postal_code',
  'email',
  'phone',
  'city',
  'identifier',
  'sex',
  'category',
  'address',
  'street_number',
  'text',
  'nothing',
] as const;
export type Meaning = (typeof MEANINGS)[number];

/** How dates are written: year first with dashes, eight digits, day first or month first with any separator. */
export type DateFormat = 'ymd' | 'compact' | 'dmy' | 'mdy';

export interface ValueCount {
  readonly value: string;
  readonly rows: number;
}

/** A column described. Values are as text, without blanks around them; blank texts count as missing. */
export interface ColumnProfile {
  readonly name: string;
  /** Type that the engine gives it, as `VARCHAR`. */
  readonly type: string;
  readonly rows: number;
  /** Rows without a value. */
  readonly missing: number;
  readonly distinct: number;
  /** Most frequent values, the commonest first; ties in the order of the values. */
  readonly top: readonly ValueCount[];
  /** Characters. 0 when there is no value. */
  readonly length: { readonly least: number; readonly mean: number; readonly most: number };
  /** Commonest shapes: `A` for letters, `9` for digits, each run once: `9 A A`; other characters stay. */
  readonly shapes: readonly ValueCount[];
  /** Bits that a value tells, on average: 0 (one value) to log2(rows). */
  readonly entropy: number;
  readonly meaning: Meaning;
  /** 0 to 1: how sure the meaning is. Header and content that agree give the most. */
  readonly confidence: number;
  /** Of dates. */
  readonly dateFormat?: DateFormat;
  /** Words among the values that stand for a missing one: `NA`, `UNKNOWN`; as written. */
  readonly placeholders: readonly string[];
}

/** Shares (0 to 1) of the rows with a value, by what the value looks like. */
export interface ContentSignals {
  readonly filled: number;
  readonly distinct: number;
  readonly meanLength: number;
  readonly meanWords: number;
  /** Nothing but letters, blanks, hyphens, apostrophes and full stops. */
  readonly letters: number;
  readonly digits: number;
  /** Letters and digits both. */
  readonly mixed: number;
  readonly email: number;
  readonly phone: number;
  readonly ymd: number;
  readonly compact: number;
  readonly dmy: number;
  readonly mdy: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** At most six characters and at least one digit. */
  readonly shortNumber: number;
  readonly postal: number;
  /** All values are of one length, or nearly. */
  readonly oneLength: number;
}
