import type { Agreement } from '@raccroche/linkage';
import { causeLabel, groupLabel, MEASURE_LABELS, senderLabel, WITHHELD } from './labels.ts';
import type { CauseCount, NameGroupGap, NameGroupHarm, QualityReport, Rate } from './quality-report.ts';

const NUMBER = new Intl.NumberFormat('fr-FR');
const PERCENT = new Intl.NumberFormat('fr-FR', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const ONE = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });
const FINE = new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 3 });

/** What a campaign is worth, in a few lines for people. */
export function qualityText(report: QualityReport): string {
  const { lists, linkage } = report;
  const alone = lists.schoolRegistersAlone;
  const elsewhere = alone.listed === 0 ? 0 : alone.inTrainingElsewhere / alone.listed;
  const { pairwise, whole } = linkage;
  return [
    ...(report.withheld ? [`  ${WITHHELD}`] : []),
    `  ${NUMBER.format(lists.trulyDroppedOut)} jeunes ont vraiment décroché : ${NUMBER.format(lists.found)} retrouvés, ${NUMBER.format(lists.missed.count)} manqués (${rateText(lists.missed)})`,
    ...causes(report.causes.missed),
    ...elsewhereLines(report),
    `  ${NUMBER.format(lists.entries)} inscriptions sur les listes : ${NUMBER.format(lists.wronglyListed.count)} personnes de trop (${rateText(lists.wronglyListed)}), ${NUMBER.format(lists.listedTwice)} en double, ${NUMBER.format(lists.deadListed)} décédées`,
    ...causes(report.causes.wrong),
    `  Rapprochement, par paires de lignes : ${agreement(pairwise)}`,
    `  Rapprochement, par personne entière : ${agreement(whole)} ; ${NUMBER.format(linkage.split)} coupées, ${NUMBER.format(linkage.mixed)} mêlées`,
    '  Écart entre origines de noms, le plus sûr :',
    ...gaps(report.nameGroupGaps),
    '  À émetteur égal, le groupe le plus nettement désavantagé face à tous les autres :',
    ...harms(report.nameGroupHarms),
    `  Une liste faite des seuls fichiers scolaires : ${NUMBER.format(alone.listed)} noms, dont ${NUMBER.format(alone.inTrainingElsewhere)} (${PERCENT.format(elsewhere)}) en formation ailleurs`,
  ].join('\n');
}

export function rateText({ rate, interval }: Rate): string {
  if (rate === null) return 'sans objet';
  return `${PERCENT.format(rate)}, entre ${PERCENT.format(interval.low)} et ${PERCENT.format(interval.high)}`;
}

function agreement({ precision, recall, f1 }: Agreement): string {
  return `précision ${measure(precision)}, rappel ${measure(recall)}, F1 ${measure(f1)}`;
}

/** Never 100 % when it is not quite. */
const measure = (share: number): string =>
  share < 1 && share >= 0.99999 ? `> ${FINE.format(0.99999)}` : FINE.format(share);

/** A difference of shares, in points of percentage. */
const points = (difference: number): string => `${ONE.format(100 * difference)} pt`;

/** Causes told on a terminal: the page has them all. */
const MOST_TOLD = 4;

function causes(counts: readonly CauseCount[]): readonly string[] {
  const lines = counts.slice(0, MOST_TOLD).map((one) => {
    const sender = one.sender === null ? '' : ` (${senderLabel(one.sender)})`;
    return `      ${NUMBER.format(one.count)} : ${causeLabel(one)}${sender}`;
  });
  const others = counts.slice(MOST_TOLD).reduce((sum, { count }) => sum + count, 0);
  return others === 0 ? lines : [...lines, `      ${NUMBER.format(others)} : autres causes`];
}

/** Who is found on the list of another département, and where most of them live. */
function elsewhereLines({ lists, groups }: QualityReport): readonly string[] {
  const { listedElsewhere } = lists;
  const most = groups.department
    .filter((group) => group.elsewhere.count > 0)
    .sort((a, b) => b.elsewhere.count - a.elsewhere.count)
    .slice(0, MOST_TOLD)
    .map(({ group, elsewhere }) => `${groupLabel('department', group)} ${NUMBER.format(elsewhere.count)}`);
  const where = most.length === 0 ? '' : ` ; habitent surtout : ${most.join(', ')}`;
  return [
    `  ${NUMBER.format(listedElsewhere.count)} des retrouvés sont listés dans un autre département que le leur (${rateText(listedElsewhere)})${where}`,
  ];
}

/** How far name groups are from each other, a line a measure. */
function gaps(all: readonly NameGroupGap[]): readonly string[] {
  return all.flatMap(({ measure, surest }) => {
    if (surest === null) return [];
    const { highest, lowest, gap, interval, distinguishable } = surest;
    const between = `${groupLabel('name_group', highest)} et ${groupLabel('name_group', lowest)}`;
    return [
      `      ${MEASURE_LABELS[measure].toLowerCase()} : ${points(gap)} entre ${between}, de ${points(interval.low)} à ${points(interval.high)} : ${sureness(distinguishable)}`,
    ];
  });
}

/** What is left of them once who sends is the same. */
function harms(all: readonly NameGroupHarm[]): readonly string[] {
  return all.flatMap(({ measure, surest }) => {
    if (surest === null) return [];
    const { group, gap, interval, distinguishable } = surest;
    return [
      `      ${MEASURE_LABELS[measure].toLowerCase()} : ${points(gap)} pour ${groupLabel('name_group', group)}, de ${points(interval.low)} à ${points(interval.high)} : ${sureness(distinguishable)}`,
    ];
  });
}

const sureness = (distinguishable: boolean): string =>
  distinguishable ? 'distinct de zéro' : 'ne se distingue pas de zéro';
