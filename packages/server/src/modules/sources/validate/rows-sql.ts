import type { RowKind } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { stagedColumns } from '../interchange-columns.ts';
import type { Blanks } from '../plain-text-survey.ts';
import { identityValidation } from './identity.ts';
import { type IssueRule, issueBitsSql, rejectMask } from './issue-rule.ts';
import { KIND_VALIDATIONS } from './kinds.ts';

/** Problems that a row of `kind` may have, in the order of their bits. */
export function issueRules(kind: RowKind, asOf: CivilDate): readonly IssueRule[] {
  return [...identityValidation(asOf, kind === 'inscriptions').issues, ...KIND_VALIDATIONS[kind].issues];
}

/** Canonical columns of the validated rows of `kind`, after `outcome` and `issue_bits`. */
export function canonicalColumns(kind: RowKind, asOf: CivilDate): readonly string[] {
  return Object.keys(canonical(kind, asOf));
}

function canonical(kind: RowKind, asOf: CivilDate): Record<string, string> {
  const identity = identityValidation(asOf, kind === 'inscriptions');
  return { ...identity.canonical, ...KIND_VALIDATIONS[kind].canonical };
}

/**
 * How validated rows are kept. Names, codes and telephones hardly repeat: it is dear to look for repeats in more than a
 * few values, and nobody looks rows up by a filter.
 */
export const ROWS_PARQUET =
  '(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 61440, DICTIONARY_SIZE_LIMIT 1000, WRITE_BLOOM_FILTER false)';

export interface RowsSqlRequest {
  readonly kind: RowKind;
  readonly asOf: CivilDate;
  /** Relation with the columns of `stagedColumns(kind)` as text (those missing in `present` read as NULL) and `sub`. */
  readonly from: string;
  readonly present: ReadonlySet<string>;
  /** Columns passed through unchanged, first: file_no, ordinal, sub, position of staged rows. */
  readonly keep: readonly string[];
  /** SQL for `sub`: 0 for rows read straight from a file. */
  readonly sub: string;
  /** SQL for `x_stricte`. */
  readonly strict: string;
  /** Blanks with which texts may begin or end; spaces when not told. */
  readonly blanks?: Blanks;
}

/**
 * One SELECT that reads, validates and brings a kind's rows to canonical columns, in the order of the input:
 * `outcome` ('record', 'reject', 'removed'), `issue_bits`, then the canonical columns, all NULL unless it is a record:
 * nothing of a removed or rejected person is ever written.
 */
export function validatedRowsSql(request: RowsSqlRequest): string {
  const { kind, asOf, from, present, keep, sub, strict } = request;
  const identity = identityValidation(asOf, kind === 'inscriptions');
  const own = KIND_VALIDATIONS[kind];
  const rules = issueRules(kind, asOf);
  const trimmed = TRIMMED[request.blanks ?? 'spaces'];
  const cleaned = stagedColumns(kind)
    .filter((name) => name !== 'x_stricte')
    .map((name) => (present.has(name) ? `${trimmed(name)} AS ${name}` : `NULL::VARCHAR AS ${name}`));
  const columns = Object.entries(canonical(kind, asOf)).map(
    ([name, sql]) => `CASE WHEN is_record THEN ${sql} END AS ${name}`,
  );
  const kept = keep.length > 0 ? `${keep.join(', ')}, ` : '';
  const keptInner = keep.filter((name) => name !== 'sub').join(', ');
  return `
    SELECT ${kept}CASE WHEN is_record THEN 'record' WHEN is_removed THEN 'removed' ELSE 'reject' END AS outcome, issue_bits,
      ${columns.join(',\n      ')}
    FROM (SELECT *, issue_bits & ${rejectMask(rules)} = 0 AND NOT is_removed AS is_record
    FROM (SELECT *, coalesce(identified AND under16, false) AS is_removed
    FROM (SELECT *, (${issueBitsSql(rules)})::BIGINT AS issue_bits
    FROM (SELECT *, ${expressions({ ...identity.derived, ...own.derived })}
    FROM (SELECT *, ${expressions({ ...identity.parsed, ...own.parsed })}
    FROM (SELECT ${keptInner === '' ? '' : `${keptInner}, `}${sub} AS sub, ${strict} AS x_stricte, ${cleaned.join(', ')}
    FROM ${from}))))))`;
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
