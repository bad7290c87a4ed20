import { expect } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import type { LinkType } from '../../model/model.ts';
import type { LinkInput } from '../../records/record-tables.ts';
import { type CreateIndexOptions, createIndex } from '../create-index.ts';
import type { LinkIndex } from '../open-index.ts';
import type { Partitioner } from '../partition.ts';
import { type Person, relationOf, worldModel } from './small-worlds.ts';

export const THRESHOLD = -4;

/** How a small world is linked. */
export interface Run {
  readonly linkType: LinkType;
  readonly several: boolean;
  readonly partitioner: Partitioner;
}

function inputsOf(people: readonly Person[], several: boolean): readonly LinkInput[] {
  if (!several) return [{ relation: relationOf(people) }];
  return (['b', 'a'] as const).map((name) => ({
    name,
    relation: relationOf(people.filter(({ source }) => source === name)),
  }));
}

/** An index of people. */
export function createOf(
  engine: Engine,
  people: readonly Person[],
  { linkType, several, partitioner }: Run,
  more: CreateIndexOptions = {},
): Promise<LinkIndex> {
  return createIndex(engine, worldModel(linkType), inputsOf(people, several), {
    threshold: THRESHOLD,
    partitioner,
    ...more,
  });
}

/** What an index concludes. */
export interface State {
  readonly edges: readonly Record<string, unknown>[];
  readonly clusters: readonly string[];
}

/** Edges and clusters by what the records are, not by their numbers. */
export async function stateOf({ engine, tables }: LinkIndex): Promise<State> {
  const key = (alias: string) => `${alias}.source || '-' || ${alias}.id`;
  const edges =
    await engine.all(`SELECT ${key('l')} AS l, ${key('r')} AS r, match_key, pattern::VARCHAR AS pattern, match_weight
    FROM ${tables.edges} e JOIN ${tables.records} l ON l.rid = rid_l JOIN ${tables.records} r ON r.rid = rid_r ORDER BY 1, 2`);
  const clusters = await engine.all(`SELECT string_agg(${key('r')}, ' ' ORDER BY ${key('r')}) AS members
    FROM ${tables.clusters} c JOIN ${tables.records} r USING (rid) GROUP BY cluster ORDER BY 1`);
  return { edges, clusters: clusters.map(({ members }) => String(members)) };
}

/** Equal edges (weights to 1e−9) and equal clusters. */
export function expectEqual(found: State, wanted: State): void {
  const plain = ({ match_weight: _, ...rest }: Record<string, unknown>) => rest;
  expect(found.edges.map(plain)).toEqual(wanted.edges.map(plain));
  for (const [place, { match_weight: weight }] of wanted.edges.entries()) {
    expect(Number(found.edges[place]?.match_weight)).toBeCloseTo(Number(weight), 9);
  }
  expect(found.clusters).toEqual(wanted.clusters);
}

/** The frozen frequencies of an index, as relations for another. */
export function frequenciesOf({ manifest, tables }: LinkIndex): Readonly<Record<string, string>> {
  return Object.fromEntries(
    manifest.frequencyColumns.map((name, place) => [
      name,
      `(SELECT value AS "${name}", tf AS "tf_${name}" FROM ${tables.frequencies(place)})`,
    ]),
  );
}
