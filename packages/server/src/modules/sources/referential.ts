import { createRequire } from 'node:module';
import type { Database } from '../../platform/duckdb/database.ts';
import { createSourcesTablesSql } from './tables.ts';
import { shapedSql } from './validate/shape-sql.ts';

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

/** The referential of communes (COG), as a module's path. */
export const COMMUNES_FILE = '@etalab/decoupage-administratif/data/communes.json';

/** The lines of the text `$1`, of which each is a `row` of texts between tabs: a third of what reading JSON costs every command. */
const ROWS_OF_TEXT = '(SELECT string_split(unnest(string_split($1, chr(10))), chr(9)) AS row)';

/**
 * Fills `sources.communes` and `sources.postal_departments`, and sets the variable of `communeSql`.
 */
export async function loadReferential(database: Database): Promise<void> {
  await database.run(createSourcesTablesSql());
  const communes = require(COMMUNES_FILE) as readonly CogCommune[];
  const rows = new Map<string, string>();
  const postal = new Set<string>();
  // A code may stand twice (commune and its own former commune): the commune of today wins.
  for (const commune of [...communes].sort(byStanding)) {
    if (!rows.has(commune.code)) {
      const city = commune.commune ?? commune.chefLieu ?? commune.code;
      rows.set(commune.code, [commune.code, city, commune.departement, commune.nom].join('\t'));
    }
    for (const code of commune.codesPostaux ?? []) postal.add(`${code}\t${commune.departement}`);
  }
  await database.run(
    `INSERT INTO sources.communes SELECT row[1], row[2], row[3], row[4] FROM ${ROWS_OF_TEXT} ORDER BY row[1]`,
    [[...rows.values()].join('\n')],
  );
  await database.run(
    `INSERT INTO sources.postal_departments SELECT row[1], row[2] FROM ${ROWS_OF_TEXT} ORDER BY row[1], row[2]`,
    [[...postal].join('\n')],
  );
  await setCommuneBits(database, bitsOf([...rows.keys()]));
}

/** Sets that variable, if it is set, on another connection to the same tables: each has its own. */
export async function shareReferential(database: Database, other: Database): Promise<void> {
  const [row] = await database.all<{ bits: string }>(
    `SELECT getvariable('${COMMUNE_BITS}')::VARCHAR AS bits`,
  );
  if (typeof row?.bits === 'string') await setCommuneBits(other, row.bits);
}

const setCommuneBits = (database: Database, bits: string): Promise<void> =>
  database.run(`SET VARIABLE ${COMMUNE_BITS} = $1::VARCHAR::BIT`, [bits]);

let names: ReadonlyMap<string, string> | undefined;

/** The name of a commune, former commune or municipal arrondissement; undefined for a code that is none. */
export function findCommuneName(code: string): string | undefined {
  names ??= new Map(
    [...(require(COMMUNES_FILE) as readonly CogCommune[])]
      .sort(byStanding)
      .reverse()
      .map((commune) => [commune.code, commune.nom]),
  );
  return names.get(code);
}

/** One bit a possible code, 1 when it exists: 13 KB that stay in the processor's cache, where a hash table does not. */
const COMMUNE_BITS = 'sources_communes';
const CORSICA = { '2A': 100_000, '2B': 101_000 } as const;
const POSSIBLE_CODES = 102_000;

function bitsOf(codes: readonly string[]): string {
  const bits = new Array<string>(POSSIBLE_CODES).fill('0');
  for (const code of codes) bits[bitOf(code)] = '1';
  return bits.join('');
}

function bitOf(code: string): number {
  const [, corsica, digits] = /^(2[AB])?([0-9]+)$/.exec(code) ?? [];
  if (code.length !== 5 || digits === undefined) throw new Error(`not a commune code: ${code}`);
  return Number(digits) + (corsica === '2A' || corsica === '2B' ? CORSICA[corsica] : 0);
}

/**
 * SQL for the code of a commune that the text `sql` (a column) is, letters in upper case; NULL when it is none. No join,
 * which keeps rows in their order.
 */
export function communeSql(sql: string): string {
  const corsican = (['2A', '2B'] as const).map(
    (prefix) =>
      `WHEN ${shapedSql(`upper(${sql})`, `${prefix}[0-9]{3}`)} AND ${communeBitSql(
        `${CORSICA[prefix]} + try_cast(substring(${sql}, 3, 3) AS INTEGER)`,
      )} THEN upper(${sql})`,
  );
  return `CASE WHEN ${shapedSql(sql, '[0-9]{5}')}
    THEN CASE WHEN ${communeBitSql(`try_cast(${sql} AS INTEGER)`)} THEN ${sql} END ${corsican.join(' ')} END`;
}

function communeBitSql(bit: string): string {
  return `get_bit(getvariable('${COMMUNE_BITS}'), ${bit}) = 1`;
}

/** Whether `loadReferential` has been here. */
export async function hasReferential(database: Database): Promise<boolean> {
  const found = await database.all(
    `SELECT 1 AS one FROM duckdb_variables() WHERE name = '${COMMUNE_BITS}' LIMIT 1`,
  );
  return found.length > 0;
}

function byStanding(a: CogCommune, b: CogCommune): number {
  const rank = (commune: CogCommune) => (commune.type === 'commune-actuelle' ? 0 : 1);
  return rank(a) - rank(b) || (a.code < b.code ? -1 : 1);
}
