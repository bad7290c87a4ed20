import { createRequire } from 'node:module';
import type { Database } from '../../platform/duckdb/database.ts';
import { createSourcesTablesSql } from './tables.ts';

/** A commune, former commune or municipal arrondissement as the COG of the package tells it. */
interface CogCommune {
  readonly code: string;
  readonly nom: string;
  readonly type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal';
  readonly departement: string;
  /** Commune that a former commune became part of. */
  readonly chefLieu?: string;
  /** City of a municipal arrondissement. */
  readonly commune?: string;
  readonly codesPostaux?: readonly string[];
}

const require = createRequire(import.meta.url);

/**
 * Fills `sources.communes` and `sources.postal_departments`, and makes the type `sources.commune_code`: a cast to it tells
 * whether a code exists without a join, which keeps rows in their order.
 */
export async function loadReferential(database: Database): Promise<void> {
  await database.run(createSourcesTablesSql());
  const communes = require('@etalab/decoupage-administratif/data/communes.json') as readonly CogCommune[];
  const rows = new Map<string, string>();
  const postal = new Set<string>();
  // A code may stand twice (commune and its own former commune): the commune of today wins.
  for (const commune of [...communes].sort(byStanding)) {
    if (!rows.has(commune.code)) {
      const city = commune.commune ?? commune.chefLieu ?? commune.code;
      rows.set(commune.code, JSON.stringify([commune.code, city, commune.departement, commune.nom]));
    }
    for (const code of commune.codesPostaux ?? []) postal.add(JSON.stringify([code, commune.departement]));
  }
  await database.run(
    `INSERT INTO sources.communes SELECT row[1], row[2], row[3], row[4]
     FROM (SELECT unnest($1::JSON::VARCHAR[][]) AS row) ORDER BY row[1]`,
    [`[${[...rows.values()].join(',')}]`],
  );
  await database.run(
    `INSERT INTO sources.postal_departments SELECT row[1], row[2]
     FROM (SELECT unnest($1::JSON::VARCHAR[][]) AS row) ORDER BY row[1], row[2]`,
    [`[${[...postal].join(',')}]`],
  );
  await database.run(
    'CREATE TYPE sources.commune_code AS ENUM (SELECT code FROM sources.communes ORDER BY code)',
  );
}

function byStanding(a: CogCommune, b: CogCommune): number {
  const rank = (commune: CogCommune) => (commune.type === 'commune-actuelle' ? 0 : 1);
  return rank(a) - rank(b) || (a.code < b.code ? -1 : 1);
}
