import type { DeliveryReport } from './read-reports.ts';
import { issueMessage } from './rejects.ts';
import { counted, frenchDate, kindLabel, places, size, verdict } from './report-words.ts';

const STYLE = `
:root{color-scheme:light dark;--text:#1e1e1e;--soft:#555;--line:#c9c9c9;--back:#fff;--bad:#a3150b;--link:#0a4f8f}
@media (prefers-color-scheme:dark){:root{--text:#f0f0f0;--soft:#bdbdbd;--line:#555;--back:#1b1b1d;--bad:#ff9d94;--link:#9cc9f5}}
body{margin:0 auto;max-width:60rem;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--back)}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.15rem;margin-top:2rem}a{color:var(--link)}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--soft);padding-bottom:.5rem}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
td.n,th.n{text-align:right;white-space:nowrap}dt{color:var(--soft)}dd{margin:0 0 .4rem;overflow-wrap:anywhere}
.bad{color:var(--bad);font-weight:600}footer{margin-top:3rem;color:var(--soft);font-size:.9rem}
@media print{body{max-width:none;padding:0}}`;

/** Text made harmless for HTML. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A whole page: no script, nothing fetched from elsewhere. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>
<h1>${escapeHtml(title)}</h1>
${body}
</main><footer>Ce rapport ne contient aucune donnée personnelle : il peut être renvoyé à l’émetteur.</footer></body></html>
`;
}

/** One file: what was received, what came of it, what to mend. */
export function reportBody(report: DeliveryReport): string {
  const facts: [string, string][] = [
    ['Format', kindLabel(report.kind)],
    ['Émetteur', report.sender ?? 'non précisé'],
    ['Établissement (UAI)', report.uai ?? 'non précisé'],
    [
      'Année scolaire',
      report.schoolYear === null ? 'non précisée' : `${report.schoolYear}-${report.schoolYear + 1}`,
    ],
    ['Extraction', frenchDate(report.extractedOn)],
    ['Taille', size(report.bytes)],
    ['Empreinte SHA-256', report.sha256.slice(0, 16)],
  ];
  return `<p${report.rejected ? ' class="bad"' : ''}>${verdict(report)}</p>
<p><a href="index.html">Tous les rapports</a></p>
<h2>Ce qui a été reçu</h2>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}</dl>
${report.rejected ? '' : countsTable(report)}
${problemsTable(report)}`;
}

function countsTable(report: DeliveryReport): string {
  const rows: [string, number][] = [
    ['Lignes reçues', report.rows],
    ['Enregistrements gardés', report.records],
    ['Lignes rejetées', report.rejects],
    ['Moins de 16 ans, écartés', report.removedUnder16],
  ];
  const lines = rows.map(
    ([name, count]) => `<tr><th scope="row">${name}</th><td class="n">${count}</td></tr>`,
  );
  return `<h2>Ce qu’il en est resté</h2>
<div class="table"><table><caption>Aucune ligne ne se perd : lignes reçues = gardées + rejetées + écartées</caption>
<thead><tr><th scope="col">Quoi</th><th scope="col" class="n">Combien</th></tr></thead><tbody>${lines.join('\n')}</tbody></table></div>
<p>Les moins de 16 ans à la date de référence sont écartés dès la lecture et ne sont écrits nulle part.</p>`;
}

function problemsTable(report: DeliveryReport): string {
  if (report.problems.length === 0) return '<h2>À reprendre</h2><p>Rien à reprendre.</p>';
  const lines = report.problems.map(
    (
      problem,
    ) => `<tr><td>${problem.severity === 'rejet' ? '<span class="bad">rejet</span>' : 'avertissement'}</td>
<td class="n">${problem.count}</td><td>${escapeHtml(issueMessage(problem.code, problem.field))}</td>
<td>${escapeHtml(places(problem))}</td></tr>`,
  );
  return `<h2>À reprendre</h2>
<div class="table"><table><caption>Un rejet écarte la ligne ; un avertissement n’écarte que le champ</caption>
<thead><tr><th scope="col">Gravité</th><th scope="col" class="n">Nombre</th><th scope="col">Quoi, et que faire</th><th scope="col">Où</th></tr></thead>
<tbody>${lines.join('\n')}</tbody></table></div>`;
}

/** All files, those to mend first. */
export function summaryBody(reports: readonly DeliveryReport[], names: readonly string[]): string {
  const rejected = reports.filter((report) => report.rejected).length;
  const rows = reports
    .map((report, index) => ({ report, name: names[index] ?? '' }))
    .sort(
      (a, b) => Number(b.report.rejected) - Number(a.report.rejected) || b.report.rejects - a.report.rejects,
    )
    .map(
      ({ report, name }) => `<tr><td><a href="${encodeURIComponent(name)}">${escapeHtml(report.path)}</a></td>
<td>${escapeHtml(kindLabel(report.kind))}</td><td class="n">${report.rows}</td><td class="n">${report.rejects}</td><td>${verdict(report)}</td></tr>`,
    );
  return `<p>${counted(reports.length, 'fichier reçu', 'fichiers reçus')}, ${counted(rejected, 'refusé')}.</p>
<div class="table"><table><caption>Les fichiers à reprendre viennent en premier</caption>
<thead><tr><th scope="col">Fichier</th><th scope="col">Format</th><th scope="col" class="n">Lignes</th><th scope="col" class="n">Rejets</th><th scope="col">Verdict</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}
