export type Language = 'en' | 'fr';

/** Every sentence of the report, in one language. Functions take numbers already written. */
export interface Words {
  readonly title: string;
  readonly skip: string;
  readonly contents: string;
  readonly showTable: string;
  readonly personal: string;
  readonly footer: string;
  readonly none: string;
  readonly missing: string;
  readonly yes: string;
  readonly no: string;
  readonly interval: (low: string, high: string) => string;
  readonly columns: Readonly<Record<ColumnName, string>>;
  readonly summary: {
    readonly heading: string;
    readonly records: string;
    readonly possible: string;
    readonly candidates: string;
    readonly scored: string;
    readonly prior: string;
    readonly priorValue: (one: string) => string;
    readonly linkType: string;
    readonly linkTypes: Readonly<Record<'dedupe_only' | 'link_only' | 'link_and_dedupe', string>>;
    readonly thresholds: string;
    readonly thresholdsValue: (same: string, review: string) => string;
    readonly outcomes: Readonly<Record<OutcomeName, string>>;
  };
  readonly warnings: { readonly heading: string; readonly intro: string };
  readonly weights: SectionWords & {
    readonly describe: (low: string, lowest: string, high: string, highest: string) => string;
  };
  readonly mu: SectionWords & {
    readonly m: string;
    readonly u: string;
    readonly describe: (comparison: string) => string;
  };
  readonly estimates: SectionWords & {
    readonly mOf: (comparison: string) => string;
    readonly uOf: (comparison: string) => string;
    readonly describe: (estimates: string) => string;
    readonly uScale: string;
  };
  readonly blocking: SectionWords & {
    readonly newPairs: string;
    readonly describe: (rules: string, pairs: string) => string;
    readonly largest: string;
    readonly block: (number: string) => string;
  };
  readonly histogram: SectionWords & {
    readonly describe: (pairs: string, low: string, high: string) => string;
    readonly logarithmic: string;
  };
  readonly unlinkables: SectionWords & {
    readonly describe: (share: string, threshold: string) => string;
    readonly axis: string;
  };
  readonly truth: SectionWords & {
    readonly labels: Readonly<Record<'clusters' | 'pairs', string>>;
    readonly unscored: (count: string) => string;
    readonly leftOut: (count: string) => string;
    readonly blockingRecall: (share: string, found: string, matches: string) => string;
    readonly precisionRecall: string;
    readonly describeCurve: (area: string, precision: string, recall: string) => string;
    readonly byWeight: string;
    readonly describeByWeight: (f1: string, weight: string) => string;
    readonly areas: (precisionRecall: string, roc: string) => string;
    readonly thresholds: string;
    readonly thresholdsIntro: string;
    readonly criteria: {
      readonly given: string;
      readonly f: (beta: string) => string;
      readonly precision: (least: string) => string;
      readonly cost: (falsePositive: string, falseNegative: string) => string;
    };
    readonly chosen: string;
  };
  readonly agreement: {
    readonly over: string;
    readonly heading: string;
    readonly pairwise: string;
    readonly bCubed: string;
    readonly exact: (exact: string, entities: string, severalExact: string, several: string) => string;
  };
  readonly errors: SectionWords & {
    readonly kinds: Readonly<Record<'wrong' | 'missed' | 'unscored', string>>;
    readonly more: (count: string) => string;
  };
  readonly groups: SectionWords & {
    readonly by: (column: string) => string;
    readonly gap: (what: string, highest: string, lowest: string, gap: string) => string;
    readonly clear: string;
    readonly unclear: string;
    readonly small: (groups: string, records: string, least: string) => string;
    readonly missed: string;
    readonly wrong: string;
  };
  readonly clusters: SectionWords & {
    readonly bySize: string;
    readonly describe: (clusters: string, largest: string) => string;
    readonly pictures: string;
    readonly links: string;
    readonly picturesIntro: string;
    readonly describePicture: (nodes: string, edges: string, bridges: string) => string;
  };
  readonly pairs: SectionWords & {
    readonly find: string;
    readonly sort: string;
    readonly sortBy: Readonly<Record<'weight-down' | 'weight-up' | 'id', string>>;
    readonly found: string;
    readonly pair: (left: string, right: string) => string;
    readonly start: string;
    readonly total: string;
    readonly rarity: (comparison: string) => string;
    readonly describe: (start: string, total: string) => string;
    readonly sides: string;
    readonly states: Readonly<Record<'equal' | 'differs' | 'missing', string>>;
    readonly probability: string;
  };
}

export interface SectionWords {
  readonly heading: string;
  readonly intro: string;
}

export type OutcomeName = 'same' | 'review' | 'apart';

export type ColumnName =
  | 'comparison'
  | 'level'
  | 'weight'
  | 'estimate'
  | 'rule'
  | 'pairs'
  | 'share'
  | 'block'
  | 'records'
  | 'outcome'
  | 'from'
  | 'to'
  | 'threshold'
  | 'criterion'
  | 'precision'
  | 'recall'
  | 'f1'
  | 'wrong'
  | 'missed'
  | 'optimism'
  | 'kind'
  | 'pattern'
  | 'examples'
  | 'group'
  | 'missedRate'
  | 'wrongRate'
  | 'size'
  | 'clusters'
  | 'record'
  | 'bridge'
  | 'column'
  | 'left'
  | 'right'
  | 'state'
  | 'contribution'
  | 'upTo';
