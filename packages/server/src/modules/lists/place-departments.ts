import { createRequire } from 'node:module';
import { ABROAD_LIST, UNKNOWN_LIST } from '@raccroche/contract';
import { z } from 'zod';

/** Départements and overseas collectivities of the official geographic code, as packaged by Etalab. */
const Departements = z.array(z.object({ code: z.string(), nom: z.string() }));
const departements = Departements.parse(
  createRequire(import.meta.url)('@etalab/decoupage-administratif/data/departements.json'),
);

const NAMES: ReadonlyMap<string, string> = new Map([
  ...departements
    .map(({ code, nom }): [string, string] => [code, nom])
    .sort(([left], [right]) => (left < right ? -1 : 1)),
  [ABROAD_LIST, 'Résidence à l’étranger'],
  [UNKNOWN_LIST, 'Département inconnu'],
]);

/** Codes of the lists: every département and overseas collectivity in order (2A and 2B after 29), then 99 and XX. */
export const LIST_CODES: readonly string[] = [...NAMES.keys()];

/** Name of a list for people. Throws for a code that is no list. */
export function getListName(code: string): string {
  const name = NAMES.get(code);
  if (name === undefined) throw new Error(`no list ${code}`);
  return name;
}
