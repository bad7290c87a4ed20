import type { Engine } from '../../engine/engine.ts';
import { GraphInputError, integers, type NodeOrder, readPlaces } from '../graph/read-graph.ts';
import { apartLists, type Constraint, type Constraints, MarkBook } from './constraints.ts';

/** What clusters must respect. Each is what follows FROM; values of any type are compared as text. */
export interface ConstraintTables {
  /** `rid_l`, `rid_r`: must be apart. */
  readonly cannotLink?: string;
  /** `rid_l`, `rid_r`: are together, whatever their weight. */
  readonly mustLink?: string;
  /**
   * `rid`, `trait`, `value`: two records whose values of one trait are both known (not NULL) and share nothing must be
   * apart. A record may have several values of a trait.
   */
  readonly traits?: string;
  /** `rid`, `source`: at most one record of each source in a cluster; give the rows of clean sources only. */
  readonly exclusive?: string;
  /**
   * Must-links outweigh traits and exclusive sources: records so joined count as one record that has all their values.
   * False by default: then a must-link between contradictory records is an error. Cannot-link pairs are never outweighed.
   */
  readonly mustLinkWins?: boolean;
}

interface Held {
  readonly constraints: readonly Constraint[];
  /** By row, ascending: place, constraint (from 0 within these), value (from 0 within these). */
  readonly place: Int32Array;
  readonly constraint: Int32Array;
  readonly value: Int32Array;
}

/** Reads cannot-link pairs, traits and exclusive sources. Throws a GraphInputError for a rid that is no node. */
export async function readConstraints(
  engine: Engine,
  tables: ConstraintTables,
  order: NodeOrder,
): Promise<Constraints> {
  const traits = await readHeld(engine, tables.traits, 'trait', order);
  const sources = await readHeld(engine, tables.exclusive, 'exclusive', order);
  const constraints: readonly Constraint[] = [
    { kind: 'cannot_link', name: '' },
    ...traits.constraints,
    ...sources.constraints,
  ];
  const book = new MarkBook(constraints);
  const marks = [marksByRecord(traits, book, 1), marksByRecord(sources, book, 1 + traits.constraints.length)];
  const apart =
    tables.cannotLink === undefined
      ? { left: new Int32Array(0), right: new Int32Array(0) }
      : await readPlaces(engine, `SELECT rid_l, rid_r FROM ${tables.cannotLink}`, order);
  return {
    constraints,
    book,
    ...markLists(marks, order.count),
    ...apartLists(apart.left, apart.right, order.count),
  };
}

async function readHeld(
  engine: Engine,
  relation: string | undefined,
  kind: 'trait' | 'exclusive',
  { placeOf }: NodeOrder,
): Promise<Held> {
  const none = new Int32Array(0);
  if (relation === undefined) return { constraints: [], place: none, constraint: none, value: none };
  const name = kind === 'trait' ? 'trait::VARCHAR' : 'source::VARCHAR';
  const value = kind === 'trait' ? 'value::VARCHAR' : "''";
  const held = `SELECT rid, ${name} AS name, ${value} AS value FROM ${relation}`;
  const known = `SELECT DISTINCT rid, name, value FROM (${held}) WHERE name IS NOT NULL AND value IS NOT NULL`;
  const names = await engine.all(`SELECT DISTINCT name FROM (${known}) ORDER BY name`);
  const columns = await engine.readColumns(
    `SELECT k.rid, v.name_no, v.value_no FROM (${known}) k JOIN (
       SELECT name, value, (dense_rank() OVER (ORDER BY name) - 1)::INTEGER AS name_no,
         (row_number() OVER (ORDER BY name, value) - 1)::INTEGER AS value_no
       FROM (SELECT DISTINCT name, value FROM (${known}))) v USING (name, value)
     ORDER BY k.rid, v.value_no`,
  );
  const [rid = none, constraint = none, values = none] = columns.map((column) => integers(column, kind));
  return {
    constraints: names.map((row) => ({ kind, name: String(row.name) })),
    place: rid.map((each) => placeOfRid(each, placeOf, kind)),
    constraint,
    value: values,
  };
}

function placeOfRid(rid: number, placeOf: Int32Array, kind: string): number {
  const place = rid > 0 ? placeOf[rid] : undefined;
  if (place === undefined)
    throw new GraphInputError(`a rid of the ${kind} constraints is not among the nodes`);
  return place;
}

interface RecordMarks {
  readonly place: Int32Array;
  readonly mark: Int32Array;
}

/** One row for each record and constraint. `first` is the number of the first of these constraints. */
function marksByRecord(held: Held, book: MarkBook, first: number): RecordMarks {
  const markOf = marksOfValues(held, book, first);
  const place = new Int32Array(held.place.length);
  const mark = new Int32Array(held.place.length);
  let rows = 0;
  for (let start = 0, end = 0; start < held.place.length; start = end) {
    const [record, constraint] = [held.place[start] as number, held.constraint[start]];
    while (end < held.place.length && held.place[end] === record && held.constraint[end] === constraint)
      end++;
    place[rows] = record;
    mark[rows] =
      end - start === 1
        ? (markOf[held.value[start] as number] as number)
        : book.together(Array.from(held.value.subarray(start, end), (value) => markOf[value] as number));
    rows++;
  }
  return { place: place.subarray(0, rows), mark: mark.subarray(0, rows) };
}

/** The mark of each value, by its number. */
function marksOfValues(held: Held, book: MarkBook, first: number): Int32Array {
  const values = held.value.reduce((most, value) => Math.max(most, value + 1), 0);
  const constraintOf = new Int32Array(values);
  for (let row = 0; row < held.value.length; row++) {
    constraintOf[held.value[row] as number] = held.constraint[row] as number;
  }
  return constraintOf.map((constraint) => book.add(first + constraint));
}

function markLists(
  parts: readonly RecordMarks[],
  nodeCount: number,
): Pick<Constraints, 'markStarts' | 'marks'> {
  const markStarts = new Int32Array(nodeCount + 1);
  for (const { place } of parts) {
    for (const each of place) markStarts[each + 1] = (markStarts[each + 1] as number) + 1;
  }
  for (let place = 0; place < nodeCount; place++) {
    markStarts[place + 1] = (markStarts[place + 1] as number) + (markStarts[place] as number);
  }
  const next = markStarts.slice();
  const marks = new Int32Array(markStarts[nodeCount] as number);
  for (const { place, mark } of parts) {
    for (let row = 0; row < place.length; row++) {
      const each = place[row] as number;
      marks[next[each] as number] = mark[row] as number;
      next[each] = (next[each] as number) + 1;
    }
  }
  return { markStarts, marks };
}
