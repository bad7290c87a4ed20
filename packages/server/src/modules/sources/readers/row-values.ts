/** Values of one part of a row, by column of the interchange format; what is absent is undefined. */
export type RowValues = Record<string, string | undefined>;

/** Trimmed, undefined when nothing is left. */
export function clean(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** A JSON value as text; objects, arrays and null are undefined. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return plainNumber(value);
  return undefined;
}

/** A number without exponent: `1e21` and a telephone kept as a number must not change their digits. */
export function plainNumber(value: number): string {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value).toString() : String(value);
}

/** A JSON object, or undefined for anything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

const CIVIL_DATE_CHARACTERS = 10;

/** A date without the time that APIs put after it; a date is civil, so no zone is applied. */
export function dateOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && text.length > CIVIL_DATE_CHARACTERS && /^\d{4}-\d{2}-\d{2}[T ]/.test(text)
    ? text.slice(0, CIVIL_DATE_CHARACTERS)
    : text;
}

const SEX_LETTERS: Readonly<Record<string, string>> = { '1': 'M', H: 'M', M: 'M', '2': 'F', F: 'F' };

/** Sex as the ministry codes it (`1`, `2`) or as letters; anything else comes back for intake to judge. */
export function sexOf(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return SEX_LETTERS[code.toUpperCase()] ?? code;
}

/** Lines of an address, empty ones left out, one under the other. */
export function addressOf(lines: readonly (string | undefined)[]): string | undefined {
  let address: string | undefined;
  for (const written of lines) {
    const line = clean(written);
    if (line !== undefined) address = address === undefined ? line : `${address}\n${line}`;
  }
  return address;
}

const SCHOOL_STATUSES: Readonly<Record<string, string>> = { ST: 'scolaire', AP: 'apprenti', FQ: 'stagiaire' };

/** Status of an enrolment from SIECLE and SYGNE: ST pupil, AP apprentice, FQ qualifying training; absent = pupil. Source: formats §1, §2. */
export function schoolStatusOf(code: string | undefined): string {
  if (code === undefined) return 'scolaire';
  return SCHOOL_STATUSES[code.toUpperCase()] ?? 'autre';
}
