import {
  COLOURS,
  chartHtml,
  type Html,
  html,
  niceScale,
  type ReportContext,
  rowChart,
  type Section,
  TILE_WIDTHS,
  tableBehind,
  tableHtml,
} from '@raccroche/linkage';
import { GROUPING_LABELS, groupLabel, MEASURE_LABELS } from './labels.ts';
import { gapsHtml } from './page-gaps.ts';
import type { GroupFigures, Grouping, QualityReport, Rate } from './quality-report.ts';

/** Rows of a chart: the table behind has them all. */
const MOST_DRAWN = 24;

const SECTIONS: Readonly<Record<Grouping, { readonly heading: string; readonly intro: string }>> = {
  name_group: {
    heading: 'L’origine du nom',
    intro:
      'Nul ne doit être lésé par l’origine de son nom. Le groupe est celui du nom de famille inventé, connu de la vérité seule : aucun programme ne le lit.',
  },
  sex: { heading: 'Filles et garçons', intro: 'Le sexe que dit la vérité.' },
  sender: {
    heading: 'L’émetteur',
    intro:
      'Chaque personne est comptée une fois, avec l’émetteur de son dernier établissement, tel que les fichiers le disent : la famille de fichiers et l’académie.',
  },
  department: {
    heading: 'Les départements',
    intro:
      'Le département où la personne habite vraiment à la date de référence. « Listé ailleurs » : retrouvé, mais sur la liste d’un autre département, ou sur celle des départements inconnus ; aucune plateforme de chez lui ne peut l’appeler.',
  },
};

/** Missed and wrongly listed, group by group. */
export function groupSection(report: QualityReport, grouping: Grouping, context: ReportContext): Section {
  const groups = report.groups[grouping];
  const { heading, intro } = SECTIONS[grouping];
  const { words } = context;
  const gaps = grouping === 'name_group' && gapsHtml(report, context);
  const note =
    groups.filter(({ missed, wrong }) => missed.of + wrong.of > 0).length > MOST_DRAWN &&
    html`<p class="intro">Les dessins montrent les ${MOST_DRAWN} groupes les plus nombreux, le tableau les montre tous.</p>`;
  const charts = (['missed', 'wrong'] as const).map((measure) => chart(groups, grouping, measure, context));
  return {
    id: `by-${grouping.replaceAll('_', '-')}`,
    heading,
    body: html`<p class="intro">${intro}</p>${gaps}${note}<div class="tiles">${charts}</div>${tableBehind(words, groupTable(groups, grouping, context))}`,
  };
}

/** The largest groups, in the order of the table. */
function drawn(groups: readonly GroupFigures[], measure: 'missed' | 'wrong'): readonly GroupFigures[] {
  const bySize = [...groups].sort((a, b) => b[measure].of - a[measure].of);
  const least = bySize[MOST_DRAWN - 1]?.[measure].of ?? 0;
  return groups.filter((group) => group[measure].of > 0 && group[measure].of >= least).slice(0, MOST_DRAWN);
}

function chart(
  groups: readonly GroupFigures[],
  grouping: Grouping,
  measure: 'missed' | 'wrong',
  { numbers }: ReportContext,
): Html {
  const shown = drawn(groups, measure);
  const [colour, shape] =
    measure === 'missed' ? ([COLOURS.for, 'circle'] as const) : ([COLOURS.against, 'square'] as const);
  const rows = shown.map((group) => ({
    label: groupLabel(grouping, group.group),
    bars: [],
    dots: [{ at: group[measure].rate ?? 0, between: group[measure].interval, colour, shape }],
  }));
  const most = Math.max(0.01, ...shown.map((group) => group[measure].interval.high));
  const title = `${MEASURE_LABELS[measure]}, par ${GROUPING_LABELS[grouping]}`;
  const drawing = chartHtml({
    id: `${grouping.replaceAll('_', '-')}-${measure}`,
    title,
    description: describe(shown, grouping, measure, numbers),
    widths: TILE_WIDTHS,
    draw: (width) => rowChart(rows, { ...niceScale(0, most, 5), format: numbers.plainPercent }, width),
  });
  const share = measure === 'missed' ? 'part des vrais décrocheurs' : 'part des personnes listées';
  return html`<figure><figcaption>${title} <small>(${share}, intervalle à 95 %)</small></figcaption>${drawing}</figure>`;
}

function describe(
  groups: readonly GroupFigures[],
  grouping: Grouping,
  measure: 'missed' | 'wrong',
  numbers: ReportContext['numbers'],
): string {
  const sorted = [...groups].sort((a, b) => (b[measure].rate ?? 0) - (a[measure].rate ?? 0));
  const [highest, lowest] = [sorted[0], sorted.at(-1)];
  if (highest === undefined || lowest === undefined) return 'Rien à montrer.';
  const said = (group: GroupFigures) =>
    `${numbers.percent(group[measure].rate ?? 0)} (${groupLabel(grouping, group.group)})`;
  return `De ${said(lowest)} à ${said(highest)}.`;
}

function groupTable(groups: readonly GroupFigures[], grouping: Grouping, { numbers }: ReportContext): Html {
  return tableHtml(
    `Manqués, listés ailleurs et à tort, par ${GROUPING_LABELS[grouping]}`,
    [
      { name: 'Groupe' },
      { name: 'Personnes', number: true },
      { name: 'Manqués, des décrocheurs', number: true },
      { name: 'Listés ailleurs, des retrouvés', number: true },
      { name: 'À tort, des listés', number: true },
      { name: 'À tort, de ceux à ne pas lister', number: true },
    ],
    groups.map((group) => [
      groupLabel(grouping, group.group),
      numbers.count(group.people),
      rateHtml(group.missed, numbers),
      rateHtml(group.elsewhere, numbers),
      rateHtml(group.wrong, numbers),
      rateHtml(group.wronged, numbers),
    ]),
  );
}

function rateHtml({ count, of, rate, interval }: Rate, numbers: ReportContext['numbers']): Html {
  if (rate === null) return html`–`;
  return html`${numbers.percent(rate)}<small>${numbers.percent(interval.low)} à ${numbers.percent(interval.high)} (${numbers.count(count)} / ${numbers.count(of)})</small>`;
}
