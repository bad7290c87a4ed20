import type { Words } from './words.ts';

export const ENGLISH: Words = {
  title: 'Record linkage report',
  skip: 'Skip to the report',
  contents: 'Contents',
  showTable: 'The figures as a table',
  personal:
    'This page shows values of records: personal data. Keep it where the records themselves may be kept, and share it only with people who may see them.',
  footer: 'One file, no network: nothing in this page is loaded from elsewhere or sent anywhere.',
  none: 'none',
  missing: 'missing',
  yes: 'yes',
  no: 'no',
  interval: (low, high) => `${low} to ${high}`,
  columns: {
    comparison: 'Comparison',
    level: 'Level',
    weight: 'Weight',
    estimate: 'Estimate',
    rule: 'Rule',
    pairs: 'Pairs',
    share: 'Share',
    block: 'Block',
    records: 'Records',
    outcome: 'Outcome',
    from: 'From',
    to: 'To',
    threshold: 'Threshold',
    criterion: 'Chosen for',
    precision: 'Precision',
    recall: 'Recall',
    f1: 'F1',
    wrong: 'Wrong links',
    missed: 'Missed matches',
    optimism: 'F1 too high by',
    kind: 'Error',
    pattern: 'How the records compare',
    examples: 'Examples',
    group: 'Group',
    missedRate: 'Matches missed',
    wrongRate: 'Links wrong',
    size: 'Records',
    clusters: 'Clusters',
    record: 'Record',
    bridge: 'Bridge',
    column: 'Column',
    left: 'Left record',
    right: 'Right record',
    state: 'Difference',
    contribution: 'Adds',
    upTo: 'Weight of the record against itself',
  },
  summary: {
    heading: 'In short',
    records: 'Records',
    possible: 'Possible pairs',
    candidates: 'Candidate pairs',
    scored: 'Pairs scored',
    prior: 'Random pairs that match',
    priorValue: (one) => `1 in ${one}`,
    linkType: 'Compared',
    linkTypes: {
      dedupe_only: 'within one set',
      link_only: 'between sets only',
      link_and_dedupe: 'within sets and between them',
    },
    thresholds: 'Thresholds',
    thresholdsValue: (same, review) => `same from ${same}, review from ${review}`,
    outcomes: { same: 'Same', review: 'To review', apart: 'Apart' },
  },
  warnings: { heading: 'Warnings', intro: 'What to look at before these results are used.' },
  weights: {
    heading: 'Match weights',
    intro:
      'What each level says. A weight of +1 makes a match twice as likely, −1 half as likely. Missing values weigh nothing.',
    describe: (low, lowest, high, highest) => `Weights go from ${low} (${lowest}) to ${high} (${highest}).`,
  },
  mu: {
    heading: 'How often each level occurs',
    intro:
      'Among matches (m) and among other pairs (u). A level is worth much when its two bars differ much: its weight is log2(m/u).',
    m: 'among matches (m)',
    u: 'among other pairs (u)',
    describe: (comparison) =>
      `Two bars for each level of ${comparison}: its share among matches and among other pairs.`,
  },
  estimates: {
    heading: 'Estimates compared',
    intro:
      'The same parameters as estimated in different ways. Marks that lie together can be trusted; marks that lie apart ask for a look at the comparison or its data.',
    mOf: (comparison) => `${comparison}: among matches (m)`,
    uOf: (comparison) => `${comparison}: among other pairs (u)`,
    describe: (estimates) => `One mark for each estimate of each level. Estimates: ${estimates}.`,
    uScale: 'power of ten',
  },
  blocking: {
    heading: 'Blocking',
    intro: 'Which pairs are looked at. A pair belongs to the first rule that finds it.',
    newPairs: 'Found first',
    describe: (rules, pairs) => `${rules} rules find ${pairs} pairs.`,
    largest: 'Largest blocks',
    block: (number) => `block ${number}`,
  },
  histogram: {
    heading: 'Weights of the pairs',
    intro:
      'Scored pairs by match weight. Two well separated hills are a good sign; pairs near a threshold are the doubtful ones.',
    describe: (pairs, low, high) => `${pairs} pairs, with weights from ${low} to ${high}.`,
    logarithmic: 'Each line upwards is ten times as many pairs.',
  },
  unlinkables: {
    heading: 'Records that cannot be linked',
    intro:
      'Each record against itself: nothing could agree with it better. Below the threshold it can never be linked, for too much is missing or too common.',
    describe: (share, threshold) => `${share} of the records stay below the weight ${threshold}.`,
    axis: 'share of records below',
  },
  truth: {
    heading: 'Against the labels',
    intro:
      'Precision is the share of links that are right, recall the share of matches that are linked, F1 their harmonic mean.',
    labels: {
      clusters: 'Labels give the entity of each record: every pair is judged.',
      pairs: 'Labels judge some pairs: only these are counted.',
    },
    unscored: (count) => `${count} matches were never scored; they count as missed at every threshold.`,
    leftOut: (count) =>
      `${count} matches were never scored and are left out: recall is that of the weights alone.`,
    blockingRecall: (share, found, matches) =>
      `Blocking finds ${share} of the matches (${found} of ${matches}): no threshold can give more recall.`,
    precisionRecall: 'Precision and recall',
    describeCurve: (area, precision, recall) =>
      `The curve has an area of ${area}. At the threshold, precision is ${precision} and recall ${recall}.`,
    byWeight: 'By threshold',
    describeByWeight: (f1, weight) => `F1 is highest, ${f1}, at the weight ${weight}.`,
    areas: (precisionRecall, roc) =>
      `Area under the precision–recall curve ${precisionRecall}, under the ROC curve ${roc}.`,
    thresholds: 'Thresholds to choose from',
    thresholdsIntro:
      'Intervals at 95 % by drawing entities again. A threshold chosen on the labels looks better than it is: the last column says by how much.',
    criteria: {
      given: 'given beforehand',
      f: (beta) => `best F${beta}`,
      precision: (least) => `precision of ${least}`,
      cost: (falsePositive, falseNegative) =>
        `wrong link costs ${falsePositive}, missed match ${falseNegative}`,
    },
    chosen: 'threshold',
  },
  agreement: {
    heading: 'Clusters against the labels',
    pairwise: 'pairs of records',
    bCubed: 'records (B-cubed)',
    exact: (exact, entities, severalExact, several) =>
      `${exact} of ${entities} entities are found whole and alone; of those with several records, ${severalExact} of ${several}.`,
  },
  errors: {
    heading: 'Errors, by how records compare',
    intro:
      'The patterns with most errors first: where the model can gain most. Ids only; values are shown where pairs were asked for.',
    kinds: { wrong: 'wrong link', missed: 'missed', unscored: 'never scored' },
  },
  groups: {
    heading: 'Does it serve all alike?',
    intro: 'Errors by group, with intervals at 95 %. A pair between two groups counts in both.',
    by: (column) => `By ${column}`,
    gap: (what, highest, lowest, gap) =>
      `${what}: ${highest} has the highest rate, ${lowest} the lowest; the gap is ${gap}.`,
    clear: 'Chance alone hardly explains it.',
    unclear: 'Chance may explain it.',
    small: (groups, records, least) =>
      `${groups} groups of fewer than ${least} records (${records} in all) are not shown.`,
    missed: 'Matches missed',
    wrong: 'Links wrong',
  },
  clusters: {
    heading: 'Clusters',
    intro: 'Records put together, by the number of records.',
    size: (size) => `${size} records`,
    describe: (clusters, largest) => `${clusters} clusters; the largest has ${largest} records.`,
    pictures: 'Some clusters drawn',
    picturesIntro:
      'Dots are records, lines are links; a dashed line is a bridge: without it the cluster falls in two.',
    describePicture: (nodes, edges, bridges) => `${nodes} records, ${edges} links, ${bridges} bridges.`,
  },
  pairs: {
    heading: 'Pairs explained',
    intro: 'Both records side by side, and how the weight comes about.',
    find: 'Find',
    sort: 'Order',
    sortBy: { 'weight-down': 'highest weight first', 'weight-up': 'lowest weight first', id: 'by id' },
    found: 'pairs shown',
    pair: (left, right) => `${left} and ${right}`,
    start: 'before comparing',
    total: 'match weight',
    rarity: (comparison) => `${comparison}: how common`,
    describe: (start, total) => `From ${start} before anything is compared to ${total}.`,
    sides: 'Both records',
    states: { equal: 'equal', differs: 'differs', missing: 'missing' },
    probability: 'probability',
  },
};
