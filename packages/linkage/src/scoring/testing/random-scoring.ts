import fc from 'fast-check';
import { and, call, type Expression, equal, left, or, right } from '../../expression/expression.ts';
import { quoteText } from '../../expression/sql-text.ts';
import { distanceLevel, exactLevel, nullLevel, similarityLevel } from '../../levels/levels.ts';
import {
  type Comparison,
  type ComparisonLevel,
  defineModel,
  level,
  type Model,
  otherwise,
} from '../../model/model.ts';
import type { SqlRunner } from '../../runner.ts';

export interface RandomRecord {
  readonly first: string | null;
  readonly last: string | null;
  readonly born: string | null;
  readonly town: string | null;
  readonly site: string;
}

const short = (values: readonly string[]): fc.Arbitrary<string | null> =>
  fc.option(fc.constantFrom(...values), { freq: 6 });

/** Records that resemble one another often. */
export const randomRecords: fc.Arbitrary<readonly RandomRecord[]> = fc.array(
  fc.record({
    first: short(['ANNE', 'ANNA', 'NANA', 'ANNE-LOU', 'ÉMILE', 'EMILE', '']),
    last: short(['DUPONT', 'DUPOND', 'DUPNOT', 'DU PONT', 'NGUYEN', 'X']),
    born: short(['2001-02-03', '2001-03-02', '2001-02-30', '1999-12-31']),
    town: short(['PAU', 'LYON']),
    site: fc.constantFrom('a', 'b', 'c'),
  }),
  { minLength: 2, maxLength: 25 },
);

const names = fc.constantFrom('first', 'last', 'born', 'town');

function levelOn(name: string): fc.Arbitrary<ComparisonLevel> {
  return fc.oneof(
    fc.boolean().map((termFrequency) => exactLevel(name, { termFrequency })),
    fc
      .constantFrom(0.95, 0.8)
      .map((threshold) => similarityLevel(name, 'jaro_winkler_similarity', threshold)),
    fc
      .tuple(fc.constantFrom('levenshtein' as const, 'damerau_levenshtein' as const), fc.constantFrom(1, 2))
      .map(([distance, threshold]) => distanceLevel(name, distance, threshold)),
    fc.constant(
      level('same beginning', equal(call('substr', left(name), 1, 2), call('substr', right(name), 1, 2))),
    ),
    fc.constantFrom(...sharing(name)),
    fc.constant(
      level(
        'near, and longer',
        and(
          call('<', call('damerau_levenshtein', left(name), right(name)), 3),
          call('>', call('length', left(name)), 4),
        ),
      ),
    ),
  );
}

const blanks = (text: Expression): Expression => call('split_words', call('replace', text, '-', ' '));

/** What functions of a value of each record ask, of which sketches tell something. */
export function sharing(name: string): readonly ComparisonLevel[] {
  const [l, r] = [left(name), right(name)];
  const size = (text: Expression): Expression => call('length', text);
  return [
    level('a word in common', call('list_has_any', blanks(l), blanks(r))),
    level(
      'a word of the other',
      or(call('list_contains', blanks(r), l), call('list_contains', blanks(l), r)),
    ),
    level('the first word', call('starts_with', r, call('||', l, '-'))),
    level('cut short', and(call('>=', size(l), 3), call('starts_with', r, l))),
    level('the end', or(call('suffix', l, call('||', ' ', r)), call('suffix', r, l))),
    level('a pattern', call('~~', l, call('replace', r, 'A', '%'))),
    level('as long, nearly', call('<=', call('abs', call('-', size(l), size(r))), 1)),
  ];
}

const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

function comparison(index: number): fc.Arbitrary<Comparison> {
  return names.chain((name) =>
    fc
      .tuple(
        fc.uniqueArray(levelOn(name), { minLength: 1, maxLength: 4, selector: ({ sql }) => sql }),
        fc.infiniteStream(share),
      )
      .map(([levels, shares]) => {
        const exact = levels.find(({ termFrequency }) => termFrequency !== undefined);
        const ordered = exact === undefined ? levels : [exact, ...levels.filter((one) => one !== exact)];
        const valued = [...ordered, otherwise()].map((one) => ({
          ...one,
          m: shares.next().value as number,
          u: shares.next().value as number,
        }));
        return { name: `${name}${index}`, columns: [name], levels: [nullLevel(name), ...valued] };
      }),
  );
}

/** Trained models over those records, dear and cheap conditions mixed. */
export function randomModels(linkType: Model['linkType'] = 'dedupe_only'): fc.Arbitrary<Model> {
  return fc
    .tuple(comparison(1), comparison(2), comparison(3), fc.double({ min: 0.01, max: 0.9, noNaN: true }))
    .map(([a, b, c, prior]) =>
      defineModel({
        linkType,
        prior,
        comparisons: [a, b, c],
        blockingRules: ['l.town = r.town', 'l.last = r.last', "l.site <> r.site OR l.first = 'ANNE'"],
        retainColumns: ['site'],
      }),
    );
}

/** Makes the table `input` of the records, in the order given; ids are places in `records`. */
export async function loadRecords(
  runner: SqlRunner,
  records: readonly RandomRecord[],
  order: readonly number[] = records.map((_, index) => index),
): Promise<void> {
  const text = (value: string | null): string => (value === null ? 'NULL::VARCHAR' : quoteText(value));
  const rows = order.map((index) => {
    const { first, last, born, town, site } = records[index] as RandomRecord;
    return `(${[index, ...[first, last, born, town, site].map(text)].join(', ')})`;
  });
  await runner.run(
    `CREATE OR REPLACE TABLE input AS SELECT * FROM (VALUES ${rows.join(', ')}) v(unique_id, "first", "last", born, town, site)`,
  );
}
