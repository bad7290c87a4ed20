import type { TestRecord } from './people.ts';
import {
  agree,
  Cluster,
  claimsOf,
  componentsOf,
  contradict,
  contradictoryTypes,
  type Edge,
  groupBy,
  idsOf,
  pairsOf,
  shareIdentifier,
} from './twin-records.ts';

/** Who is joined by what, on the way from records to persons. */
export interface TwinPersons {
  /** Pairs with an identifier in common. */
  readonly sharing: readonly (readonly [TestRecord, TestRecord])[];
  /** Components of identifiers, before the cut. */
  readonly components: readonly (readonly TestRecord[])[];
  readonly types: readonly string[];
  /** Clusters that have a record with one name, first name and date. */
  readonly groups: readonly (readonly Cluster[])[];
  /** Clusters that merges by name connect, before the cut. */
  readonly chains: readonly (readonly Cluster[])[];
  /** Traits on which two of the clusters clash. */
  clashesIn(clusters: readonly Cluster[]): string[];
  readonly personOf: ReadonlyMap<string, string>;
}

const edgesOf = (pairs: readonly (readonly [{ id: string }, { id: string }])[]): Edge[] =>
  pairs.map(([a, b]) => [a.id, b.id]);

/** True when both know something of the trait, and not the same. */
export function clash(a: Cluster, b: Cluster, trait: string): boolean {
  return a.known(trait) !== '' && b.known(trait) !== '' && a.known(trait) !== b.known(trait);
}

function clustersOf(records: readonly TestRecord[], sharing: TwinPersons['sharing']) {
  const ids = records.map((r) => r.id);
  const firm = sharing.filter(([a, b]) => agree(a, b) && !contradict(claimsOf(a), claimsOf(b)));
  const joined = componentsOf(ids, edgesOf(firm));
  const components = groupBy(records, (r) => joined.get(r.id) ?? '');
  const cutTypes = new Map(components.flatMap((c) => c.map((r) => [r.id, contradictoryTypes(c)] as const)));
  const remaining = firm.filter(([a, b]) =>
    (cutTypes.get(a.id) ?? []).every((type) => idsOf(a).get(type) === idsOf(b).get(type)),
  );
  const clusterOf = componentsOf(ids, edgesOf(remaining));
  const clusters = groupBy(records, (r) => clusterOf.get(r.id) ?? '').map(
    (members) => new Cluster(clusterOf.get(members[0]?.id ?? '') ?? '', members),
  );
  return { components, clusterOf, clusters };
}

/** Persons by the rules: identifiers, the cut of contradictory components, names, the cut of contradictory chains. */
export function twinPersons(records: readonly TestRecord[]): TwinPersons {
  const sharing = pairsOf(records).filter(([a, b]) => shareIdentifier(a, b));
  const { components, clusterOf, clusters } = clustersOf(records, sharing);
  const types = [...new Set(records.flatMap((r) => Object.keys(r.identifiers ?? {})))];
  const clashesIn = (members: readonly Cluster[]) =>
    ['place', 'exclusive', ...types].filter((trait) => pairsOf(members).some(([a, b]) => clash(a, b, trait)));
  const keys = [...new Set(clusters.flatMap((c) => c.keys()))];
  const groups = keys.map((key) => clusters.filter((c) => c.keys().includes(key)));
  const merges = groups.filter((group) => clashesIn(group).length === 0).flatMap(pairsOf);
  const ids = clusters.map((c) => c.id);
  const chained = componentsOf(ids, edgesOf(merges));
  const chains = groupBy(clusters, (c) => chained.get(c.id) ?? '');
  const cutTraits = new Map(chains.flatMap((c) => c.map((each) => [each.id, clashesIn(c)] as const)));
  const kept = merges.filter(([a, b]) =>
    (cutTraits.get(a.id) ?? []).every((trait) => a.known(trait) === b.known(trait)),
  );
  const merged = componentsOf(ids, edgesOf(kept));
  const personOf = new Map(records.map((r) => [r.id, merged.get(clusterOf.get(r.id) ?? '') ?? '']));
  return { sharing, components, types, groups, chains, clashesIn, personOf };
}
