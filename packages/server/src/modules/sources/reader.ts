import type { FileKind, IntakeIssueCode, RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';

/**
 * The seam between the readers (one file a sender's format) and intake (validation, counting, tables).
 * A reader only brings the sender's words to the columns of the interchange format; it judges no value
 * that intake can judge. All values are texts as the sender wrote them; an absent value is left out.
 */

/** Columns that senders' own formats need besides those of the interchange format. All are '1' or absent unless said. */
export const INTERNAL_COLUMNS = {
  inscriptions: [
    'x_ina', // agricultural identifier, when the sender's identifier is not an INE
    'x_cfa_statut', // statut_apprenant of CFA effectifs: 0, 2 or 3
    'x_hors_classe', // on the rolls, in no class, no end told
    'x_non_inscrit', // FREGATA 2505: no enrolment
    'x_abandon_sans_date', // CFA abandon whose date the reader deduced
    'x_par_ine', // SYGNE schoolings: no identity, attaches to the records with that INE
    'x_sans_scolarite', // SYGNE detail: identity and address alone, no spell
  ],
  diplomes: [],
  contrats: [],
  accompagnements: [],
} as const satisfies Record<RowKind, readonly string[]>;

/** A part of a sender's row, in the columns of the interchange format for `kind` (see interchange-columns.ts). */
export interface RowPart {
  readonly kind: RowKind;
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** One line of a file of deaths, its fields as written: what it takes to recognise somebody, and the day of death. */
export interface DeathRow {
  /** `NOM*PRENOM1 PRENOM2/`, padded. */
  readonly names: string;
  /** 1 male, 2 female. */
  readonly sex: string;
  /** `yyyymmdd`; a part that is not known is zeros. */
  readonly birthDate: string;
  /** INSEE code of a commune, or of a country (99xxx). */
  readonly birthPlace: string;
  /** As `birthDate`. */
  readonly deathDate: string;
}

/** Takes what a reader finds, in the order of the file. Synchronous, so that parsers can call it from their events. */
export interface RowSink {
  /**
   * One row of the sender, counted once. The first part carries the identity and makes the record: an enrolment, unless the file is of the
   * interchange format. The others (contracts, an award, further schoolings) attach to it and need no identity columns.
   */
  row(position: string, parts: readonly RowPart[]): void;
  /** One death, counted once: kept when it may be of somebody whom the campaign is about, else counted as out of scope. */
  death(position: string, row: DeathRow): void;
  /** One row of the sender that the reader cannot bring to any part; counted once, as a reject. */
  reject(position: string, code: IntakeIssueCode, field?: string): void;
  /** Something to tell about a row that is (or was just) given to `row`. */
  warn(position: string, code: IntakeIssueCode, field?: string): void;
  /** Something to tell once about the file. */
  fileWarning(code: IntakeIssueCode, field?: string): void;
  /** What the file says of itself; the sidecar wins over it. */
  describe(facts: FileFacts): void;
  /** Resolves when the rows given so far are on their way to disk: await it once a chunk of input, so that memory stays flat. */
  drained(): Promise<void>;
}

export interface FileFacts {
  readonly uai?: string | undefined;
  /** Year in which the school year starts. */
  readonly schoolYear?: number | undefined;
  readonly extractedOn?: CivilDate | undefined;
}

/** What a reader is given: the bytes of one file (already taken out of its archive), and its sidecar. */
export interface ReaderInput {
  /** Opens the file again, from its first byte, at each call: a reader may need a look at the whole before it decides. */
  readonly bytes: () => AsyncIterable<Uint8Array>;
  readonly sidecar: Sidecar;
}

/** `FILE.EXT.meta.json` beside a file, all optional. */
export interface Sidecar {
  readonly sender?: string | undefined;
  readonly uai?: string | undefined;
  readonly schoolYear?: number | undefined;
  readonly extractedOn?: CivilDate | undefined;
}

export interface Reader {
  readonly kind: FileKind;
  /** Reads the whole file. Throws FileRejection when the file as a whole cannot be used. */
  read(input: ReaderInput, sink: RowSink): Promise<void>;
}

/** A whole file is refused: none of its rows is used. */
export class FileRejection extends Error {
  readonly code: IntakeIssueCode;
  readonly field: string | undefined;

  constructor(code: IntakeIssueCode, field?: string, options?: ErrorOptions) {
    super(field === undefined ? code : `${code} (${field})`, options);
    this.name = 'FileRejection';
    this.code = code;
    this.field = field;
  }
}
