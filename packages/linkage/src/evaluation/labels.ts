/**
 * What is known of the truth: the entity of each record, in a column. Records of one value match; NULL matches nothing;
 * every other pair is a non-match, counted and never generated.
 */
export interface ClusterLabels {
  readonly kind: 'clusters';
  readonly column: string;
  /**
   * What follows FROM, with the id (and the source, when there are several inputs) and the column. The session's records
   * by default, which hold the column when the model retains it.
   */
  readonly relation?: string;
}

/** What is known of the truth: some pairs, judged. Pairs that nobody judged are not counted at all. */
export interface PairLabels {
  readonly kind: 'pairs';
  /**
   * What follows FROM: the ids of both records as `<id>_l` and `<id>_r` (and their sources as `<source>_l`,
   * `<source>_r`, when there are several inputs), and the score.
   */
  readonly relation: string;
  /** Column of the score, from 0 (surely not) to 1 (surely); `clerical_match_score` by default. */
  readonly score?: string;
  /** Least score that counts as a match; 0.5 by default. */
  readonly threshold?: number;
}

export type Labels = ClusterLabels | PairLabels;

/** Labels that cannot be used. The message counts, and quotes no value. */
export class LabelError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LabelError';
  }
}
