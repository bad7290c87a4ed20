import type { LinkType } from '../model/model.ts';

/** A level as Splink writes it. Absent keys have the defaults of `read-model.ts`. */
export interface SplinkLevel {
  readonly sql_condition: string;
  readonly label_for_charts?: string;
  readonly m_probability?: number;
  readonly u_probability?: number;
  readonly fix_m_probability?: boolean;
  readonly fix_u_probability?: boolean;
  readonly tf_adjustment_column?: string;
  readonly tf_minimum_u_value?: number;
  readonly tf_adjustment_weight?: number;
  readonly is_null_level?: boolean;
  readonly disable_tf_exact_match_detection?: boolean;
}

export interface SplinkComparison {
  readonly output_column_name: string;
  readonly comparison_levels: readonly SplinkLevel[];
  readonly comparison_description: string;
}

export interface SplinkBlockingRule {
  readonly blocking_rule: string;
  readonly sql_dialect: 'duckdb';
  readonly arrays_to_explode?: readonly string[];
}

/** A model file as Splink 4 (`bayes_factor_column_prefix`) or 5 (`match_weight_column_prefix`) writes it. */
export interface SplinkModelFile {
  readonly link_type: LinkType;
  readonly probability_two_random_records_match: number;
  readonly retain_matching_columns: boolean;
  readonly retain_intermediate_calculation_columns: boolean;
  readonly additional_columns_to_retain: readonly string[];
  readonly sql_dialect: 'duckdb';
  readonly linker_uid: string | null;
  readonly em_convergence: number;
  readonly max_iterations: number;
  readonly bayes_factor_column_prefix?: string;
  readonly match_weight_column_prefix?: string;
  readonly term_frequency_adjustment_column_prefix: string;
  readonly comparison_vector_value_column_prefix: string;
  readonly unique_id_column_name: string;
  readonly source_dataset_column_name: string;
  readonly blocking_rules_to_generate_predictions: readonly SplinkBlockingRule[];
  readonly comparisons: readonly SplinkComparison[];
}

/** What a Splink model file says beside the model itself: how its output looks. */
export interface SplinkSettings {
  /** Which Splink the output and the file are like: 4 has Bayes factors, 5 has additive weights. */
  readonly generation: 4 | 5;
  readonly retainMatchingColumns: boolean;
  readonly retainIntermediateColumns: boolean;
  readonly linkerUid: string | null;
  /** Before the columns of factors (`bf_`, Splink 4) or weights (`mw_`, Splink 5). */
  readonly weightPrefix: string;
  readonly termFrequencyPrefix: string;
  readonly gammaPrefix: string;
}

export const WEIGHT_PREFIXES = { 4: 'bf_', 5: 'mw_' } as const;

/** Splink's defaults. */
export const SPLINK_SETTINGS: SplinkSettings = {
  generation: 4,
  retainMatchingColumns: true,
  retainIntermediateColumns: false,
  linkerUid: null,
  weightPrefix: WEIGHT_PREFIXES[4],
  termFrequencyPrefix: 'tf_',
  gammaPrefix: 'gamma_',
};

/** Column names that Splink quotes in a file, being SQL keywords to it. */
export const QUOTED_COLUMNS: ReadonlySet<string> = new Set(['group', 'index']);
