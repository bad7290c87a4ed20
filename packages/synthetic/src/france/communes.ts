import { createRequire } from 'node:module';

/** Communes and postal codes of the public geographical code (package @etalab/decoupage-administratif). */
export interface Commune {
  /** INSEE code; that of the arrondissement in Paris, Lyon and Marseille, as registry offices write it. */
  readonly code: string;
  readonly name: string;
  readonly department: string;
  readonly postalCodes: readonly string[];
  readonly population: number;
  /** Codes of the communes that became part of this one: what old files call a place of birth. */
  readonly former: readonly string[];
}

/** A commune and where it lies among the others: neighbours have the same arrondissement. */
export interface PlacedCommune extends Commune {
  readonly arrondissement: string;
}

interface CommuneRow {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly departement?: string;
  readonly arrondissement?: string;
  /** City of a municipal arrondissement. */
  readonly commune?: string;
  readonly chefLieu?: string;
  readonly codesPostaux?: readonly string[];
  readonly population?: number;
}

/** Every inhabited commune of today, by département, in the order of arrondissements and codes. */
export function loadCommunes(): ReadonlyMap<string, readonly PlacedCommune[]> {
  const require = createRequire(import.meta.url);
  const rows = require('@etalab/decoupage-administratif/data/communes.json') as readonly CommuneRow[];
  const cut = new Set(
    rows.flatMap(({ type, commune }) => (type === 'arrondissement-municipal' && commune ? [commune] : [])),
  );
  const former = formerCodes(rows);
  const found = new Map<string, PlacedCommune[]>();
  for (const row of rows) {
    const inhabited = row.type === 'commune-actuelle' || row.type === 'arrondissement-municipal';
    if (!inhabited || cut.has(row.code) || (row.population ?? 0) === 0) continue;
    const department = row.departement ?? departmentOf(row.code);
    const list = found.get(department) ?? [];
    found.set(department, list);
    list.push({
      code: row.code,
      name: row.nom.replaceAll('’', "'"),
      department,
      postalCodes: row.codesPostaux ?? [],
      population: row.population ?? 0,
      former: former.get(row.code) ?? [],
      arrondissement: row.arrondissement ?? '',
    });
  }
  for (const list of found.values()) list.sort(byPlace);
  return found;
}

function formerCodes(rows: readonly CommuneRow[]): ReadonlyMap<string, readonly string[]> {
  const former = new Map<string, string[]>();
  for (const { type, code, chefLieu } of rows) {
    const past = type === 'commune-deleguee' || type === 'commune-associee';
    if (!past || chefLieu === undefined || chefLieu === code) continue;
    const list = former.get(chefLieu);
    if (list) list.push(code);
    else former.set(chefLieu, [code]);
  }
  return former;
}

const departmentOf = (code: string): string =>
  code.startsWith('97') || code.startsWith('98') ? code.slice(0, 3) : code.slice(0, 2);

function byPlace(left: PlacedCommune, right: PlacedCommune): number {
  const key = ({ arrondissement, code }: PlacedCommune) => `${arrondissement} ${code}`;
  return key(left) < key(right) ? -1 : 1;
}
