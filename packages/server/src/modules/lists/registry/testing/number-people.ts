import type { IdentifierType, RowKind } from '@raccroche/contract';
import { assignNumbers, type NumberAssignment } from '../assign-numbers.ts';
import { openWorld, type World } from './world.ts';

export const KEY = 'a1'.repeat(32);

export type Told = (world: World) => void;
export interface Numbered extends Pick<NumberAssignment, 'newNumbers' | 'merges' | 'splits' | 'revivals'> {
  readonly numbers: Readonly<Record<string, string>>;
  readonly aliases: Readonly<Record<string, string>>;
}

/** Runs a campaign of one file, from an email sender, over the registry. */
export async function numberPeople(
  registryFolder: string,
  told: Told,
  options: Parameters<typeof openWorld>[0] = {},
): Promise<Numbered> {
  const world = await openWorld(options);
  try {
    world.file(1, { sender: 'Lycée Test' });
    world.row('sources.communes', { code: '75101', city: '75056', department: '75', name: 'Paris 1er' });
    world.row('sources.communes', { code: '75056', city: '75056', department: '75', name: 'Paris' });
    told(world);
    await world.save();
    const assignment = await assignNumbers(world.database, { registryFolder, campaign: 'test', key: KEY });
    assignment.commit();
    const numbers = await world.database.all<{ person_id: string; siei: string }>('FROM lists.numbers');
    const aliases = await world.database.all<{ siei: string; current_siei: string }>(
      'FROM lists.number_aliases',
    );
    const { newNumbers, merges, splits, revivals } = assignment;
    return {
      newNumbers,
      merges,
      splits,
      revivals,
      numbers: Object.fromEntries(numbers.map((row) => [row.person_id, row.siei])),
      aliases: Object.fromEntries(aliases.map((row) => [row.siei, row.current_siei])),
    };
  } finally {
    world.database.close();
  }
}

export interface Sketch {
  readonly id: string;
  readonly ine?: string;
  /** `ine_rnie` where it is not told. */
  readonly ineType?: IdentifierType;
  readonly sourceId?: string;
  readonly kind?: RowKind;
  readonly family?: string;
  readonly first?: string;
  readonly born?: string;
  readonly at?: string | null;
  readonly country?: string;
}

export const person = (world: World, sketch: Sketch) => {
  world.person({ person_id: sketch.id }, [record(sketch)]);
  if (sketch.ine) world.identifier(sketch.id, sketch.ineType ?? 'ine_rnie', sketch.ine);
};
export const record = ({ id, sourceId, kind, family, first, born, at, country }: Sketch) => ({
  record_id: id,
  row_kind: kind ?? 'inscriptions',
  source_id: sourceId ?? null,
  family_name: family ?? 'Martin',
  first_name1: first ?? 'Léa',
  birth_date: born ?? '2008-03-01',
  birth_commune: at ?? null,
  birth_country: country ?? '99100',
});
export const people =
  (...sketches: Sketch[]): Told =>
  (world) => {
    for (const sketch of sketches) person(world, sketch);
  };

export const INE = '123456789AB';
export const OTHER_INE = '987654321ZY';
