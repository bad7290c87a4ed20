import { type FileKind, type FileSource, type RowKind, SOURCES } from '@raccroche/contract';
import { ownIdSql } from './delivery-ids.ts';

/** The source that each kind of file belongs to. */
export const SOURCE_OF_KIND = {
  'siecle-xml': 'SIECLE',
  'sygne-list': 'SYGNE',
  'sygne-detail': 'SYGNE',
  'sygne-schoolings': 'SYGNE',
  'fregata-json': 'FREGATA',
  'fregata-csv': 'FREGATA',
  'cfa-effectifs': 'CFA',
  'insee-deces': 'INSEE',
  'interchange-inscriptions': 'INTERCHANGE',
  'interchange-diplomes': 'INTERCHANGE',
  'interchange-contrats': 'INTERCHANGE',
  'interchange-accompagnements': 'INTERCHANGE',
} as const satisfies Record<FileKind, FileSource>;

/** The source of interchange files, and how it ranks. */
export const INTERCHANGE = 'INTERCHANGE' satisfies FileSource;
export const INTERCHANGE_RANK = SOURCES.indexOf(INTERCHANGE) + 1;

/** How a source ranks among those that tell who somebody is, of the file `f`. */
export const RANK_SQL = `CASE f.source ${SOURCES.map((source, index) => `WHEN '${source}' THEN ${index + 1}`).join(' ')} END`;
/** On which day a row `r` of a file `f` was written; NULL when nobody tells. */
export const RECORDED_ON = 'coalesce(r.updated_on, f.extracted_on)';

/** The id of the record of a row, and what tells it beside the row `r` and its file `f`; of which rows, if not of all in their order. */
export interface RecordIds {
  readonly id: string;
  readonly join: string;
  readonly only?: string | undefined;
}
export const OWN_IDS: RecordIds = { id: ownIdSql('f.delivery_id', 'r.ordinal'), join: '' };
export const HELD_IDS: RecordIds = {
  id: `coalesce(h.record_id, ${OWN_IDS.id})`,
  join: 'LEFT JOIN sources.held_ids h ON h.file_no = r.file_no AND h.ordinal = r.ordinal',
};

export const REPRESENTATIVE_COLUMNS = [1, 2].flatMap((rank) =>
  ['family_name', 'first_name', 'relation', 'phone', 'email'].map((part) => `rep${rank}_${part}`),
);

/** Columns of `sources.records` that the rows of any kind hold. */
export const PERSON_COLUMNS = [
  'source_id',
  'family_name',
  'usage_name',
  'first_name1',
  'first_name2',
  'first_name3',
  'sex',
  'birth_date',
  'birth_commune',
  'birth_country',
  'address',
  'postal_code',
  'commune',
  'residence_country',
  'phone',
  'mobile',
  'email',
  ...REPRESENTATIVE_COLUMNS,
] as const;
export const NAME_COLUMNS: readonly string[] = PERSON_COLUMNS.slice(1, 10);

/**
 * Relation of `sources` with the validated rows of a kind: as they lie, which one thread alone reads, or, where their order is not asked for
 * (`RecordIds.only`), as threads come to them.
 */
export const rowsOf = ({ only }: RecordIds, kind: RowKind) =>
  `${only === undefined ? 'rows' : 'unplaced'}_${kind}` as const;

/** An anti join: what is excluded is little, and a NOT EXISTS would gather all rows to look them up, more than a country leaves room for. */
export const notExcluded = (from: string) =>
  `(SELECT * FROM sources.${from} ANTI JOIN sources.excluded USING (file_no, ordinal)) r`;

/**
 * Rows of a kind as `usable` takes them, but for those told beside somebody who is not kept. Whoever asks for the rows that make a record (`sub = 0`)
 * needs not look: who is not kept is such a row himself, and its `outcome` says so.
 */
export const besideKept = (ids: RecordIds, kind: RowKind) =>
  `${rowsOf(ids, kind)} ANTI JOIN sources.unkept_people USING (file_no, ordinal)`;

/** Rows of a kind that count: validated, of a file that was read, not told twice. */
export const usable = (ids: RecordIds, kind: RowKind, more = '', from: string = rowsOf(ids, kind)) => `
  FROM ${notExcluded(from)} JOIN sources.files f USING (file_no) ${ids.join}
  WHERE r.outcome = 'record' AND NOT f.rejected ${more}`;
