import { normalizeName } from '../normalize-name.ts';
import type { TestRecord } from './people.ts';

export type Edge = readonly [string, string];
export type Values = ReadonlyMap<string, string>;

export function pairsOf<T>(items: readonly T[]): (readonly [T, T])[] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b) => [a, b] as const));
}

/** The smallest id that can be reached from each id. */
export function componentsOf(ids: readonly string[], edges: readonly Edge[]): Map<string, string> {
  const root = new Map(ids.map((id) => [id, id]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [a, b] of edges) {
      const least = [root.get(a) ?? a, root.get(b) ?? b].sort()[0] ?? a;
      if (root.get(a) !== least || root.get(b) !== least) changed = true;
      root.set(a, least).set(b, least);
    }
  }
  return root;
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

export const idsOf = (r: TestRecord): Values => new Map(Object.entries(r.identifiers ?? {}));
export const claimsOf = (r: TestRecord): Values => (r.recent ? idsOf(r) : new Map());
export const namesOf = (r: TestRecord) => (r.names ?? []).flatMap((name) => normalizeName(name) ?? []);

export function shareIdentifier(a: TestRecord, b: TestRecord): boolean {
  return [...idsOf(a)].some(([type, value]) => idsOf(b).get(type) === value);
}

export function contradict(a: Values, b: Values): boolean {
  return [...a].some(([type, value]) => b.has(type) && b.get(type) !== value);
}

export function sameDate(a: TestRecord, b: TestRecord): boolean {
  return Boolean(a.birthDate) && a.birthDate === b.birthDate;
}

export function sameNameCompatibleFirstName(a: TestRecord, b: TestRecord): boolean {
  if (!namesOf(a).some((name) => namesOf(b).includes(name))) return false;
  const [short = [], long = []] = [a, b]
    .map((r) => normalizeName(r.firstName)?.split(' ') ?? [])
    .sort((x, y) => x.length - y.length);
  return short.length > 0 && short.every((word, index) => long[index] === word);
}

export const agree = (a: TestRecord, b: TestRecord) => sameDate(a, b) || sameNameCompatibleFirstName(a, b);

/** Values of recent records, for each type that has several. */
export function contradictoryTypes(records: readonly TestRecord[]): string[] {
  const types = new Set(records.flatMap((r) => [...claimsOf(r).keys()]));
  return [...types].filter((type) => new Set(records.flatMap((r) => claimsOf(r).get(type) ?? [])).size > 1);
}

/** Records of one person so far. */
export class Cluster {
  readonly id: string;
  readonly records: readonly TestRecord[];

  constructor(id: string, records: readonly TestRecord[]) {
    this.id = id;
    this.records = records;
  }

  /** What is known of a trait, sorted and joined; '' when nothing is. */
  known(trait: string): string {
    const values = this.records.flatMap((r) => {
      if (trait === 'place') return r.place ?? [];
      if (trait === 'exclusive') return r.exclusivePlaces ?? [];
      return idsOf(r).get(trait) ?? [];
    });
    return [...new Set(values)].sort().join('+');
  }

  claim(type: string): string {
    return [...new Set(this.records.flatMap((r) => claimsOf(r).get(type) ?? []))].sort().join('+');
  }

  keys(): string[] {
    return this.records.flatMap((r) => {
      const first = normalizeName(r.firstName);
      return first && r.birthDate ? namesOf(r).map((name) => `${name}|${first}|${r.birthDate}`) : [];
    });
  }
}
