import { parseCivilDate } from '../../kernel/civil-date.ts';
import type { NewPlatform } from '../../modules/access/index.ts';
import { CsvSplitter } from '../../platform/text/csv-records.ts';
import type { Territories } from './territories.ts';

/** The columns of the file, in any order. `communes`: `departement`, `arrondissement 627`, or codes separated by spaces. */
export const PLATFORM_COLUMNS = ['code', 'nom', 'departement', 'communes', 'depuis'] as const;
type Column = (typeof PLATFORM_COLUMNS)[number];

export interface PlatformProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  /** In French: what, and what to write. */
  readonly text: string;
}
export interface PlatformRow {
  readonly line: number;
  readonly platform: NewPlatform;
}
export interface PlatformFile {
  readonly rows: readonly PlatformRow[];
  readonly problems: readonly PlatformProblem[];
}

const CODE = /^[a-z0-9][a-z0-9-]{1,39}$/;
const NAME_MAX = 200;

/** Reads the platforms of a CSV file, separated by `;` or `,`. Every line that is wrong is told; the others are given. */
export function readPlatforms(text: string, territories: Territories): PlatformFile {
  const rows: PlatformRow[] = [];
  const problems: PlatformProblem[] = [];
  const seen = { codes: new Map<string, number>(), communes: new Map<string, number>() };
  let columns: readonly string[] | undefined;
  const clean = text.replace(/^\u{FEFF}/u, '');
  const splitter = new CsvSplitter((clean.split(/\r?\n/, 1)[0] ?? '').includes(';') ? ';' : ',', {
    record(fields, line) {
      if (columns === undefined) {
        columns = fields.map((field) => field.trim().toLowerCase());
        const missing = PLATFORM_COLUMNS.filter((column) => !columns?.includes(column));
        if (missing.length > 0) problems.push({ line, text: `il manque la colonne ${missing.join(', ')}.` });
        return;
      }
      if (problems.some((one) => one.line === 1)) return;
      const value = (column: Column) => (fields[columns?.indexOf(column) ?? -1] ?? '').trim();
      const found = readRow(value, territories);
      const wrong = typeof found === 'string' ? found : findClash(found, line, seen);
      if (wrong !== undefined) problems.push({ line, text: wrong });
      else if (typeof found !== 'string') rows.push({ line, platform: found });
    },
    malformed: (line) => problems.push({ line, text: 'des guillemets ne se ferment pas.' }),
  });
  splitter.write(clean);
  splitter.end();
  if (columns === undefined) problems.push({ line: 1, text: 'le fichier est vide.' });
  return { rows, problems };
}

/** The platform, or what is wrong with it. */
function readRow(value: (column: Column) => string, territories: Territories): NewPlatform | string {
  const [code, name, department, since] = [
    value('code'),
    value('nom'),
    value('departement'),
    value('depuis'),
  ];
  if (!CODE.test(code))
    return `code « ${code} » : écrivez 2 à 40 lettres minuscules, chiffres ou tirets, comme « 62-lens ».`;
  if (name.length < 2 || name.length > NAME_MAX) return `nom : écrivez de 2 à ${NAME_MAX} caractères.`;
  const region = territories.regions.get(department);
  if (region === undefined)
    return `département « ${department} » : ce n’est pas un code de département, comme 62, 2A ou 971.`;
  if (parseCivilDate(since) === undefined) return `depuis « ${since} » : écrivez une date, comme 2026-09-01.`;
  const communes = readZone(value('communes'), department, territories);
  if (typeof communes === 'string') return communes;
  return { code, name, department, region, communes, since };
}

/** Codes of the communes, in order and each once; or what is wrong. */
function readZone(
  text: string,
  department: string,
  { communes, arrondissements }: Territories,
): readonly string[] | string {
  const asked = text.toLowerCase();
  if (asked === 'departement' || asked === 'département')
    return [...communes].flatMap(([code, of]) => (of === department ? [code] : [])).sort();
  const [, arrondissement] = /^arrondissement (\w+)$/.exec(asked) ?? [];
  const codes =
    arrondissement === undefined
      ? text
          .toUpperCase()
          .split(/[\s,+]+/)
          .filter((code) => code !== '')
      : (arrondissements.get(arrondissement.toUpperCase()) ?? []);
  if (codes.length === 0)
    return 'communes : écrivez « departement », « arrondissement 627 », ou des codes INSEE séparés par des espaces.';
  const unknown = codes.filter((code) => communes.get(code) !== department);
  if (unknown.length > 0)
    return `communes : ${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? '…' : ''} : pas une commune du département ${department} aujourd’hui.`;
  return [...new Set(codes)].sort();
}

/** Two lines of one file that cannot both be. */
function findClash(
  { code, communes }: NewPlatform,
  line: number,
  seen: { readonly codes: Map<string, number>; readonly communes: Map<string, number> },
): string | undefined {
  const before = seen.codes.get(code);
  if (before !== undefined) return `code « ${code} » : déjà à la ligne ${before}.`;
  const shared = communes.find((commune) => seen.communes.has(commune));
  if (shared !== undefined) return `communes : ${shared} est déjà à la ligne ${seen.communes.get(shared)}.`;
  seen.codes.set(code, line);
  for (const commune of communes) seen.communes.set(commune, line);
  return undefined;
}
