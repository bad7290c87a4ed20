import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  DECISION_FAULTS,
  DECISION_WORDS,
  type DecisionFaultCode,
  type DecisionVerdict,
} from '@raccroche/contract';
import { parseCivilDate } from '../../../kernel/civil-date.ts';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { DeathDecision, LitigeDecision } from '../../linkage/index.ts';
import { type CsvRow, FileRejection, issueMessage, openText, readCsvRows } from '../../sources/index.ts';
import { parseDeathCode } from '../death-code.ts';
import { parseSiei } from '../siei.ts';
import { DECISION_COLUMNS, type DecisionColumn, TEXT_MAX } from './decision-columns.ts';

export interface DecisionFile {
  /** Name without folders. */
  readonly name: string;
  readonly sha256: string;
  readonly decisions: readonly LitigeDecision[];
  readonly deathDecisions: readonly DeathDecision[];
}

/** What is wrong with one line; `code` is of DECISION_FAULTS, or `ligne_illisible` of intake. */
interface Fault {
  readonly line: string;
  readonly code: string;
  readonly field?: DecisionColumn;
}

const FAULTS_TOLD = 10;

/**
 * Reads a file of decisions. Lines whose `decision` is empty are questions not yet answered: left out. Columns besides those of
 * the template are not read. Throws a RaccrocheError that tells all faults (the first ten in words): a decision lost in
 * silence would join or part people against what somebody decided.
 */
export async function readDecisions(path: string): Promise<DecisionFile> {
  const bytes = readBytes(path);
  const decisions: LitigeDecision[] = [];
  const deathDecisions: DeathDecision[] = [];
  const faults: Fault[] = [];
  await readRows(
    bytes,
    (row, line) => {
      if (!row.has('decision')) return;
      const found = readDecision(row, line);
      if ('code' in found) faults.push(found);
      else if ('deathCode' in found) deathDecisions.push(found);
      else decisions.push(found);
    },
    (line, code) => faults.push({ line, code }),
  );
  if (faults.length > 0) throw refusal(path, faults.map(faultText));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: basename(path), sha256, decisions, deathDecisions };

  async function readRows(
    content: Buffer,
    onRow: (row: CsvRow, line: string) => void,
    reject: (line: string, code: string) => void,
  ): Promise<void> {
    const known: ReadonlySet<string> = new Set(DECISION_COLUMNS.map(({ name }) => name));
    let headed = false;
    const columnOf = (header: string) => {
      headed = true;
      const name = header.trim().toLowerCase();
      return known.has(name) ? name : undefined;
    };
    try {
      const { text } = await openText(() => once(content));
      const shape = { columnOf, required: [...known].filter((name) => name !== 'motif') };
      await readCsvRows(text, shape, onRow, { reject, drained: () => Promise.resolve() });
    } catch (cause) {
      if (!(cause instanceof FileRejection)) throw cause;
      // A header alone says that nothing is decided any more.
      if (cause.code === 'fichier_vide' && headed) return;
      throw refusal(path, [`${issueMessage(cause.code, cause.field ?? null)} (${cause.code})`]);
    }
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new RaccrocheError(
      'decisions_not_found',
      `« ${path} » est introuvable ou ne peut pas être lu. Donnez à --decisions un fichier CSV.`,
      EXIT_CODES.usage,
    );
  }
}

async function* once(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

function readDecision(row: CsvRow, line: string): LitigeDecision | DeathDecision | Fault {
  const fault = (code: DecisionFaultCode, field: DecisionColumn): Fault => ({ line, code, field });
  const [left, right] = [readSide(row.get('siei_1')), readSide(row.get('siei_2'))];
  if (left === undefined) return fault('decision_numero_faux', 'siei_1');
  if (right === undefined) return fault('decision_numero_faux', 'siei_2');
  const verdict = verdictOf(row.get('decision') ?? '');
  if (verdict === undefined) return fault('decision_hors_liste', 'decision');
  const decidedOn = parseCivilDate(row.get('date_decision'));
  if (decidedOn === undefined) return fault('decision_date_illisible', 'date_decision');
  const [role, reason] = [plainText(row.get('role')), plainText(row.get('motif'))];
  if (role === '') return fault('decision_role_absent', 'role');
  if (role.length > TEXT_MAX) return fault('decision_texte_long', 'role');
  if (reason.length > TEXT_MAX) return fault('decision_texte_long', 'motif');
  const decided = { line: Number(line), verdict, decidedOn, role, reason };
  if ('deathCode' in left) {
    return 'deathCode' in right ? fault('decision_deux_deces', 'siei_2') : { ...decided, ...left, ...right };
  }
  if ('deathCode' in right) return { ...decided, ...left, ...right };
  return { ...decided, numbers: [left.number, right.number] };
}

type Side = { readonly number: string } | { readonly deathCode: string };

function readSide(cell: string | undefined): Side | undefined {
  const deathCode = parseDeathCode(cell ?? '');
  if (deathCode !== undefined) return { deathCode };
  const { siei } = parseSiei(cell ?? '');
  return siei === undefined ? undefined : { number: siei };
}

function verdictOf(word: string): DecisionVerdict | undefined {
  const words: Readonly<Record<string, DecisionVerdict | undefined>> = { ...DECISION_WORDS };
  return words[word.trim().toLowerCase()];
}

/** One line, whatever was pasted into the cell. */
function plainText(text: string | undefined): string {
  return (text ?? '').replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function faultText({ line, code, field }: Fault): string {
  const sentences: Readonly<Record<string, string>> = DECISION_FAULTS;
  const sentence = sentences[code]?.replaceAll('{champ}', field ?? '?') ?? issueMessage(code, null);
  return `ligne ${line} : ${sentence} (${code})`;
}

function refusal(path: string, told: readonly string[]): RaccrocheError {
  const more = told.length > FAULTS_TOLD ? [`et ${told.length - FAULTS_TOLD} autres lignes`] : [];
  return new RaccrocheError(
    'decisions_refused',
    `« ${path} » n’est pas utilisable, rien n’en est appliqué :\n  ${[...told.slice(0, FAULTS_TOLD), ...more].join('\n  ')}`,
    EXIT_CODES.invalid,
  );
}
