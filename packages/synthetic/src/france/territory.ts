import { Choices, Random } from '../random.ts';
import { type Commune, loadCommunes, type PlacedCommune } from './communes.ts';
import { DEPARTMENTS, type Department } from './departments.ts';

/**
 * The unit in which people are made and remembered: the communes around a town, about the territory of a mission
 * locale. One is in memory at a time, whatever the size of the country.
 */
export interface Bassin {
  /** Place in `Territory.bassins`. */
  readonly index: number;
  /** `59-03`. */
  readonly code: string;
  readonly department: Department;
  readonly communes: Choices<Commune>;
  /** People who are at home here, those with a foot elsewhere included. */
  readonly people: number;
  /** Number of the first of them; the numbers of a bassin follow each other. */
  readonly firstNumber: number;
}

export interface TerritoryOptions {
  readonly seed: number;
  /** People altogether. */
  readonly people: number;
  /** Départements that there are; the others do not exist. All when left out. */
  readonly departments?: readonly string[] | undefined;
}

/** People of reference in the whole country (domain.md §6). */
export const PEOPLE_OF_FRANCE = 3_000_000;
/** People of a bassin at most, about: 440 missions locales for three million people of reference (domain.md §6). */
const PEOPLE_OF_BASSIN = 6800;
/** Of those with a foot in another bassin: in the same département, the same académie, anywhere. `[inferred]` */
const NEAR = { department: 0.5, academy: 0.3, anywhere: 0.2 } as const;
/** Share of people who move to, or study in, another bassin than that of their home. `[inferred]` */
const ELSEWHERE = 0.035;

/** Where people live: bassins in a fixed order, and who goes from one to another. The same options give the same. */
export class Territory {
  readonly bassins: readonly Bassin[];
  readonly #random: Random;
  readonly #going = new Map<number, Int32Array>();
  readonly #births = new Map<string, Choices<Commune>>();
  readonly #anywhere: Choices<Commune>;
  readonly #groups: ReadonlyArray<
    readonly [share: number, keyOf: (bassin: Bassin) => string, sums: Map<string, number>]
  >;

  /** Throws RangeError for a département that does not exist or when nobody would live anywhere. */
  constructor({ seed, people, departments }: TerritoryOptions) {
    checkDepartments(departments);
    const communes = loadCommunes();
    const chosen = [...DEPARTMENTS.values()].filter(({ code }) => departments?.includes(code) ?? true);
    this.#random = new Random(seed).fork('territory');
    this.bassins = makeBassins(chosen, communes, people);
    for (const { code } of DEPARTMENTS.values()) this.#births.set(code, birthsOf(communes.get(code) ?? []));
    this.#anywhere = birthsOf(this.bassins.flatMap(({ communes: { values } }) => values));
    this.#groups = [
      [NEAR.department, ({ department }) => department.code, new Map<string, number>()],
      [NEAR.academy, ({ department }) => department.academy, new Map<string, number>()],
      [NEAR.anywhere, () => '', new Map<string, number>()],
    ];
    for (const bassin of this.bassins) {
      for (const [, keyOf, sums] of this.#groups)
        sums.set(keyOf(bassin), (sums.get(keyOf(bassin)) ?? 0) + bassin.people);
    }
  }

  /** A commune to be born in, of the département or of anywhere: where there is a maternity ward, hardly ever elsewhere. */
  drawBirthCommune(random: Random, department?: string): Commune {
    return (this.#births.get(department ?? '') ?? this.#anywhere).draw(random);
  }

  /**
   * The people of `from` who have a foot in `to`: the last numbers of `from`, in the order of the bassins they go to.
   * Any of the two can be asked alone, without the people of the other: that keeps bassins independent of each other.
   */
  peopleBetween(from: Bassin, to: Bassin): { readonly firstNumber: number; readonly count: number } {
    const ends = this.#endsOf(from);
    const end = ends[to.index] ?? 0;
    const start = to.index === 0 ? 0 : (ends[to.index - 1] ?? 0);
    const going = ends.at(-1) ?? 0;
    return { firstNumber: from.firstNumber + from.people - going + start, count: end - start };
  }

  /** People of the bassin who have no foot in another. */
  countStaying(bassin: Bassin): number {
    return bassin.people - (this.#endsOf(bassin).at(-1) ?? 0);
  }

  /** For each bassin in order, how many of `from` go to it or to one before. */
  #endsOf(from: Bassin): Int32Array {
    const known = this.#going.get(from.index);
    if (known !== undefined) return known;
    const random = this.#random.fork(from.index);
    let sum = 0;
    const ends = Int32Array.from(this.bassins, (to) => {
      const count =
        to === from ? 0 : random.fork(to.index).round(from.people * ELSEWHERE * this.#share(from, to));
      sum = Math.min(from.people, sum + count);
      return sum;
    });
    this.#going.set(from.index, ends);
    return ends;
  }

  #share(from: Bassin, to: Bassin): number {
    return this.#groups.reduce((sum, [weight, keyOf, sums]) => {
      const key = keyOf(from);
      const others = (sums.get(key) ?? 0) - from.people;
      return keyOf(to) === key && others > 0 ? sum + (weight * to.people) / others : sum;
    }, 0);
  }
}

/**
 * People of reference of a country that has `scale` of the size of France, or of these départements of it.
 * Throws RangeError for a département that does not exist.
 */
export function countPeople(scale: number, departments?: readonly string[]): number {
  checkDepartments(departments);
  const communes = loadCommunes();
  let all = 0;
  let chosen = 0;
  for (const { code, youth } of DEPARTMENTS.values()) {
    const weight = sumOf(communes.get(code) ?? []) * youth;
    all += weight;
    if (departments?.includes(code) ?? true) chosen += weight;
  }
  return Math.max(1, Math.round((PEOPLE_OF_FRANCE * scale * chosen) / all));
}

function checkDepartments(departments: readonly string[] | undefined): void {
  const unknown = departments?.find((code) => !DEPARTMENTS.has(code));
  if (unknown !== undefined) throw new RangeError(`no département ${unknown}`);
}

function makeBassins(
  departments: readonly Department[],
  communes: ReadonlyMap<string, readonly PlacedCommune[]>,
  people: number,
): readonly Bassin[] {
  const parts = departments.map((department) => {
    const list = communes.get(department.code) ?? [];
    return { department, list, weight: sumOf(list) * department.youth };
  });
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) throw new RangeError('nobody lives there');
  const bassins: Bassin[] = [];
  let reached = 0;
  for (const { department, list, weight } of parts) {
    const count = Math.max(1, Math.round((people * weight) / total / PEOPLE_OF_BASSIN));
    cutInto(list, count).forEach((own, rank) => {
      reached += sumOf(own) * department.youth;
      // Rounding the running sum keeps the total exact.
      const before = bassins.at(-1);
      const firstNumber = before === undefined ? 1 : before.firstNumber + before.people;
      bassins.push({
        index: bassins.length,
        code: `${department.code}-${String(rank + 1).padStart(2, '0')}`,
        department,
        communes: homesOf(own),
        people: Math.round((people * reached) / total) - (firstNumber - 1),
        firstNumber,
      });
    });
  }
  return bassins;
}

/** Cuts the communes, which come in order of place, into `count` parts of about as many inhabitants, none empty. */
function cutInto(communes: readonly PlacedCommune[], count: number): ReadonlyArray<readonly PlacedCommune[]> {
  const size = sumOf(communes) / count;
  const parts: PlacedCommune[][] = [];
  let reached = 0;
  for (const commune of communes) {
    const part = Math.floor((reached + commune.population / 2) / size);
    reached += commune.population;
    const last = parts.at(-1);
    if (last !== undefined && part < parts.length) last.push(commune);
    else parts.push([commune]);
  }
  return parts;
}

const sumOf = (communes: readonly Commune[]): number =>
  communes.reduce((sum, { population }) => sum + population, 0);

const homesOf = (communes: readonly Commune[]): Choices<Commune> =>
  new Choices(communes.map((value) => ({ value, weight: value.population })));

/** Communes of so many inhabitants have a maternity ward, and the largest of a place that has none so large. `[inferred]` */
const WARD = { inhabitants: 20_000, atLeast: 3 } as const;
/** Born at home or on the way. `[inferred]` */
const BORN_WITHOUT_WARD = 0.03;

function birthsOf(communes: readonly Commune[]): Choices<Commune> {
  const largest = [...communes].sort(
    (one, other) => other.population - one.population || (one.code < other.code ? -1 : 1),
  );
  const wards = new Set(
    largest.filter(({ population }, rank) => population >= WARD.inhabitants || rank < WARD.atLeast),
  );
  const withWard = sumOf([...wards]);
  const without = sumOf(communes) - withWard;
  return new Choices(
    communes.map((value) => {
      const { population } = value;
      const weight = wards.has(value)
        ? ((1 - BORN_WITHOUT_WARD) * population) / withWard
        : (BORN_WITHOUT_WARD * population) / without;
      return { value, weight };
    }),
  );
}
