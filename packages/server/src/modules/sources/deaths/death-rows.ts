import type { Database } from '../../../platform/duckdb/database.ts';
import { literal } from '../../../platform/duckdb/sql.ts';
import { communeSql } from '../referential.ts';
import { type StagedPart, stagedTypes } from '../staging/staging-writer.ts';
import { DEATH_COLUMNS } from './judge-death.ts';

/** The country that a commune is in. */
const FRANCE = '99100';
/** From here on, codes say that nobody knows. Source: INSEE, code officiel géographique, pays. */
const NO_COUNTRY = '99900';

/**
 * Fills `sources.deaths` from the staged deaths of files that were read to their end, and tells the birth places that are
 * no place: neither a commune, of today or of former days, nor a country.
 */
export async function openDeaths(database: Database, parts: readonly StagedPart[]): Promise<void> {
  await database.run('DELETE FROM sources.deaths');
  if (parts.length === 0) return;
  await database.run(`CREATE OR REPLACE TABLE sources.told_deaths AS
    SELECT f.delivery_id || '-' || d.ordinal AS death_id, d.*, 
        coalesce(${communeSql('birth_place')} = birth_place, false) AS is_commune,
      coalesce(sources.country_valid(birth_place) AND birth_place <> ${literal(FRANCE)}
        AND birth_place < ${literal(NO_COUNTRY)}, false) AS is_country
    FROM read_csv([${parts.map(({ path }) => literal(path)).join(', ')}], auto_detect = false, header = false, delim = ';', quote = '"', escape = '"',
      columns = {${stagedTypes(DEATH_COLUMNS)}}, strict_mode = true, nullstr = '') d
    JOIN sources.files f ON f.file_no = d.file_key WHERE NOT f.rejected`);
  await database.run(`INSERT INTO sources.deaths BY NAME
    SELECT death_id, file_key AS file_no, ordinal, position, family_name, first_names, sex, birth_date::DATE AS birth_date,
      CASE WHEN is_commune THEN birth_place END AS birth_commune,
      CASE WHEN is_commune THEN ${literal(FRANCE)} WHEN is_country THEN birth_place END AS birth_country,
      died_on::DATE AS died_on
    FROM sources.told_deaths`);
  await database.run(`INSERT INTO sources.issues BY NAME
    SELECT file_key AS file_no, ordinal, position, 'commune_naissance' AS field, 'commune_inconnue' AS code,
      'avertissement' AS severity
    FROM sources.told_deaths WHERE NOT is_commune AND NOT sources.country_valid(birth_place)`);
  await database.run('DROP TABLE sources.told_deaths');
}
