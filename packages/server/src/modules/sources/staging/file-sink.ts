import { INTAKE_ISSUES, type IntakeIssueCode, isValidUai, type RowKind } from '@raccroche/contract';
import { type CivilDate, lastBirthOfAge, parseCivilDate } from '../../../kernel/civil-date.ts';
import { judgeDeath } from '../deaths/judge-death.ts';
import type { DeathRow, FileFacts, RowPart, RowSink, Sidecar } from '../reader.ts';
import type { StagingWriter } from './staging-writer.ts';

/** A problem found before validation: by a reader, or for a file as a whole. */
export interface EarlyIssue {
  readonly fileKey: number;
  readonly ordinal: number | null;
  readonly position: string | null;
  readonly field: string | null;
  readonly code: IntakeIssueCode;
}

export interface FileSinkRequest {
  readonly fileKey: number;
  readonly asOf: CivilDate;
  readonly sidecar: Sidecar;
  /** Rows of an interchange file: all that the format asks is asked. */
  readonly strict: boolean;
  readonly writers: Readonly<Record<RowKind | 'deces', StagingWriter>>;
  readonly onRow?: () => void;
}

const UNDER = 16;
/** No row of ours is near this long; the engine refuses the line of a row that is, and with it those of all files. */
const LONGEST_ROW_CHARACTERS = 1_000_000;
/** A position is told in the rejects: what is longer is not one. */
const LONGEST_POSITION_CHARACTERS = 100;

/** Counts and stages the rows of one file. Under-16s are dropped here: nothing of them is written. */
export class FileSink implements RowSink {
  rows = 0;
  removedUnder16 = 0;
  deaths = 0;
  outOfScope = 0;
  facts: FileFacts = {};
  readonly issues: EarlyIssue[] = [];
  readonly #request: FileSinkRequest;
  /** Day of birth of the youngest who are read. */
  readonly #youngest: CivilDate;
  readonly #uaiVerdicts = new Map<string, boolean>();
  /** Warnings told before the row that they are about. */
  readonly #lastPosition: { position?: string; ordinal?: number } = {};

  constructor(request: FileSinkRequest) {
    this.#request = request;
    this.#youngest = lastBirthOfAge(UNDER, request.asOf);
    this.facts = { uai: request.sidecar.uai };
    this.#tellOwnUai(request.sidecar.uai);
  }

  row(told: string, parts: readonly RowPart[]): void {
    const position = told.length > LONGEST_POSITION_CHARACTERS ? `#${this.rows + 1}` : told;
    if (isTooLong(parts)) {
      this.reject(position, 'ligne_illisible');
      return;
    }
    const ordinal = this.#next(position);
    const { fileKey, asOf, writers, strict } = this.#request;
    const first = parts[0]?.kind ?? 'inscriptions';
    if (!strict && first !== 'inscriptions')
      throw new TypeError(`${first} before the enrolment that they are of`);
    const birth = parseCivilDate(parts[0]?.values.date_naissance);
    if (birth !== undefined && birth > this.#youngest && birth <= asOf) {
      this.removedUnder16 += 1;
      this.#forget(position);
      return;
    }
    let sub = 0;
    for (const part of parts) {
      const accepted = part.values.uai !== undefined && this.#isOwnOddUai(part.values.uai);
      const values =
        strict || accepted
          ? {
              ...part.values,
              ...(strict ? { x_stricte: '1' } : {}),
              ...(accepted ? { x_uai_accepte: '1' } : {}),
            }
          : part.values;
      writers[part.kind].write([fileKey, ordinal, sub, position], values);
      sub += 1;
    }
  }

  death(position: string, row: DeathRow): void {
    const { fileKey, asOf, writers } = this.#request;
    const judged = judgeDeath(row, asOf);
    if (judged === 'out_of_scope') {
      this.#next(position);
      this.outOfScope += 1;
    } else if ('code' in judged) this.reject(position, judged.code, judged.field);
    else {
      const ordinal = this.#next(position);
      this.deaths += 1;
      if (judged.partial) this.warn(position, 'deces_date_partielle', 'date_deces');
      writers.deces.write([fileKey, ordinal, 0, position], judged.values);
    }
  }

  reject(position: string, code: IntakeIssueCode, field?: string): void {
    const ordinal = this.#next(position);
    this.issues.push({ fileKey: this.#request.fileKey, ordinal, position, field: field ?? null, code });
  }

  warn(position: string, code: IntakeIssueCode, field?: string): void {
    const { fileKey } = this.#request;
    // Told of the row just given, or of the next one.
    const ordinal =
      this.#lastPosition.position === position ? (this.#lastPosition.ordinal ?? 0) : this.rows + 1;
    this.issues.push({ fileKey, ordinal, position, field: field ?? null, code });
  }

  fileWarning(code: IntakeIssueCode, field?: string): void {
    const { fileKey } = this.#request;
    this.issues.push({ fileKey, ordinal: null, position: null, field: field ?? null, code });
  }

  describe(facts: FileFacts): void {
    const { sidecar } = this.#request;
    this.facts = {
      uai: sidecar.uai ?? facts.uai,
      schoolYear: sidecar.schoolYear ?? facts.schoolYear,
      extractedOn: sidecar.extractedOn ?? facts.extractedOn,
    };
    if (sidecar.uai === undefined) this.#tellOwnUai(facts.uai);
  }

  async drained(): Promise<void> {
    for (const writer of Object.values(this.#request.writers)) await writer.drained();
  }

  /** Rows that a reader rejected. */
  get rejects(): number {
    return this.issues.filter(
      ({ ordinal, code }) => ordinal !== null && INTAKE_ISSUES[code].severity === 'rejet',
    ).length;
  }

  #next(position: string): number {
    this.rows += 1;
    this.#lastPosition.position = position;
    this.#lastPosition.ordinal = this.rows;
    this.#request.onRow?.();
    return this.rows;
  }

  /** Not even the position of an under-16 is kept. */
  #forget(position: string): void {
    for (
      let index = this.issues.length - 1;
      index >= 0 && this.issues[index]?.position === position;
      index--
    ) {
      this.issues.splice(index, 1);
    }
  }

  #tellOwnUai(uai: string | undefined): void {
    if (uai !== undefined && !isValidUai(uai.toUpperCase()))
      this.fileWarning('uai_fichier_cle_fausse', 'uai');
  }

  /** The file's own establishment is kept even when its key letter is wrong: the file is read, with one warning. */
  #isOwnOddUai(uai: string): boolean {
    if (uai !== this.facts.uai) return false;
    let odd = this.#uaiVerdicts.get(uai);
    if (odd === undefined) {
      odd = !isValidUai(uai.toUpperCase());
      this.#uaiVerdicts.set(uai, odd);
    }
    return odd;
  }
}

/** A loop over the keys: this runs once a row. */
function isTooLong(parts: readonly RowPart[]): boolean {
  for (const { values } of parts) {
    let length = 0;
    for (const name in values) length += values[name]?.length ?? 0;
    if (length > LONGEST_ROW_CHARACTERS) return true;
  }
  return false;
}
