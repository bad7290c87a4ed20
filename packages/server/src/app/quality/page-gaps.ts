import { type Html, type HtmlValue, html, type ReportContext, tableHtml } from '@raccroche/linkage';
import { groupLabel, MEASURE_LABELS } from './labels.ts';
import type { Measure, NameGroupHarm, QualityReport, RateGap } from './quality-report.ts';

/** How far name groups are from each other, and what of it is left once who sends is the same. */
export function gapsHtml({ nameGroupGaps, nameGroupHarms }: GapFigures, { numbers }: ReportContext): Html {
  const line = (measure: Measure, which: string, gap: RateGap | null): readonly HtmlValue[] => {
    const name = `${MEASURE_LABELS[measure]}, ${which}`;
    if (gap === null) return [name, '–', '–', '–'];
    return [
      name,
      gapHtml(gap, numbers),
      `${groupLabel('name_group', gap.highest)} et ${groupLabel('name_group', gap.lowest)}`,
      gap.distinguishable ? 'oui' : 'non',
    ];
  };
  const table = tableHtml(
    'Écarts entre groupes de noms',
    [{ name: 'Mesure' }, { name: 'Écart', number: true }, { name: 'Entre' }, { name: 'Distinct de zéro' }],
    nameGroupGaps.flatMap(({ measure, groups, largest, surest }) => [
      line(measure, `le plus grand de ${numbers.count(groups)} groupes`, largest),
      line(measure, 'le plus sûr', surest),
    ]),
  );
  return html`<p>${gapSentence({ nameGroupGaps, nameGroupHarms }, numbers)}</p><h3>Écarts entre groupes de noms</h3><p class="intro">Entre groupes d’au moins 30 personnes. Toutes les paires de groupes sont regardées à la fois\u00A0: les intervalles tiennent pour toutes (95\u202F%, Newcombe, Bonferroni). «\u00A0pt\u00A0»\u00A0: point de pourcentage. Le plus grand écart peut n’être que celui de deux petits groupes\u202F; le plus sûr est celui dont l’intervalle commence le plus haut.</p>${table}${harmsHtml(nameGroupHarms, numbers)}`;
}

type GapFigures = Pick<QualityReport, 'nameGroupGaps' | 'nameGroupHarms'>;
type Numbers = ReportContext['numbers'];

function harmsHtml(harms: readonly NameGroupHarm[], numbers: Numbers): Html {
  const table = tableHtml(
    'Groupe le plus nettement désavantagé, à émetteur égal',
    [{ name: 'Mesure' }, { name: 'Groupe' }, { name: 'De plus', number: true }, { name: 'Distinct de zéro' }],
    harms.map(({ measure, groups, surest }) => {
      const name = `${MEASURE_LABELS[measure]}, de ${numbers.count(groups)} groupes`;
      if (surest === null) return [name, '–', '–', '–'];
      return [
        name,
        groupLabel('name_group', surest.group),
        gapHtml(surest, numbers),
        surest.distinguishable ? 'oui' : 'non',
      ];
    }),
  );
  return html`<h3>À émetteur égal</h3><p class="intro">Les noms ne sont pas les mêmes partout, et les fichiers n’arrivent pas partout aussi tôt. Ici chaque groupe est comparé à tous les autres chez les mêmes émetteurs (Mantel-Haenszel, 95\u202F%, Sato, Bonferroni sur les groupes)\u00A0: ce qui reste ne vient ni de l’académie, ni de la sorte de fichiers. Comparés sont les groupes d’au moins 30 personnes et 5 cas. Pour un groupe qui est presque seul chez les siens, cela dit peu\u00A0: l’intervalle est large.</p>${table}`;
}

const gapHtml = (
  { gap, interval: { low, high } }: Pick<RateGap, 'gap' | 'interval'>,
  numbers: Numbers,
): Html => html`${points(gap, numbers)}<small>${points(low, numbers)} à ${points(high, numbers)}</small>`;

/** A difference of shares, in points of percentage. */
const points = (difference: number, numbers: Numbers): string =>
  `${numbers.decimal(100 * difference, 1)}\u202Fpt`;

/** The answer to the question that the section asks, in words. */
export function gapSentence({ nameGroupGaps, nameGroupHarms }: GapFigures, numbers: Numbers): string {
  const sure = nameGroupGaps.flatMap(({ measure, surest }) =>
    surest?.distinguishable === true
      ? [
          `${measureName(measure)}\u00A0: ${groupLabel('name_group', surest.highest)} plus que ${groupLabel('name_group', surest.lowest)}, de ${points(surest.gap, numbers)}`,
        ]
      : [],
  );
  const harmed = nameGroupHarms.flatMap(({ measure, surest }) =>
    surest?.distinguishable === true
      ? [
          `${measureName(measure)}\u00A0: ${groupLabel('name_group', surest.group)}, de ${points(surest.gap, numbers)} de plus que les autres`,
        ]
      : [],
  );
  const same =
    harmed.length === 0
      ? 'À émetteur égal, aucun groupe n’est désavantagé au-delà du hasard.'
      : `À émetteur égal, un groupe est désavantagé au-delà du hasard (${harmed.join('\u202F; ')}).`;
  if (sure.length > 0) return `Des écarts se distinguent du hasard (${sure.join('\u202F; ')}). ${same}`;
  const none = 'Aucun écart entre groupes de noms ne se distingue du hasard, à cette taille.';
  return harmed.length === 0 ? none : `${none} ${same}`;
}

const measureName = (measure: Measure): string => MEASURE_LABELS[measure].toLowerCase();
