import fc from 'fast-check';
import type { SplinkComparison, SplinkLevel, SplinkModelFile } from '../model-file.ts';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Conditions as people write them, over one column. */
const CONDITIONS: readonly ((l: string, r: string) => string)[] = [
  (l, r) => `${l} = ${r}`,
  (l, r) => `(${l}=${r})`,
  (l, r) => `jaro_winkler_similarity(${l}, ${r}) >= 0.92`,
  (l, r) => `damerau_levenshtein(${l}, ${r}) <= 1 AND length(${l}) > 3`,
  (l, r) => `abs(epoch(try_strptime(${l}, '%Y-%m-%d')) - epoch(try_strptime(${r}, '%Y-%m-%d'))) <= 2629800.0`,
  (l, r) => `NULLIF(regexp_extract(${l}, '^[^@]+', 0), '') = NULLIF(regexp_extract(${r}, '^[^@]+', 0), '')`,
  (l, r) => `array_length(list_intersect(string_split(${l}, ' '), string_split(${r}, ' '))) >= 1`,
  (l, r) => `list_max(list_transform(string_split(${l}, ' '), x -> jaro_similarity(x, ${r}))) > 0.9`,
  (l, r) => `substr(${l}, 1, 3) = substr(${r}, 1, 3) OR ${l} LIKE 'D''%'`,
];

const column = fc.constantFrom('surname', 'first name', 'né(e)', 'a"b', 'group', 'DOB', 'e-mail');
const probability = fc.oneof(fc.double({ min: 1e-9, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.5));

const levelBase = fc.record(
  {
    label_for_charts: fc.constantFrom('equal', 'près', 'x "y"', 'equal'),
    m_probability: probability,
    u_probability: probability,
    fix_m_probability: fc.boolean(),
    fix_u_probability: fc.boolean(),
  },
  { requiredKeys: ['label_for_charts', 'fix_m_probability', 'fix_u_probability'] },
);

function level(name: string): fc.Arbitrary<SplinkLevel> {
  const [l, r] = [quoted(`${name}_l`), quoted(`${name}_r`)];
  const frequency = fc.record({
    minimum: fc.constantFrom(0, 0.001),
    weight: fc.constantFrom(0, 0.5, 1),
    own: fc.boolean(),
  });
  return fc
    .tuple(fc.constantFrom(...CONDITIONS), levelBase, fc.option(frequency, { nil: undefined }))
    .map(([condition, base, adjusted]) => ({
      sql_condition: condition(l, r),
      ...base,
      ...(adjusted === undefined
        ? {}
        : {
            tf_adjustment_column: name === 'group' ? '"group"' : name,
            ...(adjusted.minimum === 0 ? {} : { tf_minimum_u_value: adjusted.minimum }),
            tf_adjustment_weight: adjusted.weight,
            ...(adjusted.own ? { disable_tf_exact_match_detection: true } : {}),
          }),
    }));
}

function comparison(index: number): fc.Arbitrary<SplinkComparison> {
  return column.chain((name) =>
    fc
      .tuple(fc.array(level(name), { minLength: 1, maxLength: 4 }), levelBase, fc.boolean(), fc.boolean())
      .map(([levels, last, described, withNull]) => ({
        output_column_name: `${name} ${index}`,
        comparison_levels: [
          ...(withNull
            ? [
                {
                  sql_condition: `${quoted(`${name}_l`)} IS NULL OR ${quoted(`${name}_r`)} IS NULL`,
                  label_for_charts: `${name} is NULL`,
                  fix_m_probability: false,
                  fix_u_probability: false,
                  is_null_level: true,
                },
              ]
            : []),
          ...levels,
          { sql_condition: 'ELSE', ...last },
        ],
        comparison_description: described ? 'CustomComparison' : `${name} ${index}`,
      })),
  );
}

const rule = fc.constantFrom(
  'l."surname" = r."surname"',
  '(l."DOB" = r."DOB") AND (substr(l."first name", 1, 1) = substr(r."first name", 1, 1))',
  'l.surname = r."first name" and levenshtein(l.surname, r.surname) < 3',
);

/** Model files as Splink writes them, keys in its order. */
export function splinkModelFiles(): fc.Arbitrary<SplinkModelFile> {
  return fc
    .record({
      linkType: fc.constantFrom('dedupe_only', 'link_only', 'link_and_dedupe'),
      prior: fc.double({ min: 1e-9, max: 0.999, noNaN: true }),
      flags: fc.tuple(fc.boolean(), fc.boolean()),
      retained: fc.uniqueArray(fc.constantFrom('note', 'école'), { maxLength: 2 }),
      uid: fc.constantFrom(null, 'abc12345'),
      five: fc.boolean(),
      rules: fc.array(fc.tuple(rule, fc.option(fc.constant(['tags']), { nil: undefined })), { maxLength: 3 }),
      comparisons: fc.tuple(comparison(1), comparison(2)),
    })
    .map(({ linkType, prior, flags, retained, uid, five, rules, comparisons }) => ({
      link_type: linkType,
      probability_two_random_records_match: prior,
      retain_matching_columns: flags[0],
      retain_intermediate_calculation_columns: flags[1],
      additional_columns_to_retain: retained,
      sql_dialect: 'duckdb',
      linker_uid: uid,
      em_convergence: 0.0001,
      max_iterations: 25,
      [five ? 'match_weight_column_prefix' : 'bayes_factor_column_prefix']: five ? 'mw_' : 'k_',
      term_frequency_adjustment_column_prefix: 'tf_',
      comparison_vector_value_column_prefix: 'g_',
      unique_id_column_name: 'id',
      source_dataset_column_name: 'source',
      blocking_rules_to_generate_predictions: rules.map(([sql, explode]) => ({
        blocking_rule: sql,
        sql_dialect: 'duckdb' as const,
        ...(explode === undefined ? {} : { arrays_to_explode: explode }),
      })),
      comparisons,
    }));
}
