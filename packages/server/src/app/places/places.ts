import { createRequire } from 'node:module';
import { z } from 'zod';

/** Names of places from the official geographic code, as packaged by Etalab. Read when first asked for. */
const Named = z.array(z.object({ code: z.string(), nom: z.string() }));
const Communes = z.array(
  z.object({ code: z.string(), nom: z.string(), type: z.string(), departement: z.string().optional() }),
);
const require = createRequire(import.meta.url);
const DATA = '@etalab/decoupage-administratif/data';

function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: read() };
    return kept.value;
  };
}

const namesOf = (file: string) =>
  once(() => new Map(Named.parse(require(`${DATA}/${file}.json`)).map(({ code, nom }) => [code, nom])));
const departments = namesOf('departements');
const regions = namesOf('regions');

export interface Commune {
  readonly commune: string;
  readonly name: string;
}

const communes = once(() => {
  const byDepartment = new Map<string, Commune[]>();
  for (const { code, nom, type, departement } of Communes.parse(require(`${DATA}/communes.json`))) {
    if (type !== 'commune-actuelle' || departement === undefined) continue;
    const known = byDepartment.get(departement);
    if (known) known.push({ commune: code, name: nom });
    else byDepartment.set(departement, [{ commune: code, name: nom }]);
  }
  return byDepartment;
});

/** The name, or the code itself of a place that is none. */
export const departmentName = (code: string): string => departments().get(code) ?? code;
export const regionName = (code: string): string => regions().get(code) ?? code;

/** Communes of today of a département, in the order of their codes; none for a code that is no département. */
export const communesOf = (department: string): readonly Commune[] => communes().get(department) ?? [];
