import {
  COLOURS,
  chartHtml,
  type Html,
  html,
  niceScale,
  PAGE_WIDTHS,
  pageHtml,
  type ReportContext,
  reportContext,
  rowChart,
  type Section,
  tableBehind,
  tableHtml,
} from '@raccroche/linkage';
import { SITUATIONS, type SituationCode } from '@raccroche/synthetic';
import { CAUSES, type CauseCode } from './causes.ts';
import { causeLabel, causeName, faultLabel, frenchDay, senderLabel, WITHHELD } from './labels.ts';
import { gapSentence } from './page-gaps.ts';
import { groupSection } from './page-groups.ts';
import type { CauseCount, QualityReport, Rate } from './quality-report.ts';

/** Causes drawn; the table behind has them all. */
const MOST_DRAWN = 12;

/** The report as one HTML page in French: offline, a table behind each chart. The same report gives the same bytes. */
export function qualityPage(report: QualityReport): string {
  const context = reportContext('fr');
  const { numbers } = context;
  const { country, asOf, ruleSet } = report;
  return pageHtml({
    language: 'fr',
    title: `Ce que vaut la campagne au ${frenchDay(asOf)}`,
    note: html`<p class="note" role="note">${report.withheld && WITHHELD} Mesuré sur une France inventée dont la vérité est connue : graine ${country.seed}, ${numbers.count(country.people)} personnes, règles ${ruleSet}. Personne de réel.</p>`,
    sections: [
      summarySection(report, context),
      linkageSection(report, context),
      errorSection(report, 'missed', context),
      errorSection(report, 'wrong', context),
      groupSection(report, 'name_group', context),
      groupSection(report, 'sex', context),
      groupSection(report, 'sender', context),
      groupSection(report, 'department', context),
      methodSection(),
    ],
  });
}

function summarySection(report: QualityReport, { numbers }: ReportContext): Section {
  const { lists } = report;
  const fact = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const alone = lists.schoolRegistersAlone;
  const elsewhere = alone.listed === 0 ? 0 : alone.inTrainingElsewhere / alone.listed;
  return {
    id: 'summary',
    heading: 'En bref',
    body: html`<dl class="facts">${[
      fact('Ont vraiment décroché', numbers.count(lists.trulyDroppedOut)),
      fact('Retrouvés', numbers.count(lists.found)),
      fact('Manqués', `${numbers.count(lists.missed.count)} (${numbers.percent(lists.missed.rate ?? 0)})`),
      fact(
        'Retrouvés, mais listés dans un autre département',
        `${numbers.count(lists.listedElsewhere.count)} (${numbers.percent(lists.listedElsewhere.rate ?? 0)})`,
      ),
      fact('Inscriptions sur les listes', numbers.count(lists.entries)),
      fact(
        'Personnes listées à tort',
        `${numbers.count(lists.wronglyListed.count)} (${numbers.percent(lists.wronglyListed.rate ?? 0)})`,
      ),
      fact('En double', numbers.count(lists.listedTwice)),
      fact('Personnes décédées listées', numbers.count(lists.deadListed)),
    ]}</dl><p>${gapSentence(report, numbers)}</p><p>Une liste faite des seuls fichiers scolaires aurait ${numbers.count(alone.listed)} noms, dont ${numbers.percent(elsewhere)} en formation ailleurs.</p>${
      lists.deadListedToCheck > 0 &&
      html`<p>Des personnes décédées listées, ${numbers.count(lists.deadListedToCheck)} le sont sans coordonnées, jusqu’à ce que quelqu’un tranche.</p>`
    }`,
  };
}

function linkageSection({ linkage }: QualityReport, { words, numbers }: ReportContext): Section {
  const { pairwise, bCubed, whole } = linkage;
  const measures = [
    ['Paires de lignes d’une même personne', pairwise],
    ['Lignes, chacune avec celles de sa personne (B³)', bCubed],
    ['Personnes retrouvées entières et seules', whole],
  ] as const;
  const rows = measures.map(([label, { precision, recall, f1 }]) => ({
    label,
    bars: [
      { from: 0, to: precision, colour: COLOURS.for, text: `précision ${numbers.percent(precision)}` },
      { from: 0, to: recall, colour: COLOURS.against, text: `rappel ${numbers.percent(recall)}` },
      { from: 0, to: f1, colour: COLOURS.third, text: `F1 ${numbers.percent(f1)}` },
    ],
  }));
  const chart = chartHtml({
    id: 'linkage-measures',
    title: 'Précision, rappel et F1 du rapprochement',
    description: measures.map(([label, { f1 }]) => `${label} : F1 ${numbers.percent(f1)}.`).join(' '),
    widths: PAGE_WIDTHS,
    draw: (width) =>
      rowChart(rows, { min: 0, max: width < 500 ? 2 : 1.2, step: 0.2, format: upToOne(numbers) }, width),
  });
  const table = tableHtml(
    'Précision, rappel et F1 du rapprochement',
    [{ name: 'Compté par' }, ...['Précision', 'Rappel', 'F1'].map((name) => ({ name, number: true }))],
    measures.map(([label, { precision, recall, f1 }]) => [
      label,
      numbers.measure(precision),
      numbers.measure(recall),
      numbers.measure(f1),
    ]),
  );
  return {
    id: 'linkage',
    heading: 'Le rapprochement',
    body: html`<p class="intro">Les personnes que la campagne a faites des lignes reçues, face aux vraies personnes.</p><p>${numbers.count(linkage.entities)} personnes dans les fichiers, ${numbers.count(linkage.clusters)} dans la campagne : ${numbers.count(linkage.split)} coupées en plusieurs, ${numbers.count(linkage.mixed)} faites de plusieurs. ${numbers.count(pairwise.falseNegatives)} paires de lignes manquées, ${numbers.count(pairwise.falsePositives)} fausses, ${numbers.count(pairwise.truePositives)} justes.</p><figure><figcaption>Précision, rappel et F1</figcaption>${chart}${tableBehind(words, table)}</figure>`,
  };
}

/** The scale goes beyond 1 to leave room for the numbers, and says nothing there. */
const upToOne =
  (numbers: ReportContext['numbers']) =>
  (value: number): string =>
    value > 1.001 ? '' : numbers.plainPercent(value);

const ERROR_WORDS = {
  missed: {
    heading: 'Les manqués, et pourquoi',
    intro:
      'Ont vraiment décroché, et ne sont sur aucune liste. Une cause principale chacun, celle qui se montre.',
    none: 'Personne n’est manqué.',
  },
  wrong: {
    heading: 'Les personnes listées à tort, et pourquoi',
    intro:
      'Sont sur une liste, et n’auraient pas dû y être. La cause est la ligne qui les aurait retirés, et ce qu’elle est devenue.',
    none: 'Personne n’est listé à tort.',
  },
} as const;

function errorSection(report: QualityReport, kind: 'missed' | 'wrong', context: ReportContext): Section {
  const said = ERROR_WORDS[kind];
  const { lists } = report;
  const { numbers } = context;
  const rate = kind === 'missed' ? lists.missed : lists.wronglyListed;
  const causes = report.causes[kind];
  const because = kind === 'missed' ? lists.missedBecause : lists.wronglyListedBecause;
  const body =
    rate.count === 0
      ? html`<p>${said.none}</p>`
      : html`<p>${rateSentence(rate, numbers)}</p>${causesHtml(causes, kind, rate.count, context)}<h3>Ce qui était vrai d’eux</h3>${tableHtml(
          `${said.heading} : situation vraie`,
          [{ name: 'Situation vraie' }, { name: 'Personnes', number: true }],
          Object.entries(because).map(([code, count]) => [
            SITUATIONS[code as SituationCode] ?? code,
            numbers.count(count),
          ]),
        )}`;
  return { id: kind, heading: said.heading, body: html`<p class="intro">${said.intro}</p>${body}` };
}

function rateSentence({ count, of, rate, interval }: Rate, numbers: ReportContext['numbers']): string {
  const bounds = `${numbers.percent(interval.low)} à ${numbers.percent(interval.high)}`;
  return `${numbers.count(count)} sur ${numbers.count(of)}, soit ${numbers.percent(rate ?? 0)} (de ${bounds}).`;
}

function causesHtml(
  causes: readonly CauseCount[],
  kind: 'missed' | 'wrong',
  total: number,
  { words, numbers }: ReportContext,
): Html {
  const byLabel = new Map<string, number>();
  for (const one of causes) byLabel.set(causeLabel(one), (byLabel.get(causeLabel(one)) ?? 0) + one.count);
  const sorted = [...byLabel].sort(([, a], [, b]) => b - a);
  const rows = sorted.slice(0, MOST_DRAWN).map(([label, count]) => ({
    label,
    bars: [{ from: 0, to: count, colour: COLOURS.for, text: numbers.count(count) }],
  }));
  const [first] = sorted;
  const title = kind === 'missed' ? 'Causes des manqués' : 'Causes des inscriptions à tort';
  const chart = chartHtml({
    id: `${kind}-causes`,
    title,
    description:
      first === undefined
        ? 'Rien à montrer.'
        : `La plus fréquente : ${first[0]} (${numbers.count(first[1])}).`,
    widths: PAGE_WIDTHS,
    draw: (width) =>
      rowChart(rows, { ...niceScale(0, first?.[1] ?? 1, 6), format: (value) => numbers.count(value) }, width),
  });
  const share = (count: number): string => numbers.percent(count / total);
  const table = tableHtml(
    title,
    [
      { name: 'Cause' },
      { name: 'Défaut' },
      { name: 'Émetteur' },
      { name: 'Personnes', number: true },
      { name: 'Part', number: true },
    ],
    causes.map(({ cause, fault, sender, count }) => [
      causeName(cause),
      faultLabel(fault),
      senderLabel(sender),
      numbers.count(count),
      share(count),
    ]),
  );
  const ofCause = (wanted: CauseCode): number =>
    causes.filter(({ cause }) => cause === wanted).reduce((sum, { count }) => sum + count, 0);
  const more =
    sorted.length > MOST_DRAWN &&
    html`<p class="intro">Les ${MOST_DRAWN} plus fréquentes ; le tableau les a toutes.</p>`;
  return html`<figure><figcaption>${title}</figcaption>${more}${chart}${tableBehind(words, table)}</figure><p>${numbers.count(ofCause('unexplained'))} sans cause que l’on puisse montrer.</p>`;
}

function methodSection(): Section {
  const points = [
    'Une paire est deux lignes d’une même vraie personne ; elles sont comptées par n(n − 1)/2, jamais énumérées.',
    'Une inscription dont les lignes sont de plusieurs personnes compte pour celle qui en a le plus.',
    'Qui est sur la seule liste d’un autre département que celui où il habite compte comme retrouvé, et à part : « listé dans un autre département ».',
    'La cause d’un manqué part de la première condition non remplie et des lignes qui l’ont montrée ; celle d’un listé à tort, de la ligne qui l’aurait retiré.',
    'Une ligne qui n’existe pas ne porte pas de défaut : « n’est dans aucun fichier » est déduit de son absence, et le défaut nommé est le seul qui puisse la causer chez cet émetteur.',
    'Les intervalles sont ceux de Wilson, à 95 %. Ils disent le hasard du tirage, non l’écart entre cette France inventée et la vraie.',
  ];
  return {
    id: 'method',
    heading: 'Comment c’est compté',
    body: html`<ul>${points.map((point) => html`<li>${point}</li>`)}</ul><h3>Les causes</h3><dl>${Object.values(
      CAUSES,
    ).map(([name, meaning]) => html`<dt>${name}</dt><dd>${meaning}</dd>`)}</dl>`,
  };
}
