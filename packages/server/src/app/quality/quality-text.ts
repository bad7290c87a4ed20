import { SITUATIONS, type SituationCode } from '@raccroche/synthetic';
import type { QualityReport, Rate } from './quality-report.ts';

const NUMBER = new Intl.NumberFormat('fr-FR');
const PERCENT = new Intl.NumberFormat('fr-FR', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const FINE = new Intl.NumberFormat('fr-FR', { style: 'percent', maximumFractionDigits: 3 });

/** What a campaign is worth, in a few lines for people. */
export function qualityText(report: QualityReport): string {
  const { lists, linkage } = report;
  const alone = lists.schoolRegistersAlone;
  const elsewhere = alone.listed === 0 ? 0 : alone.inTrainingElsewhere / alone.listed;
  const { pairwise, whole } = linkage;
  return [
    `  ${NUMBER.format(lists.trulyDroppedOut)} jeunes ont vraiment décroché : ${NUMBER.format(lists.found)} retrouvés, ${NUMBER.format(lists.missed.count)} manqués (${rateText(lists.missed)})`,
    ...situations(lists.missedBecause),
    `  ${NUMBER.format(lists.entries)} inscriptions sur les listes : ${NUMBER.format(lists.wronglyListed.count)} personnes de trop (${rateText(lists.wronglyListed)}), ${NUMBER.format(lists.listedTwice)} en double, ${NUMBER.format(lists.deadListed)} décédées`,
    ...situations(lists.wronglyListedBecause),
    `  Rapprochement, par paires de lignes : précision ${FINE.format(pairwise.precision)}, rappel ${FINE.format(pairwise.recall)}, F1 ${FINE.format(pairwise.f1)}`,
    `  Rapprochement, par personne entière : précision ${FINE.format(whole.precision)}, rappel ${FINE.format(whole.recall)}, F1 ${FINE.format(whole.f1)} ; ${NUMBER.format(linkage.split)} coupées, ${NUMBER.format(linkage.mixed)} mêlées`,
    `  Une liste faite des seuls fichiers scolaires : ${NUMBER.format(alone.listed)} noms, dont ${NUMBER.format(alone.inTrainingElsewhere)} (${PERCENT.format(elsewhere)}) en formation ailleurs`,
  ].join('\n');
}

export function rateText({ rate, interval }: Rate): string {
  if (rate === null) return 'sans objet';
  return `${PERCENT.format(rate)}, entre ${PERCENT.format(interval.low)} et ${PERCENT.format(interval.high)}`;
}

/** True situations, the most frequent first. */
function situations(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .slice(0, 4)
    .map(([code, count]) => `      ${NUMBER.format(count)} : ${SITUATIONS[code as SituationCode] ?? code}`);
}
