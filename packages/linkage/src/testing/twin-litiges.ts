import type { LitigeReason } from '../exact/spec.ts';
import type { TestRecord } from './people.ts';
import { clash, type TwinPersons } from './twin-persons.ts';
import {
  agree,
  Cluster,
  claimsOf,
  contradict,
  contradictoryTypes,
  groupBy,
  pairsOf,
} from './twin-records.ts';

/** Collects pairs of different persons, as `reason l r`. */
class Litiges {
  readonly pairs = new Set<string>();
  readonly found: TwinPersons;

  constructor(found: TwinPersons) {
    this.found = found;
  }

  personOf(recordId: string): string {
    return this.found.personOf.get(recordId) ?? '';
  }

  /** The records, put together by the person that they ended in. */
  asPersons(records: readonly TestRecord[]): Cluster[] {
    return groupBy(records, (r) => this.personOf(r.id)).map((part) => new Cluster(part[0]?.id ?? '', part));
  }

  tell(reason: LitigeReason, a: { readonly id: string }, b: { readonly id: string }): void {
    const [left, right] = [this.personOf(a.id), this.personOf(b.id)].sort();
    if (left !== right) this.pairs.add(`${reason} ${left} ${right}`);
  }

  tellDifferent(reason: LitigeReason, members: readonly Cluster[], read: (c: Cluster) => string): void {
    for (const [a, b] of pairsOf(members)) if (read(a) !== read(b)) this.tell(reason, a, b);
  }
}

function byIdentifier(litiges: Litiges, { sharing, components }: TwinPersons): void {
  for (const [a, b] of sharing) {
    if (!agree(a, b)) litiges.tell('identifier_disagrees', a, b);
    else if (contradict(claimsOf(a), claimsOf(b))) litiges.tell('two_identifiers', a, b);
  }
  for (const component of components) {
    for (const type of contradictoryTypes(component)) {
      litiges.tellDifferent('two_identifiers', litiges.asPersons(component), (c) => c.claim(type));
    }
  }
}

function byName(litiges: Litiges, { groups, types, clashesIn }: TwinPersons): void {
  for (const group of groups) {
    for (const [a, b] of pairsOf(group)) {
      const differ = types.some((type) => a.claim(type) && b.claim(type) && a.claim(type) !== b.claim(type));
      if (differ && !clash(a, b, 'place')) litiges.tell('two_identifiers', a, b);
    }
    const placed = group.filter((c) => c.known('exclusive'));
    if (clashesIn(group).join() === 'exclusive') {
      litiges.tellDifferent('two_enrolments', placed, (c) => c.known('exclusive'));
    }
  }
}

function byChain(litiges: Litiges, { chains, clashesIn }: TwinPersons): void {
  for (const chain of chains) {
    const clashing = clashesIn(chain);
    const parts = litiges.asPersons(chain.flatMap((c) => c.records));
    if (clashing.join() === 'exclusive') {
      litiges.tellDifferent('two_enrolments', parts, (c) => c.known('exclusive'));
    }
    if (clashing.includes('place')) continue;
    for (const type of clashing.filter((trait) => trait !== 'exclusive')) {
      const claims = new Set(parts.map((c) => c.claim(type)).filter((claim) => claim !== ''));
      if (claims.size > 1) litiges.tellDifferent('two_identifiers', parts, (c) => c.claim(type));
    }
  }
}

/** Every pair of persons of which a person must decide, and the persons that are in two places at once. */
export function twinLitiges(
  records: readonly TestRecord[],
  found: TwinPersons,
): { readonly litigePairs: ReadonlySet<string>; readonly tornPersons: ReadonlySet<string> } {
  const litiges = new Litiges(found);
  byIdentifier(litiges, found);
  byName(litiges, found);
  byChain(litiges, found);
  const torn = litiges.asPersons(records).filter((c) => c.known('exclusive').includes('+'));
  return { litigePairs: litiges.pairs, tornPersons: new Set(torn.map((c) => litiges.personOf(c.id))) };
}
