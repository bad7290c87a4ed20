import type { StructureType } from '@raccroche/contract';
import type { Random } from '../random.ts';
import { academyName } from './departments.ts';
import { PLACE_WORDS } from './place-words.ts';
import type { Bassin } from './territory.ts';

/** Who accompanies: invented structures, one file each. */
export interface Structure {
  readonly id: string;
  readonly type: StructureType;
  readonly name: string;
}

/** Those that keep one file for a whole académie. */
const OF_ACADEMY: ReadonlyArray<readonly [type: StructureType, id: string, name: string]> = [
  ['service_civique', 'ASC', 'Service civique'],
  ['armee', 'ARM', 'Recrutement des armées'],
  ['e2c', 'E2C', 'École de la deuxième chance'],
  ['epide', 'EPI', 'EPIDE'],
  ['france_travail', 'FT', 'France Travail'],
];
const RSMA = ['rsma', 'RSMA', 'Régiment du service militaire adapté'] as const;

/** The structures that receive the people of a bassin: its own mission locale, and those of its académie. */
export function structuresOf(bassin: Bassin, random: Random): ReadonlyMap<StructureType, Structure> {
  const { academy, code } = bassin.department;
  const overseas = code.length > 2;
  const wide = OF_ACADEMY.map(([type, id, name]): Structure => {
    // Overseas the adapted military service has the place that EPIDE has elsewhere.
    const [ownType, ownId, ownName] = overseas && type === 'epide' ? RSMA : [type, id, name];
    return {
      id: `${ownId}-${academy.toUpperCase()}`,
      type: ownType,
      name: `${ownName}, ${academyName(academy)}`,
    };
  });
  const own: Structure = {
    id: `ML-${bassin.code}`,
    type: 'mission_locale',
    name: `Mission locale ${random.pick(PLACE_WORDS)}`,
  };
  return new Map([own, ...wide].map((structure) => [structure.type, structure]));
}
