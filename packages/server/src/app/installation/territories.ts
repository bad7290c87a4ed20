import { createRequire } from 'node:module';
import { z } from 'zod';

/** The official geographic code, as packaged by Etalab. */
const require = createRequire(import.meta.url);
const read = <S extends z.ZodType>(file: string, shape: S): z.output<S> =>
  shape.parse(require(`@etalab/decoupage-administratif/data/${file}.json`));

const Commune = z.object({
  code: z.string(),
  type: z.string(),
  departement: z.string().optional(),
  arrondissement: z.string().optional(),
});
/** An address in Paris, Lyon or Marseille may name the commune or its arrondissement: a zone holds both. */
const LIVED_IN = ['commune-actuelle', 'arrondissement-municipal'];

export interface Territories {
  /** Région of each département. */
  readonly regions: ReadonlyMap<string, string>;
  /** Département of each commune of today. */
  readonly communes: ReadonlyMap<string, string>;
  /** Communes of each arrondissement of a département (`627`). */
  readonly arrondissements: ReadonlyMap<string, readonly string[]>;
}

export function readTerritories(): Territories {
  const departments = read(
    'departements',
    z.array(z.object({ code: z.string(), region: z.string().optional() })),
  );
  const communes = read('communes', z.array(Commune)).filter(({ type }) => LIVED_IN.includes(type));
  const arrondissements = new Map<string, string[]>();
  for (const { code, arrondissement } of communes)
    if (arrondissement !== undefined)
      arrondissements.set(arrondissement, [...(arrondissements.get(arrondissement) ?? []), code]);
  return {
    regions: new Map(departments.flatMap(({ code, region }) => (region ? [[code, region] as const] : []))),
    communes: new Map(
      communes.flatMap(({ code, departement }) => (departement ? [[code, departement] as const] : [])),
    ),
    arrondissements,
  };
}
