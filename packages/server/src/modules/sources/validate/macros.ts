import { INE_PATTERNS, KEY_LETTERS } from '@raccroche/contract';
import { literal } from '../../../platform/duckdb/sql.ts';
import { shapedSql, shapeOf } from './shape-sql.ts';

/**
 * Scalar functions of validation, in the schema `sources`. Each has its twin in TypeScript (kernel/civil-date.ts,
 * contract/identifiers.ts); a test holds them equal. They run on every row: what they cost is what reading costs.
 */
export function createMacrosSql(): string {
  const letters = `[${[...KEY_LETTERS].map(literal).join(', ')}]`;
  const key = (digits: string) => `${letters}[(${digits} % ${KEY_LETTERS.length})::INTEGER + 1]`;
  const shaped = (pattern: string) => shapedSql('t', shapeOf(pattern));
  return `
    -- yyyy-mm-dd or dd/mm/yyyy, a day that exists; NULL for anything else.
    CREATE OR REPLACE MACRO sources.civil_date(t) AS CASE
      -- The cast looks at the other places itself; it would forgive a short year and a letter at the end.
      WHEN t GLOB '[0-9][0-9][0-9][0-9]-??-?[0-9]' AND t >= '0001' THEN try_cast(t AS DATE)
      WHEN ${shapedSql('t', '[0-9]{2}/[0-9]{2}/[0-9]{4}')} AND NOT suffix(t, '0000')
        THEN try_strptime(t, '%d/%m/%Y')::DATE END;
    CREATE OR REPLACE MACRO sources.school_year_of(d) AS year(d) - CASE WHEN month(d) >= 9 THEN 0 ELSE 1 END;
    CREATE OR REPLACE MACRO sources.ine_type(t) AS CASE
      WHEN ${shaped(INE_PATTERNS.ine_rnie)} THEN 'ine_rnie'
      WHEN ${shaped(INE_PATTERNS.ine_bea)} THEN 'ine_bea'
      WHEN ${shaped(INE_PATTERNS.ine_apprenti)} THEN 'ine_apprenti' END;
    CREATE OR REPLACE MACRO sources.bea_key_fits(t) AS ${key('try_cast(substring(t, 1, 10) AS BIGINT)')} = t[11];
    CREATE OR REPLACE MACRO sources.uai_shaped(t) AS ${shapedSql('t', '[0-9]{7}[A-Z]')};
    CREATE OR REPLACE MACRO sources.uai_valid(t) AS
      coalesce(sources.uai_shaped(t) AND suffix(t, ${key('try_cast(substring(t, 1, 7) AS INTEGER)')}), false);
    CREATE OR REPLACE MACRO sources.country_valid(t) AS ${shapedSql('t', '99[0-9]{3}')};
    CREATE OR REPLACE MACRO sources.closed(t) AS lower(strip_accents(t));`;
}
