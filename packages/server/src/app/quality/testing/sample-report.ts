import type { GroupFigures, QualityReport } from '../quality-report.ts';
import { nameGroupGaps, rateOf } from '../rates.ts';
import { nameGroupHarms, type SenderCounts } from '../same-sender.ts';

const group = (name: string, missed: number, due: number, wrong: number): GroupFigures => ({
  group: name,
  people: 1000,
  missed: rateOf(missed, due),
  elsewhere: rateOf(Math.min(1, due - missed), due - missed),
  wrong: rateOf(wrong, due - missed + wrong),
  wronged: rateOf(wrong, 1000 - due),
});

const NAME_GROUPS = [group('france', 20, 300, 12), group('maghreb', 40, 120, 9), group('vietnam', 0, 0, 0)];

/** One sender alone is late, and most of one group live there. */
const BY_SENDER: readonly SenderCounts[] = (
  [
    ['education-nationale/extraction/besancon', 'france', 40, 100],
    ['education-nationale/extraction/besancon', 'maghreb', 38, 100],
    ['none', 'france', 20, 300],
    ['none', 'maghreb', 2, 20],
  ] as const
).map(([sender, group, missed, due]) => ({
  sender,
  group,
  counts: {
    missed: { count: missed, of: due },
    wrong: { count: 8, of: 90 },
    wronged: { count: 8, of: 900 },
  },
}));

/** A report of made-up figures, with something of every kind in it. */
export const SAMPLE_REPORT: QualityReport = {
  format: 'raccroche-quality/1',
  campaign: '2025-11-15-siei-2011',
  asOf: '2025-11-15',
  ruleSet: 'siei-2011',
  country: { seed: 7, people: 3000, senders: 'national', faults: 'named' },
  withheld: false,
  linkage: {
    pairwise: {
      truePositives: 900,
      falsePositives: 1,
      falseNegatives: 9,
      precision: 0.9989,
      recall: 0.9901,
      f1: 0.9945,
    },
    bCubed: { precision: 0.999, recall: 0.99, f1: 0.9945 },
    whole: { precision: 0.98, recall: 0.985, f1: 0.9825 },
    entities: 2900,
    clusters: 2910,
    exact: 2880,
    severalEntities: 2800,
    severalExact: 2780,
    split: 12,
    mixed: 1,
  },
  lists: {
    trulyDroppedOut: 420,
    found: 360,
    missed: rateOf(60, 420),
    listedElsewhere: rateOf(30, 360),
    entries: 383,
    peopleListed: 381,
    wronglyListed: rateOf(21, 381),
    listedTwice: 2,
    deadListed: 1,
    deadListedToCheck: 1,
    missedBecause: { decroche_cfa: 60 },
    wronglyListedBecause: { diplome: 20, decede: 1 },
    schoolRegistersAlone: { listed: 900, trulyDroppedOut: 300, inTrainingElsewhere: 590, other: 10 },
  },
  causes: {
    missed: [
      { cause: 'told_wrong', fault: 'break_untold', sender: 'cfa', count: 50 },
      { cause: 'unexplained', fault: null, sender: null, count: 10 },
    ],
    wrong: [
      { cause: 'untold', fault: 'exam_missing', sender: 'examens', count: 20 },
      { cause: 'unlinked', fault: null, sender: 'insee', count: 1 },
    ],
  },
  groups: {
    department: Array.from({ length: 30 }, (_, index) =>
      group(String(index + 21).padStart(2, '0'), index % 3, 14, index % 2),
    ),
    sex: [group('F', 25, 200, 10), group('M', 35, 220, 11)],
    name_group: NAME_GROUPS,
    sender: [group('education-nationale/extraction/besancon', 40, 200, 15), group('none', 20, 220, 6)],
  },
  nameGroupGaps: nameGroupGaps(NAME_GROUPS),
  nameGroupHarms: nameGroupHarms(BY_SENDER),
};
