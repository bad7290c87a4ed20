import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** Folder of the hand-written case: deliveries and what must come out of them. */
export const CASE_FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'case-2025-11-15');
export const DELIVERIES = join(CASE_FOLDER, 'deliveries');
export const AS_OF = '2025-11-15';
export const RULE_SETS = ['siei-2011', 'no-diploma', 'obligation-16-18'] as const;
export type RuleSetId = (typeof RULE_SETS)[number];

/** Names of the letters that expected.csv puts before a flag that only one rule set has to raise. */
const RULE_SET_LETTERS: Readonly<Record<string, RuleSetId>> = {
  A: 'siei-2011',
  B: 'no-diploma',
  C: 'obligation-16-18',
};

export interface ExpectedFlag {
  readonly flag: string;
  /** Absent: in every rule set that lists the person. */
  readonly ruleSet?: RuleSetId;
}

/** One line of expected.csv. Rows are written `file@position`; the file inside an archive is not named. */
export interface ExpectedPerson {
  readonly label: string;
  /** Family or usage name as the sender wrote it; several when the senders disagree. */
  readonly names: readonly string[];
  readonly firstName: string;
  readonly rows: readonly string[];
  readonly listedIn: readonly RuleSetId[];
  readonly age: number;
  readonly list: string;
  readonly reason: string;
  /** Civil date, or '' when it must be empty. */
  readonly leftOn: string;
  readonly flags: readonly ExpectedFlag[];
  readonly missionLocale: string;
  readonly situations: readonly string[];
  /** French sentence with the paragraph of the rules. */
  readonly why: string;
}

/** One line of expected-rejets.csv. `position` is '' for a whole file; `field` is '*' when it is not judged. */
export interface ExpectedIssue {
  readonly file: string;
  readonly position: string;
  readonly field: string;
  readonly code: string;
  readonly severity: string;
  readonly why: string;
}

const TOTALS = z.strictObject({
  rows: z.number(),
  records: z.number(),
  rejects: z.number(),
  removedUnder16: z.number(),
  rejectedFiles: z.number(),
  persons: z.number(),
  litiges: z.array(z.number()).nonempty(),
  removedRows: z.array(z.string()),
});
export type ExpectedTotals = z.infer<typeof TOTALS>;

/** Rows of a `;` file by column name. Throws when a line has not as many columns as the header. */
export function parseSemicolonCsv(text: string): Record<string, string>[] {
  return parse(text, { delimiter: ';', columns: true, bom: true, skip_empty_lines: true });
}

function readCase(name: string): string {
  return readFileSync(join(CASE_FOLDER, name), 'utf8');
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

function flagOf(word: string): ExpectedFlag {
  const [letter = '', flag] = word.split(':');
  if (flag === undefined) return { flag: word };
  const ruleSet = RULE_SET_LETTERS[letter];
  if (!ruleSet) throw new Error(`expected.csv: unknown rule set letter in ${word}`);
  return { flag, ruleSet };
}

/** Everybody of expected.csv, listed or not, in its order. */
export function readExpectedPersons(): ExpectedPerson[] {
  return parseSemicolonCsv(readCase('expected.csv')).map((row) => ({
    label: row.personne ?? '',
    names: (row.nom ?? '').split('|'),
    firstName: row.prenom ?? '',
    rows: (row.lignes ?? '').split(' + '),
    listedIn: RULE_SETS.filter((ruleSet) => row[ruleSet] === 'oui'),
    age: Number(row.age),
    list: row.liste ?? '',
    reason: row.motif ?? '',
    leftOn: row.sorti_le ?? '',
    flags: words(row.drapeaux).map(flagOf),
    missionLocale: row.mission_locale ?? '',
    situations: words(row.situations),
    why: row.pourquoi ?? '',
  }));
}

export function readExpectedIssues(): ExpectedIssue[] {
  return parseSemicolonCsv(readCase('expected-rejets.csv')).map((row) => ({
    file: row.fichier ?? '',
    position: row.position ?? '',
    field: row.champ ?? '',
    code: row.code ?? '',
    severity: row.gravite ?? '',
    why: row.pourquoi ?? '',
  }));
}

export function readExpectedTotals(): ExpectedTotals {
  return TOTALS.parse(JSON.parse(readCase('expected-totals.json')));
}
