import { escapeHtml } from '../../../kernel/html.ts';
import type { DeliveryReport, ReportedProblem } from './read-reports.ts';
import { issueMessage } from './rejects.ts';
import {
  counted,
  frenchDate,
  frenchNumber,
  kindLabel,
  places,
  placeWord,
  size,
  verdict,
} from './report-words.ts';

/** Colours have a contrast of 4.5 or more on their background, in both schemes. */
const STYLE = `
:root{color-scheme:light dark;--text:#1e1e1e;--soft:#555;--line:#c9c9c9;--back:#fff;--block:#f4f6f9;--bad:#a3150b;--warn:#7a4b00;--good:#1b5e33;--link:#0a4f8f}
@media (prefers-color-scheme:dark){:root{--text:#f0f0f0;--soft:#bdbdbd;--line:#555;--back:#1b1b1d;--block:#27282c;--bad:#ff9d94;--warn:#f2c173;--good:#8fd6a6;--link:#9cc9f5}}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--back)}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem;overflow-wrap:anywhere}h1 small{display:block;font-size:1rem;font-weight:400;color:var(--soft)}
h2{font-size:1.15rem;margin:2rem 0 .5rem}a{color:var(--link)}a:focus-visible{outline:3px solid;outline-offset:2px}
.verdict{margin:0;padding:.6rem .9rem;background:var(--block);border-left:.35rem solid;font-weight:600}
.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--soft);padding-bottom:.4rem}
th,td{border-bottom:1px solid var(--line);padding:.45rem .6rem;text-align:left;vertical-align:top}
thead th,.severity{white-space:nowrap}td.text{overflow-wrap:anywhere}.severity{font-weight:600}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}table.counts{width:auto;min-width:30rem}table.counts th{font-weight:400}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.5rem;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
footer{margin-top:2.5rem;padding-top:.8rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
@media (max-width:40rem){dl{display:block}dd{margin-bottom:.4rem}table.counts{width:100%;min-width:0}
.wide thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.wide tr{display:block;border-bottom:1px solid var(--line);padding:.5rem 0}
.wide td,.wide th{display:block;border:0;padding:.15rem 0;text-align:left}.wide td[data-label]::before{content:attr(data-label) " : ";color:var(--soft);font-weight:400}}
@media print{:root{--text:#000;--soft:#333;--back:#fff;--block:#fff;--bad:#000;--warn:#000;--good:#000;--link:#000}body{max-width:none;padding:0;font-size:10pt}nav{display:none}tr{break-inside:avoid}thead{display:table-header-group}}`;

/** A whole page: no script, nothing fetched from elsewhere. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body>${body}
<footer>Ce rapport ne contient aucune donnée personnelle : il peut être renvoyé à l’émetteur.</footer></body></html>
`;
}

/** The page of one file: the verdict, what to mend, what was counted, what was received. */
export function reportPage(report: DeliveryReport): string {
  return page(
    `Rapport de livraison : ${report.path}`,
    `<nav aria-label="Rapports"><a href="index.html">Tous les rapports</a></nav>
<main><h1><small>Rapport de livraison</small> ${escapeHtml(report.path)}</h1>
<p class="verdict ${tone(report)}">${verdict(report)}</p>
${problemsTable(report)}
${report.rejected ? '' : countsTable(report)}
${receivedList(report)}</main>`,
  );
}

/** The page of all files, those to mend first. `names`: file name of each report's page. */
export function indexPage(reports: readonly DeliveryReport[], names: readonly string[]): string {
  const refused = reports.filter((report) => report.rejected).length;
  const lines = reports
    .map((report, index) => ({ report, name: names[index] ?? '' }))
    .sort((a, b) => urgency(b.report) - urgency(a.report) || b.report.rejects - a.report.rejects)
    .map(({ report, name }) => indexLine(report, name));
  return page(
    'Rapports de livraison',
    `<main><h1>Rapports de livraison</h1>
<p>${counted(reports.length, 'fichier reçu', 'fichiers reçus')}, ${counted(refused, 'refusé')}.</p>
${wideTable(
  'Les fichiers à reprendre viennent en premier',
  [
    ['Fichier', ''],
    ['Format', ''],
    ['Lignes', 'n'],
    ['Rejets', 'n'],
    ['Verdict', ''],
  ],
  lines,
)}</main>`,
  );
}

function urgency(report: DeliveryReport): number {
  if (report.rejected) return 3;
  if (report.rejects > 0) return 2;
  return report.problems.length > 0 ? 1 : 0;
}

function tone(report: DeliveryReport): string {
  return ['good', 'warn', 'warn', 'bad'][urgency(report)] ?? '';
}

function indexLine(report: DeliveryReport, name: string): string {
  return `<tr role="row"><th role="rowheader" scope="row" class="text"><a href="${encodeURIComponent(name)}">${breakable(report.path)}</a></th>
<td role="cell" data-label="Format">${escapeHtml(kindLabel(report.kind))}</td>
<td role="cell" class="n" data-label="Lignes">${frenchNumber(report.rows)}</td>
<td role="cell" class="n" data-label="Rejets">${frenchNumber(report.rejects)}</td>
<td role="cell" class="${tone(report)}">${verdict(report)}</td></tr>`;
}

/** A long path may break after its slashes, rather than in the middle of a word. */
function breakable(path: string): string {
  return escapeHtml(path).replaceAll('/', '/<wbr>');
}

/** On a narrow screen its rows become blocks; the roles keep it a table for those who hear it. */
function wideTable(
  caption: string,
  columns: readonly (readonly [title: string, style: string])[],
  lines: readonly string[],
): string {
  const heads = columns.map(
    ([title, style]) =>
      `<th role="columnheader" scope="col"${style === '' ? '' : ` class="${style}"`}>${title}</th>`,
  );
  return `<table role="table" class="wide"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${heads.join('')}</tr></thead>
<tbody role="rowgroup">${lines.join('\n')}</tbody></table>`;
}

function problemsTable(report: DeliveryReport): string {
  if (report.problems.length === 0) return '';
  const caption = report.rejected
    ? 'Ce qui empêche de lire le fichier'
    : 'Un rejet écarte la ligne ; un avertissement n’écarte que le champ';
  return `<h2>À reprendre</h2>
${wideTable(
  caption,
  [
    ['Gravité', ''],
    ['Quoi, et que faire', ''],
    ['Nombre', 'n'],
    [`Où (${placeWord(report.kind)})`, ''],
  ],
  report.problems.map(problemLine),
)}`;
}

function problemLine(problem: ReportedProblem): string {
  const [word, style] = problem.severity === 'rejet' ? ['rejet', 'bad'] : ['avertissement', 'warn'];
  return `<tr role="row"><td role="cell" class="severity ${style}">${word}</td>
<td role="cell">${escapeHtml(issueMessage(problem.code, problem.field))}</td>
<td role="cell" class="n" data-label="Nombre">${frenchNumber(problem.count)}</td>
<td role="cell" class="text" data-label="Où">${escapeHtml(places(problem))}</td></tr>`;
}

function countsTable(report: DeliveryReport): string {
  const lines: readonly (readonly [name: string, count: number])[] = [
    ['Lignes reçues', report.rows],
    ['Enregistrements gardés', report.records],
    ['Lignes rejetées', report.rejects],
    report.kind === 'insee-deces'
      ? ['Hors du champ (âge, date), écartés', report.outOfScope]
      : ['Moins de 16 ans, écartés', report.removedUnder16],
  ];
  return `<h2>Ce qu’il en est resté</h2>
<table class="counts"><caption>Aucune ligne ne se perd : reçues = gardées + rejetées + écartées</caption>
<tbody>${lines.map(([name, count]) => `<tr><th scope="row">${name}</th><td class="n">${frenchNumber(count)}</td></tr>`).join('\n')}</tbody></table>
<p>${leftOutSentence(report)}</p>`;
}

function leftOutSentence({ kind }: DeliveryReport): string {
  return kind === 'insee-deces'
    ? 'Les décès de personnes qui ne peuvent pas être sur une liste, ou après la date de référence, ne sont écrits nulle part.'
    : 'Les moins de 16 ans à la date de référence sont écartés dès la lecture et ne sont écrits nulle part.';
}

function receivedList(report: DeliveryReport): string {
  const { schoolYear } = report;
  const facts: [string, string][] = [
    ['Format', kindLabel(report.kind)],
    ['Émetteur', report.sender ?? 'non précisé'],
    ['Établissement (UAI)', report.uai ?? 'non précisé'],
    ['Année scolaire', schoolYear === null ? 'non précisée' : `${schoolYear}-${schoolYear + 1}`],
    ['Extraction', report.extractedOn === null ? 'date inconnue' : frenchDate(report.extractedOn)],
    ['Taille', size(report.bytes)],
    ['Livraison', report.deliveryId],
    ...(report.sha256 === '' ? [] : [['Empreinte SHA-256', report.sha256] satisfies [string, string]]),
  ];
  return `<h2>Ce qui a été reçu</h2>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}</dl>`;
}
