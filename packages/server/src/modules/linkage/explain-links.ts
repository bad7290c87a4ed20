import type { IdentifierType } from '@raccroche/contract';
import type { LinkRule } from '@raccroche/linkage';
import type { Database } from '../../platform/duckdb/database.ts';
import { linksOfPersonsSql } from './links-of-persons.ts';

/** Why two records are of one person. */
export interface ExplainedLink {
  readonly recordIdL: string;
  readonly recordIdR: string;
  readonly rule: LinkRule;
  /** The identifier that both hold; null when the names joined them. */
  readonly identifierType: IdentifierType | null;
}

/**
 * The links that make one person of the records of `personId`, smallest records first: enough to connect all of them.
 * Empty for a person of one record, and for an id that is nobody's.
 */
export async function explainLinks(database: Database, personId: string): Promise<readonly ExplainedLink[]> {
  const rows = await database.all(
    `SELECT record_id_l, record_id_r, rule, identifier_type
     FROM (${linksOfPersonsSql('SELECT $1')}) ORDER BY ALL`,
    [personId],
  );
  return rows.map((row) => ({
    recordIdL: String(row.record_id_l),
    recordIdR: String(row.record_id_r),
    rule: row.rule as LinkRule,
    identifierType: row.identifier_type as IdentifierType | null,
  }));
}
