import { describe, expect, it } from 'vitest';
import { deliveryReportText, reportFileName } from './delivery-report.ts';
import { indexPage, reportPage } from './html-report.ts';
import type { DeliveryReport } from './read-reports.ts';

const REPORT: DeliveryReport = {
  path: 'ecoles/eleves.xml',
  deliveryId: '0123456789ab',
  kind: 'siecle-xml',
  sender: 'Collège de l’Essai',
  uai: '0590116F',
  schoolYear: 2024,
  extractedOn: '2025-10-15',
  bytes: 20_480,
  sha256: 'a'.repeat(64),
  rejected: false,
  rows: 1_234,
  records: 1_200,
  rejects: 30,
  removedUnder16: 4,
  outOfScope: 0,
  problems: [
    {
      code: 'date_naissance_illisible',
      field: 'date_naissance',
      severity: 'rejet',
      count: 30,
      positions: ['1001', '1002'],
    },
    {
      code: 'commune_inconnue',
      field: 'commune_residence',
      severity: 'avertissement',
      count: 1,
      positions: ['7'],
    },
  ],
};
const CLEAN: DeliveryReport = { ...REPORT, path: 'bon.csv', rejects: 0, problems: [] };
const REFUSED: DeliveryReport = {
  ...REPORT,
  path: 'vide.csv',
  kind: null,
  rejected: true,
  rows: 0,
  rejects: 0,
  problems: [{ code: 'fichier_vide', field: null, severity: 'rejet', count: 1, positions: [] }],
};
const HOSTILE = `"><script>alert('x')</script>&amp;`;

describe('the page of a delivery', () => {
  const html = reportPage(REPORT);

  it('says in French what was received, what came of it and what to mend', () => {
    for (const wanted of [
      '<html lang="fr">',
      '<p class="verdict warn">Fichier lu, 30 lignes rejetées à reprendre.</p>',
      'Date de naissance absente ou illisible.',
      '1001, 1002 et 28 autres',
      'Où (ELEVE_ID)',
      '« commune_residence »',
      '<th scope="row">Lignes reçues</th><td class="n">1\u202f234</td>',
      '<dt>Émetteur</dt><dd>Collège de l’Essai</dd>',
      '<dt>Année scolaire</dt><dd>2024-2025</dd>',
      '<dt>Extraction</dt><dd>15/10/2025</dd>',
    ])
      expect(html).toContain(wanted);
  });

  it('is one page by itself: no script, nothing fetched, one title of each level in order, tables with captions', () => {
    for (const page of [html, reportPage(REFUSED), indexPage([REPORT], ['a.html'])]) {
      expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(|https?:/);
      expect(page.match(/<h1[ >]/g)).toHaveLength(1);
      expect(page.match(/<table/g)?.length).toBe(page.match(/<caption>/g)?.length);
      expect(page).toMatch(/prefers-color-scheme:dark[\s\S]*max-width:40rem[\s\S]*@media print/);
    }
  });

  it('thanks for a file with nothing to mend, and counts nothing of a refused one', () => {
    expect(reportPage(CLEAN)).toContain('rien à reprendre. Merci.');
    expect(reportPage(CLEAN)).not.toContain('<h2>À reprendre</h2>');
    const refused = reportPage(REFUSED);
    expect(refused).toContain(
      '<p class="verdict bad">Fichier refusé : aucune de ses lignes n’est utilisée.</p>',
    );
    expect(refused).toContain('fichier entier');
    expect(refused).not.toContain('Ce qu’il en est resté');
  });

  it.each([
    ['the path', { path: HOSTILE }],
    ['the sender', { sender: HOSTILE }],
    ['the school', { uai: HOSTILE }],
    [
      'the name of a column',
      { problems: [{ ...REPORT.problems[0], field: HOSTILE, code: 'colonne_inconnue' }] },
    ],
    ['a position', { problems: [{ ...REPORT.problems[0], positions: [HOSTILE] }] }],
  ] as [string, Partial<DeliveryReport>][])('makes %s harmless', (_what, part) => {
    const hostile = { ...REPORT, ...part };
    for (const page of [reportPage(hostile), indexPage([hostile], [reportFileName(hostile, 1)])]) {
      expect(page).not.toMatch(/<script|alert\('/);
    }
    expect(reportPage(hostile)).toContain('&lt;script&gt;alert(&#39;x&#39;)');
    expect(reportFileName(hostile, 1)).toMatch(/^[\w.-]+\.html$/);
  });
});

describe('the page of all deliveries', () => {
  it('puts first what is to be mended, with a link to each page', () => {
    const html = indexPage([CLEAN, REPORT, REFUSED], ['1.html', '2.html', '3 é.html']);
    expect(html).toContain('3 fichiers reçus, 1 refusé.');
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)).toEqual([
      '3%20%C3%A9.html',
      '2.html',
      '1.html',
    ]);
  });
});

it('tells a terminal the same', () => {
  expect(deliveryReportText(REPORT)).toBe(
    [
      'ecoles/eleves.xml',
      '  SIECLE, export XML des élèves · Collège de l’Essai · 0590116F · 15/10/2025 · 20 Ko',
      '  Fichier lu, 30 lignes rejetées à reprendre.',
      '  1\u202f234 lignes = 1\u202f200 enregistrements + 30 rejets + 4 de moins de 16 ans (écartés, jamais écrits)',
      '  REJET ×30  Date de naissance absente ou illisible. Écrivez-la aaaa-mm-jj (ou jj/mm/aaaa), avec un jour qui existe.',
      '      ELEVE_ID 1001, 1002 et 28 autres',
      '  avertissement ×1  Code de commune inconnu dans « commune_residence » : il est ignoré. Attendu : code INSEE à 5 caractères.',
      '      ELEVE_ID 7',
    ].join('\n'),
  );
});
