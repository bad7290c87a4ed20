import type { RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { stagedColumns } from '../interchange-columns.ts';
import type { Blanks } from '../plain-text-survey.ts';
import { datedSql, identityValidation } from './identity.ts';
import { DATED_BIT, type IssueRule, issueBitsSql, rejectMask } from './issue-rule.ts';
import type { SendersOwn } from './kind-validation.ts';
import { KIND_VALIDATIONS } from './kinds.ts';

/** Problems that a row of `kind` may have, in the order of their bits. */
export function issueRules(kind: RowKind, asOf: CivilDate): readonly IssueRule[] {
  return [...identityValidation(asOf, kind === 'inscriptions').issues, ...KIND_VALIDATIONS[kind].issues];
}

/** Canonical columns of the validated rows of `kind`, after `outcome` and `issue_bits`. */
export function canonicalColumns(kind: RowKind, asOf: CivilDate): readonly string[] {
  return Object.keys({ ...canonical(kind, asOf), ...sendersOwn(kind, asOf) });
}

function canonical(kind: RowKind, asOf: CivilDate): Record<string, string> {
  const identity = identityValidation(asOf, kind === 'inscriptions');
  return { ...identity.canonical, ...KIND_VALIDATIONS[kind].canonical };
}

function sendersOwn(kind: RowKind, asOf: CivilDate): Record<string, SendersOwn> {
  const identity = identityValidation(asOf, kind === 'inscriptions');
  return { ...identity.sendersOwn, ...KIND_VALIDATIONS[kind].sendersOwn };
}

/**
 * Columns that `validatedRowsSql` leaves out for rows of the interchange format, as a list to select beside those it gives.
 * Columns that are NULL for all rows stand in neither.
 */
export function leftOutColumnsSql(kind: RowKind, asOf: CivilDate): string {
  return Object.entries(sendersOwn(kind, asOf))
    .filter(([, { interchange }]) => interchange !== 'NULL')
    .map(([name, { interchange }]) => `, CASE WHEN outcome = 'record' THEN ${interchange} END AS ${name}`)
    .join('');
}

/** Bytes of lines that a row group holds. Larger ones take more memory, and gain nothing. */
const GROUP_BYTES = 8_000_000;
const ROW_GROUP_MAX = 245_760;

/**
 * How validated rows are kept, read from lines of `rowBytes` bytes on average. Names, codes and telephones hardly repeat:
 * it is dear to look for repeats in more than a few values, and nobody looks rows up by a filter.
 */
export function rowsParquet(rowBytes: number, compression: 'lz4_raw' | 'uncompressed' = 'lz4_raw'): string {
  const rows = Math.min(ROW_GROUP_MAX, Math.max(1, Math.round(GROUP_BYTES / rowBytes)));
  return `(FORMAT parquet, PARQUET_VERSION v2, COMPRESSION ${compression}, ROW_GROUP_SIZE ${rows}, DICTIONARY_SIZE_LIMIT 1000, WRITE_BLOOM_FILTER false)`;
}

export interface RowsSqlRequest {
  readonly kind: RowKind;
  readonly asOf: CivilDate;
  /** Relation with the columns of `stagedColumns(kind)` as text (those missing in `present` read as NULL), and those of its origin. */
  readonly from: string;
  readonly present: ReadonlySet<string>;
  /**
   * Staged rows bring file_key, ordinal, sub, position and x_stricte, the first four of which are passed through unchanged,
   * first. Rows read straight from interchange files bring copy_no alone: all count as sub 0 and as strict.
   */
  readonly origin: 'staged' | 'interchange';
  /** Blanks with which texts may begin or end; spaces when not told. */
  readonly blanks?: Blanks;
}

/**
 * One SELECT that reads, validates and brings a kind's rows to canonical columns, in the order of the input:
 * `outcome` ('record', 'reject', 'removed'), `issue_bits` (the bits of its problems, and DATED_BIT), then the canonical columns, all NULL unless it is a record:
 * nothing of a removed or rejected person is ever written. Of an interchange file the columns that are the same for all
 * records are left out (`leftOutColumnsSql`), and so are copies of columns that the file lacks.
 */
export function validatedRowsSql(request: RowsSqlRequest): string {
  const { kind, asOf, from, present } = request;
  const staged = request.origin === 'staged';
  const identity = identityValidation(asOf, kind === 'inscriptions');
  const own = KIND_VALIDATIONS[kind];
  const rules = issueRules(kind, asOf);
  const trimmed = TRIMMED[request.blanks ?? 'spaces'];
  const cleaned = stagedColumns(kind)
    .filter((name) => name !== 'x_stricte')
    .map((name) => (present.has(name) ? `${trimmed(name)} AS ${name}` : `NULL::VARCHAR AS ${name}`));
  const columns = writtenColumns(request).map(
    ([name, sql]) => `CASE WHEN is_record THEN ${sql} END AS ${name}`,
  );
  return `
    SELECT ${staged ? 'file_key, ordinal, sub, position' : 'copy_no'}, CASE WHEN is_record THEN 'record' WHEN is_removed THEN 'removed' ELSE 'reject' END AS outcome, issue_bits,
      ${columns.join(',\n      ')}
    FROM (SELECT *, issue_bits & ${rejectMask(rules)} = 0 AND NOT is_removed AS is_record
    FROM (SELECT *, coalesce(identified AND under16, false) AS is_removed
    FROM (SELECT *, (${issueBitsSql(rules)} + CASE WHEN ${datedSql(asOf)} THEN ${DATED_BIT} ELSE 0 END)::BIGINT AS issue_bits
    FROM (SELECT *, ${expressions({ ...identity.derived, ...own.derived })}
    FROM (SELECT *, ${expressions({ ...identity.parsed, ...own.parsed })}
    FROM (SELECT ${staged ? 'file_key, ordinal, position, sub, x_stricte' : "copy_no, 0 AS sub, '1' AS x_stricte"}, ${cleaned.join(', ')}
    FROM ${from}))))))`;
}

function writtenColumns({ kind, asOf, origin, present }: RowsSqlRequest): [string, string][] {
  const columns = Object.entries(canonical(kind, asOf));
  if (origin === 'interchange') {
    const lacking = new Set(stagedColumns(kind).filter((name) => !present.has(name)));
    return columns.filter(([, sql]) => !lacking.has(sql));
  }
  const own = Object.entries(sendersOwn(kind, asOf)).map(([name, { sql }]): [string, string] => [name, sql]);
  return [...columns, ...own];
}

function expressions(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(', ');
}

/** All blanks that `String.prototype.trim` takes away, which the readers use. Source: ECMA-262, WhiteSpace and LineTerminator. */
const BLANKS =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

function trimmedOfAllSql(name: string): string {
  return `nullif(trim("${name}", ${literal(BLANKS)}), '')`;
}

/** Most values need no trimming, which costs far more than looking at both ends; empty texts are NULL already (nullstr). */
function trimmedSql(name: string): string {
  return `CASE WHEN prefix("${name}", ' ') OR suffix("${name}", ' ') THEN nullif(trim("${name}"), '') ELSE "${name}" END`;
}

const TRIMMED: Readonly<Record<Blanks, (name: string) => string>> = {
  none: (name) => `"${name}"`,
  spaces: trimmedSql,
  odd: trimmedOfAllSql,
};
