import { createHmac } from 'node:crypto';
import { normalizedNameSql } from '@raccroche/linkage';
import type { Database } from '../../../platform/duckdb/database.ts';
import { deathCodeOf } from '../death-code.ts';
import { openRegistry } from './registry.ts';
import type { RegistryKey } from './registry-key.ts';

/**
 * Codes of the deaths that decisions name. A code is a keyed hash of what INSEE tells of a death, and of nothing else: every
 * file that tells it, every month, gives the same code under one registry; without the registry's key it says nothing, and
 * nobody can try names. Of 55 bits: among 100,000 deaths, two share a code
 * once in seven million campaigns.
 */
export async function readDeathCodes(
  database: Database,
  { deathSecret }: Pick<RegistryKey, 'deathSecret'>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await database.all<{ death_id: string; content: string }>(
    `SELECT death_id, concat_ws('|', coalesce(${normalizedNameSql('family_name')}, family_name),
       coalesce(${normalizedNameSql('first_names')}, first_names, ''), strftime(birth_date, '%Y-%m-%d'),
       coalesce(birth_commune, birth_country, ''), sex, strftime(died_on, '%Y-%m-%d')) AS content
     FROM sources.deaths ORDER BY death_id`,
  );
  return new Map(
    rows.map(({ death_id, content }) => [
      death_id,
      deathCodeOf(createHmac('sha256', deathSecret).update(content).digest()),
    ]),
  );
}

/** Fills `lists.death_codes` with the code of every death of the campaign. */
export async function writeDeathCodes(database: Database, key: RegistryKey): Promise<void> {
  const codes = await readDeathCodes(database, key);
  await database.run('DELETE FROM lists.death_codes');
  if (codes.size === 0) return;
  await database.run(
    `INSERT INTO lists.death_codes
     SELECT unnest(string_split($1, chr(10))) AS death_id, unnest(string_split($2, chr(10))) AS code`,
    [[...codes.keys()].join('\n'), [...codes.values()].join('\n')],
  );
}

/** The deaths that these codes name, ids sorted; a code that names none is absent. Throws a RaccrocheError as openRegistry. */
export async function recogniseDeaths(
  database: Database,
  { registryFolder, key }: { readonly registryFolder: string; readonly key?: string | undefined },
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const registry = openRegistry(registryFolder, key);
  try {
    const asked = new Set(codes);
    const found = new Map<string, string[]>();
    for (const [deathId, code] of await readDeathCodes(database, registry.key)) {
      if (asked.has(code)) found.set(code, [...(found.get(code) ?? []), deathId]);
    }
    return found;
  } finally {
    registry.release();
  }
}
