import type { Database } from '../../../platform/duckdb/database.ts';

const SYLLABLES = ['BA', 'CO', 'DU', 'FER', 'GRI', 'LE', 'MAR', 'NO', 'PEL', 'RO', 'SAN', 'TI', 'VER', 'ZA'];
const FIRST_NAMES =
  'EMMA LEO LOUISE HUGO JADE LUCAS ALICE GABRIEL LINA RAPHAEL INES ARTHUR CHLOE JULES ROSE ADAM ZOE PAUL';

/**
 * Adds to `sources` a crowd of unlike people, `crowd-1` to `crowd-<people>`, each told by two records: the same but for
 * what senders get wrong one time in ten (a letter of the name, one digit of the date). Two share an INE: the first stage
 * joins them, and the model learns from them how senders err. Chance is a hash: the crowd is always the same.
 */
export async function addCrowd(database: Database, people: number): Promise<void> {
  const syllables = `[${SYLLABLES.map((one) => `'${one}'`).join(', ')}]`;
  const firstNames = `string_split('${FIRST_NAMES}', ' ')`;
  const drawn = (salt: string, count: number) => `(hash(n, '${salt}') % ${count})::INTEGER`;
  const syllable = (salt: string) => `${syllables}[1 + ${drawn(salt, SYLLABLES.length)}]`;
  await database.run(`
    CREATE OR REPLACE TEMP TABLE crowd AS
    SELECT n, ${syllable('a')} || ${syllable('b')} || ${syllable('c')} AS family,
      ${firstNames}[1 + ${drawn('first', FIRST_NAMES.split(' ').length)}] AS first,
      DATE '2005-01-01' + ${drawn('birth', 1500)} AS birth, '33' || (100 + ${drawn('place', 300)}) AS place,
      CASE WHEN ${drawn('sex', 2)} = 0 THEN 'F' ELSE 'M' END AS sex, '0600' || (100000 + n) AS mobile
    FROM range(1, ${people + 1}) AS numbers(n);
    INSERT INTO sources.records BY NAME
    SELECT 'crowd-' || n || CASE copy WHEN 0 THEN '' ELSE '-again' END AS record_id, 2 AS file_no, 2 * n + copy AS ordinal,
      (2 * n + copy)::VARCHAR AS position, 'INTERCHANGE' AS source, 5 AS source_rank, 'inscriptions' AS row_kind,
      CASE WHEN copy = 1 AND ${drawn('slip', 10)} = 0 THEN family[1:2] || family[2:] ELSE family END AS family_name,
      first AS first_name1, CASE WHEN copy = 1 AND ${drawn('date', 10)} = 1 THEN birth + 10 ELSE birth END AS birth_date,
      place AS birth_commune, '99100' AS birth_country, sex, place AS commune, mobile,
      'ine_rnie' AS ine_type, lpad(n::VARCHAR, 9, '0') || 'ZZ' AS ine
    FROM crowd, (VALUES (0), (1)) AS copies(copy)`);
}

/** Puts all records into deliveries of two hundred, as a campaign holds them: their ids begin with those of these. */
export async function deliver(database: Database): Promise<void> {
  await database.run(`
    CREATE OR REPLACE TABLE sources.records AS SELECT * REPLACE (printf('d%011d-', ordinal // 200) || record_id AS record_id, ordinal // 200 AS file_no) FROM sources.records;
    INSERT INTO sources.files (file_no, delivery_id, kind, path, sha256, bytes, families, rejected, row_count, record_count,
      reject_count, removed_under16, out_of_scope, warning_count, dated)
    SELECT DISTINCT file_no, record_id[1:12], 'interchange-inscriptions', '', '', 0, [], false, 0, 0, 0, 0, 0, 0, false
    FROM sources.records`);
}
