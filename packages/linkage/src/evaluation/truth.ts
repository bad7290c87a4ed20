interface TruthCounts {
  /** Pairs that match, among those whose truth is known and that the link type allows. */
  readonly matches: number;
  /** Pairs that do not. */
  readonly others: number;
  /** Only pairs of different sources. */
  readonly acrossSources: boolean;
}

/** The truth as an entity for each record: table `entities` (rid, source_no, entity), entity being its least rid. */
export interface ClusterTruth extends TruthCounts {
  readonly kind: 'clusters';
  readonly entities: string;
}

/** The truth of some pairs: table `labelled` (rid_l, rid_r, same), rid_l < rid_r, each pair once. */
export interface PairTruth extends TruthCounts {
  readonly kind: 'pairs';
  readonly labelled: string;
}

export type Truth = ClusterTruth | PairTruth;

/** SELECT of every matching pair (rid_l < rid_r), whether or not anything found it. */
export function matchingPairsSql(truth: Truth): string {
  if (truth.kind === 'pairs') return `SELECT rid_l, rid_r FROM ${truth.labelled} WHERE same`;
  const across = truth.acrossSources ? ' AND l.source_no <> r.source_no' : '';
  return `SELECT l.rid AS rid_l, r.rid AS rid_r FROM ${truth.entities} l
    JOIN ${truth.entities} r ON l.entity = r.entity AND l.rid < r.rid${across}`;
}

/** SELECT of the scored pairs whose truth is known: the columns of `pairs`, and `same`. */
export function judgedPairsSql(truth: Truth, pairs: string): string {
  if (truth.kind === 'pairs') {
    return `SELECT p.*, t.same FROM ${pairs} p JOIN ${truth.labelled} t ON t.rid_l = p.rid_l AND t.rid_r = p.rid_r`;
  }
  return `SELECT p.*, l.entity = r.entity AS same FROM ${pairs} p
    JOIN ${truth.entities} l ON l.rid = p.rid_l JOIN ${truth.entities} r ON r.rid = p.rid_r`;
}
