import fc from 'fast-check';
import type { VERDICTS } from '../../clustering/decisions/decisions.ts';
import { and, call, column, equal, left, right } from '../../expression/expression.ts';
import { distanceLevel, exactLevel, nullLevel, similarityLevel } from '../../levels/levels.ts';
import {
  defineModel,
  type LinkType,
  level,
  type Model,
  otherwise,
  type SourceParameters,
} from '../../model/model.ts';
import { quoted } from '../../testing/memory-database.ts';
import type { Partitioner, PartitionGraph } from '../partition.ts';

/** A person of a small world where names and dates meet often. */
export interface Person {
  readonly id: number;
  readonly source: 'a' | 'b';
  readonly first: string | null;
  readonly last: string | null;
  readonly year: number | null;
  readonly birth: string | null;
}

const text = (...values: readonly string[]) => fc.option(fc.constantFrom(...values), { freq: 12 });

export const person: fc.Arbitrary<Person> = fc.record({
  id: fc.integer({ min: 1, max: 45 }),
  source: fc.constantFrom('a', 'b'),
  first: text('ANNE', 'ANN', 'ANNA', "O'NEIL", 'LOUIS', 'LOU', 'MARTIN', 'ÉLISE'),
  last: text('MARTIN', 'MARTN', 'DURAND', 'DUPONT', 'LOUIS', "O'NEIL"),
  year: fc.option(fc.integer({ min: 2000, max: 2002 }), { freq: 12 }),
  birth: text('2000-01-01', '2001-02-03', '2001-03-02', '2002-12-31'),
});

const names = (column_: string, other: string) => ({
  name: column_,
  columns: [column_, other],
  levels: [
    nullLevel(column_),
    { ...exactLevel(column_, { termFrequency: true, minimumU: 0.02 }), m: 0.7, u: 0.1 },
    // Not the same when the records change places.
    level('left begins with right', call('starts_with', left(column_), right(column_)), {
      m: 0.1,
      u: 0.02,
      termFrequency: { column: column_, weight: 0.5, minimumU: 0, ownU: false },
    }),
    {
      ...level('crossed', and(equal(left(column_), right(other)), equal(left(other), right(column_)))),
      m: 0.05,
      u: 0.01,
    },
    { ...similarityLevel(column_, 'jaro_winkler_similarity', 0.85), m: 0.1, u: 0.05 },
    { ...otherwise(), m: 0.05, u: 0.82 },
  ],
});

const NAME_M = [0.2, 0.2, 0.1, 0.1, 0.4];
const BETWEEN_INPUTS: SourceParameters = {
  sources: ['b', 'a'],
  m: [NAME_M, NAME_M, [0.1, 0.2, 0.7], [0.2, 0.8]],
};

/** A model with asymmetrical and adjusted levels, one that only the engine reads, a derived column, and rules of every kind. */
export function worldModel(linkType: LinkType): Model {
  return defineModel({
    linkType,
    prior: 0.2,
    idColumn: 'id',
    sourceColumn: 'source',
    derivations: [{ name: 'initial', expression: call('substr', call('name_key', column('first')), 1, 1) }],
    comparisons: [
      names('first', 'last'),
      names('last', 'first'),
      {
        name: 'birth',
        columns: ['birth'],
        levels: [
          nullLevel('birth'),
          { ...exactLevel('birth'), m: 0.9, u: 0.2 },
          { ...distanceLevel('birth', 'damerau_levenshtein', 2), m: 0.08, u: 0.2 },
          { ...otherwise(), m: 0.02, u: 0.6 },
        ],
      },
      {
        name: 'year',
        columns: ['year'],
        levels: [
          { ...nullLevel('year') },
          { label: 'near', sql: 'abs("year_l" - "year_r") <= 1', m: 0.95, u: 0.6 },
          { ...otherwise(), m: 0.05, u: 0.4 },
        ],
      },
    ],
    // Between inputs, errors are others than within one.
    ...(linkType === 'dedupe_only' ? {} : { sourceParameters: [BETWEEN_INPUTS] }),
    blockingRules: [
      'l.last = r.last AND l.initial = r.initial',
      'l.first = r.last',
      'l.birth = r.birth AND starts_with(l.last, substr(r.last, 1, 2))',
      `l.birth = r.birth AND l.year = r.year AND jaccard(l.first, r.first) >= 0.5 AND l.first NOT LIKE 'L%'`,
    ],
  });
}

export function withoutRepeats(people: readonly Person[], several: boolean): readonly Person[] {
  const kept = new Map(people.map((one) => [keyOf(one, several), one]));
  return [...kept.values()];
}

/** What makes a record itself: its id, and its source where there are several. */
export function keyOf({ id, source }: Pick<Person, 'id' | 'source'>, several: boolean): string {
  return several ? `${source}-${id}` : String(id);
}

/** The people as what follows FROM. */
export function relationOf(people: readonly Person[]): string {
  const rows = people.map(
    ({ id, source, first, last, year, birth }) =>
      `(${id}, '${source}', ${quoted(first)}, ${quoted(last)}, ${year ?? 'NULL'}, ${quoted(birth)})`,
  );
  const none = `SELECT 0, '', '', '', 0, '' WHERE false`;
  return `(SELECT id::INTEGER AS id, source::VARCHAR AS source, "first"::VARCHAR AS "first", "last"::VARCHAR AS "last",
    year::INTEGER AS year, birth::VARCHAR AS birth
    FROM (${rows.length === 0 ? none : `VALUES ${rows.join(', ')}`}) t(id, source, "first", "last", year, birth))`;
}

/** What somebody decided of two people, by their ids and sources. */
export interface Decided {
  readonly left: Pick<Person, 'id' | 'source'>;
  readonly right: Pick<Person, 'id' | 'source'>;
  readonly verdict: (typeof VERDICTS)[number] | 'none';
}

/** The decisions as what follows FROM; the last one on two people counts. */
export function decisionsOf(decisions: readonly Decided[]): string {
  const rows = decisions.map(
    ({ left: l, right: r, verdict }) => `(${l.id}, '${l.source}', ${r.id}, '${r.source}', '${verdict}')`,
  );
  const none = `SELECT 0, '', 0, '', '' WHERE false`;
  return `(SELECT * FROM (${rows.length === 0 ? none : `VALUES ${rows.join(', ')}`}) t(id_l, source_l, id_r, source_r, verdict))`;
}

/** Merges along the heaviest edges first, never beyond three records: what it does depends on the order of ties. */
export const threesomes: Partitioner = {
  name: 'threesomes',
  partition({ nodeCount, left: from, right: to, weight }: PartitionGraph) {
    const labels = Int32Array.from({ length: nodeCount }, (_, node) => node);
    const order = [...weight.keys()].sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b);
    for (const edge of order) {
      const [a, b] = [labels[from[edge] ?? 0] ?? 0, labels[to[edge] ?? 0] ?? 0];
      const size = labels.filter((label) => label === a || label === b).length;
      if (a === b || size > 3) continue;
      for (const [node, label] of labels.entries()) if (label === b) labels[node] = a;
    }
    return labels;
  },
};
