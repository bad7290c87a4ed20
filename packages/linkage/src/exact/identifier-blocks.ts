import type { LinkageStep } from '../runner.ts';
import type { ExactTables } from './spec.ts';

/**
 * Blocks: records that the rule on identifiers joins. Within a block every record of side 0 may be joined with
 * every other record; two of side 1 may not. Two kinds:
 * - same identifier and birth date: all on side 0;
 * - same identifier and name, one for each first name F: those called F on side 0, those whose first name goes on
 *   after F on side 1 (MARIE | MARIE LOUISE, MARIE ANNE). Only where birth dates differ: elsewhere the first kind
 *   joins the same pairs already.
 * Blocks are joined by stars, so the cost stays linear in the number of records.
 */
export function identifierBlockSteps(tables: ExactTables): readonly LinkageStep[] {
  return [...sharedIdentifierSteps(tables), ...blockSteps(tables)];
}

function sharedIdentifierSteps({ work, firstNames }: ExactTables): readonly LinkageStep[] {
  return [
    {
      name: 'shared_identifiers',
      reads: [work.identifiers],
      writes: [work.tokens],
      sql: `CREATE OR REPLACE TABLE ${work.tokens} AS
        SELECT (row_number() OVER ())::INTEGER AS token, type, value
        FROM ${work.identifiers} GROUP BY type, value HAVING count(*) > 1`,
    },
    {
      name: 'holders_of_shared_identifiers',
      reads: [work.tokens, work.identifiers, work.nodes],
      writes: [work.holders],
      sql: `CREATE OR REPLACE TABLE ${work.holders} AS
        SELECT t.token, i.id, n.birth_date
        FROM ${work.identifiers} i JOIN ${work.tokens} t ON t.type = i.type AND t.value = i.value
        JOIN ${work.nodes} n ON n.id = i.id`,
    },
    {
      name: 'spelled_holders',
      reads: [work.holders, work.nodes, work.names, firstNames],
      writes: [work.spelled],
      sql: `CREATE OR REPLACE TABLE ${work.spelled} AS
        WITH uneven AS (
          SELECT token FROM ${work.holders} GROUP BY token
          HAVING min(birth_date) IS DISTINCT FROM max(birth_date) OR bool_or(birth_date IS NULL)),
        worded AS (
          SELECT h.token, h.id, h.birth_date, s.name, string_split(f.name, ' ') AS words
          FROM ${work.holders} h JOIN uneven USING (token)
          JOIN ${work.nodes} n ON n.id = h.id JOIN ${work.names} s ON s.id = h.id
          JOIN (SELECT DISTINCT spelling, name FROM ${firstNames}) f ON f.spelling = n.first_name),
        begun AS (SELECT *, unnest(range(1, len(words) + 1)) AS word_count FROM worded)
        SELECT token, id, birth_date, name, array_to_string(words[1:word_count], ' ') AS first_name,
          (word_count < len(words))::INTEGER AS side
        FROM begun`,
    },
  ];
}

function blockSteps({ work }: ExactTables): readonly LinkageStep[] {
  return [
    {
      name: 'identifier_blocks',
      reads: [work.holders, work.spelled],
      writes: [work.blocks],
      sql: `CREATE OR REPLACE TABLE ${work.blocks} AS
        SELECT (row_number() OVER ())::INTEGER AS block, * FROM (
          SELECT token, 'same_identifier_birth_date' AS rule, birth_date,
            NULL::INTEGER AS name, NULL::VARCHAR AS first_name
          FROM ${work.holders} WHERE birth_date IS NOT NULL
          GROUP BY token, birth_date HAVING count(*) > 1
          UNION ALL
          SELECT token, 'same_identifier_name', NULL, name, first_name
          FROM ${work.spelled} GROUP BY token, name, first_name
          HAVING count(*) > 1 AND min(side) = 0
            AND (min(birth_date) IS DISTINCT FROM max(birth_date) OR bool_or(birth_date IS NULL)))`,
    },
    {
      name: 'block_members',
      reads: [work.blocks, work.holders, work.spelled],
      writes: [work.members],
      sql: `CREATE OR REPLACE TABLE ${work.members} AS
        SELECT b.block, h.id, 0 AS side
        FROM ${work.blocks} b JOIN ${work.holders} h ON h.token = b.token AND h.birth_date = b.birth_date
        UNION ALL
        SELECT b.block, s.id, s.side
        FROM ${work.blocks} b
        JOIN ${work.spelled} s ON s.token = b.token AND s.name = b.name AND s.first_name = b.first_name`,
    },
    {
      // Another type on which two recent records of the block contradict each other.
      name: 'block_conflicts',
      reads: [work.members, work.blocks, work.tokens, work.identifiers],
      writes: [work.conflicts],
      sql: `CREATE OR REPLACE TABLE ${work.conflicts} AS
        SELECT m.block, i.type
        FROM ${work.members} m JOIN ${work.blocks} b ON b.block = m.block
        JOIN ${work.tokens} t ON t.token = b.token
        JOIN ${work.identifiers} i ON i.id = m.id AND i.type <> t.type
        WHERE i.recent GROUP BY m.block, i.type HAVING min(i.value) <> max(i.value)`,
    },
  ];
}
