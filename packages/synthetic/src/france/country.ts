import type { StructureType } from '@raccroche/contract';
import { Random } from '../random.ts';
import { SchoolMap, type SenderMode } from './establishments.ts';
import { type Structure, structuresOf } from './structures.ts';
import { type Bassin, Territory, type TerritoryOptions } from './territory.ts';

/** The stage that lives are played on: territory, schools, structures. Made from its options alone, in any worker. */
export class Country {
  readonly territory: Territory;
  readonly #schools: readonly SchoolMap[];
  readonly #structures: ReadonlyArray<ReadonlyMap<StructureType, Structure>>;

  constructor(options: TerritoryOptions & { readonly senders: SenderMode }) {
    this.territory = new Territory(options);
    const root = new Random(options.seed).fork('country');
    const ranks = new Map<string, number>();
    this.#schools = this.territory.bassins.map((bassin) => {
      const rank = ranks.get(bassin.department.code) ?? 0;
      const map = new SchoolMap(bassin, options.senders, root.fork(`schools/${bassin.code}`), rank);
      ranks.set(bassin.department.code, rank + map.all.length);
      return map;
    });
    this.#structures = this.territory.bassins.map((bassin) =>
      structuresOf(bassin, root.fork(`structures/${bassin.code}`)),
    );
  }

  schoolsOf(bassin: Bassin): SchoolMap {
    return this.#schools[bassin.index] ?? outside(bassin);
  }

  /** The structure of a type that receives people of the bassin; undefined where there is none. */
  findStructure(bassin: Bassin, type: StructureType): Structure | undefined {
    return this.#structures[bassin.index]?.get(type);
  }
}

function outside(bassin: Bassin): never {
  throw new RangeError(`bassin ${bassin.code} is of another country`);
}
