import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digest, printed, raccroche } from './command-line.ts';
import { AS_OF, DELIVERIES, readExpectedTotals } from './expectations.ts';

/** What an operator does after another, through the command line alone, on the hand-written case. */

const root = mkdtempSync(join(tmpdir(), 'journeys-'));
const NOVEMBER = join(root, 'novembre');
const DECEMBER = join(root, 'decembre');
const totals = readExpectedTotals();

const RESULT = z.looseObject({
  listed: z.number(),
  persons: z.number(),
  records: z.number(),
  rows: z.number(),
  rejects: z.number(),
  removedUnder16: z.number(),
  departments: z.record(z.string(), z.number()),
  litiges: z.number(),
  out: z.string(),
});
const LIST = z.looseObject({
  entries: z.array(z.looseObject({ siei: z.string(), familyName: z.string().nullable() })),
});
const STEPS = z.array(z.object({ step: z.string(), id: z.string(), text: z.string() }));
const DIFFERENCE = z.looseObject({
  counts: z.record(z.string(), z.number()),
  nouveaux: z.array(z.object({ siei: z.string(), department: z.string() })),
  maintenus: z.array(z.object({ siei: z.string(), department: z.string() })),
  sortis: z.array(
    z.object({ siei: z.string(), department: z.string(), check: z.string().nullable(), label: z.string() }),
  ),
  transférés: z.array(z.object({ siei: z.string(), from: z.string(), to: z.string() })),
});

function run(deliveries: string, asOf: string, out: string, ...more: readonly string[]) {
  return raccroche('campaign', 'run', '--deliveries', deliveries, '--as-of', asOf, '--out', out, ...more);
}

/** SIEI number of each listed family name. */
function listedNumbers(out: string): ReadonlyMap<string, string> {
  const lists = readdirSync(join(out, 'lists'));
  const texts = lists.map((code) => readFileSync(join(out, 'lists', code, `liste-${code}.json`), 'utf8'));
  const entries = texts.flatMap((text) => LIST.parse(JSON.parse(text)).entries);
  return new Map(entries.map(({ familyName, siei }) => [familyName ?? '', siei]));
}

const numberOf = (name: string) => listedNumbers(NOVEMBER).get(name) ?? expect.fail(`${name} is not listed`);

let november: ReturnType<typeof run>;
beforeAll(() => {
  november = run(DELIVERIES, AS_OF, NOVEMBER, '--json');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('campaign run', () => {
  it('prints one object, of the published shape, and nothing else; rejects are no failure', () => {
    const result = printed(RESULT, november);
    expect(november).toMatchObject({ code: 0, stderr: '' });
    expect(result).toMatchObject({
      rows: totals.rows,
      records: totals.records,
      rejects: totals.rejects,
      removedUnder16: totals.removedUnder16,
      out: NOVEMBER,
    });
    const sum = Object.values(result.departments).reduce((total, count) => total + count, 0);
    expect(sum).toBe(result.listed);
  });

  it('withholds the lists for want of a source (3), says which, and publishes when told to, saying so', () => {
    const fewer = join(root, 'sans-agriculture');
    cpSync(DELIVERIES, fewer, { recursive: true });
    rmSync(join(fewer, 'fregata'), { recursive: true });
    rmSync(join(fewer, 'casse'), { recursive: true });
    const out = join(root, 'retenue');
    const withheld = run(fewer, AS_OF, out);
    expect(withheld.code).toBe(3);
    expect(withheld.stdout).toContain('Listes retenues : il manque enseignement agricole.');
    expect(readdirSync(join(out, 'lists'))).toEqual([]);
    expect(raccroche('campaign', 'verify', out).code).toBe(0);
    const published = run(fewer, AS_OF, out, '--allow-missing', 'agriculture');
    expect(published.code).toBe(0);
    expect(published.stdout).toContain('Publié sans : enseignement agricole (dit sur chaque liste).');
    expect(readFileSync(join(out, 'lists/59/liste-59.csv'), 'utf8')).toContain('enseignement agricole');
    expect(raccroche('campaign', 'verify', out).code).toBe(0);
  });

  it.each([
    [
      'a mistyped option suggests the right one',
      ['campaign', 'run', '--deliverys', 'x'],
      /Vouliez-vous dire --deliveries \?/,
    ],
    [
      'results among the deliveries',
      ['campaign', 'run', '--deliveries', DELIVERIES, '--as-of', AS_OF, '--out', join(DELIVERIES, 'out')],
      /est dans le dossier des fichiers reçus/,
    ],
    [
      'a previous campaign that is none',
      ['campaign', 'run', '--deliveries', DELIVERIES, '--as-of', AS_OF, '--out', 'x', '--previous', root],
      /ne contient pas de listes/,
    ],
    [
      'a folder that holds another campaign',
      ['campaign', 'run', '--deliveries', DELIVERIES, '--as-of', '2025-11-16', '--out', NOVEMBER],
      /contient déjà une autre campagne/,
    ],
  ])('%s: told in French, code 2', (_case, args, sentence) => {
    const { code, stderr, stdout } = raccroche(...args);
    expect(stderr).toMatch(sentence);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('what a campaign tells afterwards', () => {
  it('show: the same figures', () => {
    const { code, stdout } = raccroche('campaign', 'show', NOVEMBER);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Campagne au 15\/11\/2025, règles siei-2011[\s\S]*Scellée le/);
    // What was taken over from the campaign before is what a run did, not what a campaign is.
    const { carried, comparisonsCarried, ...ran } = printed(RESULT, november);
    expect({ carried, comparisonsCarried }).toEqual({ carried: 0, comparisonsCarried: false });
    expect(printed(RESULT, raccroche('campaign', 'show', NOVEMBER, '--json'))).toEqual(ran);
  });

  it('explain: somebody listed, with files, links and conditions', () => {
    const { code, stdout } = raccroche(
      ...['campaign', 'explain', '--person', numberOf('WEBER'), '--campaign', NOVEMBER],
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Manon WEBER, née le \d\d\/\d\d\/\d{4}, 18 ans · SIEI [0-9A-Z]{12}\n/);
    expect(stdout).toContain('Sur la liste : est parti en cours d’année, dernier jour connu le 07/02/2025.');
    expect(stdout).toMatch(
      /sygne\/scolarites\.jsonl, position 2 [\s\S]*sygne\/liste-2024\.json, position 2 /,
    );
    expect(stdout).toMatch(/Pourquoi c’est une seule personne\n {2}\[1\] et \[2\] : même identifiant/);
    expect(stdout.match(/^ {2}oui {2}/gm)).toHaveLength(6);
  });

  it('explain: somebody who is not, by an INE, with the condition that is not met', () => {
    const { stdout } = raccroche(
      ...['campaign', 'explain', '--person', '250000018AB', '--campaign', NOVEMBER],
    );
    expect(stdout).toContain('Pas sur la liste. Condition non remplie : n’est plus en formation');
    expect(stdout).toMatch(/^ {2}non {2}n’est plus en formation à la date de référence \(d’après \[/m);
  });

  it('trace: from any id of the trail, the same trail', () => {
    const trace = (id: string) =>
      printed(STEPS, raccroche('trace', id, '--campaign', NOVEMBER, '--json')).map(({ step, id: of }) => ({
        step,
        of,
      }));
    const siei = numberOf('LAMBERT');
    const trail = trace(siei);
    expect(trail.map(({ step }) => step)).toEqual([
      ...['delivery', 'delivery', 'record', 'record', 'person', 'entry'],
    ]);
    const idOf = (wanted: string) => trail.filter(({ step }) => step === wanted).map(({ of }) => of);
    for (const id of [idOf('record')[1] ?? '', '250000013AB']) expect(trace(id), id).toEqual(trail);
    const [delivery = ''] = idOf('delivery');
    expect(trace(delivery).map(({ step }) => step)).toEqual(['delivery', 'record', 'person', 'entry']);
    const refused = printed(STEPS, raccroche('trace', 'casse/vide.csv', '--campaign', NOVEMBER, '--json'));
    expect(refused[1]?.text).toBe('fichier refusé : Le fichier est vide. Renvoyez-le.');
  });

  it('verify: yes to everything, and no (4) to what was changed, cut or added', () => {
    const whole = raccroche('campaign', 'verify', NOVEMBER);
    expect(whole.stdout).not.toContain('NON');
    expect(whole.code).toBe(0);
    const copy = join(root, 'copie');
    cpSync(NOVEMBER, copy, { recursive: true });
    writeFileSync(join(copy, 'rejects/rejets.csv'), 'x');
    writeFileSync(join(copy, 'ajout.txt'), 'x');
    const tampered = raccroche('campaign', 'verify', copy);
    expect(tampered.stdout).toContain('NON  fichiers absents ou modifiés : rejects/rejets.csv');
    expect(tampered.stdout).toContain('NON  fichiers ajoutés après coup : ajout.txt');
    expect(tampered.code).toBe(4);
    const table = join(copy, 'data/assessments.parquet');
    writeFileSync(table, readFileSync(table).subarray(0, -1));
    const cut = raccroche('campaign', 'verify', copy);
    expect(cut.stdout).toMatch(/NON {2}fichiers absents ou modifiés : data\/assessments\.parquet/);
    expect(cut.code).toBe(4);
    const unread = raccroche('trace', 'X', '--campaign', copy);
    expect(unread.stderr).toContain('est abîmé');
    expect(unread.code).toBe(4);
  });
});

describe('delivery check', () => {
  it('says what would be read and what to mend; 0 for a file with rejects, 4 for one that is refused', () => {
    const good = raccroche(
      ...['delivery', 'check', join(DELIVERIES, 'echange/diplomes.csv'), '--as-of', AS_OF],
    );
    expect(good.stdout).toMatch(/10 lignes = 9 enregistrements \+ 1 rejet \+ 0 de moins de 16 ans/);
    expect(good.stdout).toMatch(/REJET ×1 {2}Valeur absente ou hors de la liste[^\n]*\n {6}ligne 11\n/);
    expect(good.code).toBe(0);
    const bad = raccroche('delivery', 'check', join(DELIVERIES, 'casse/tronque.xml'), '--as-of', AS_OF);
    expect(bad.stdout).toContain('Fichier refusé : aucune de ses lignes n’est utilisée.');
    expect(bad.code).toBe(4);
    expect(raccroche('delivery', 'check', join(root, 'rien.csv'))).toMatchObject({ code: 2, stdout: '' });
  });
});

/** One more month: some left the files, one is back at school, one moved, one left a school. */
function decemberDeliveries(): string {
  const folder = join(root, 'decembre-recu');
  cpSync(DELIVERIES, folder, { recursive: true });
  rmSync(join(folder, 'echange/contrats.csv'));
  rmSync(join(folder, 'echange/contrats.csv.meta.json'));
  const header =
    'identifiant_source;ine;nom_famille;prenom1;date_naissance;commune_residence;uai;annee_scolaire;statut;mef;date_debut;date_fin';
  const rows = [
    'D1;250000010AB;JACQUET;Nora;2006-04-10;59350;0331442N;2025-2026;scolaire;2412213121;2025-12-01;',
    'D2;250000019AB;ROCHER;Emma;2006-12-19;33063;0331442N;2023-2024;scolaire;2412213121;2023-09-01;2023-10-01',
    'D3;250090001AB;NOUVELLE;Ida;2007-01-02;59350;0331442N;2025-2026;scolaire;2412213121;2025-09-01;2025-12-05',
  ];
  mkdirSync(join(folder, 'suite'));
  writeFileSync(join(folder, 'suite/suite.csv'), [header, ...rows, ''].join('\n'));
  writeFileSync(join(folder, 'suite/suite.csv.meta.json'), '{"date_extraction": "2025-12-10"}');
  return folder;
}

describe('the next campaign, on the same registry', () => {
  it('tells the difference: new, still there, gone and why, moved', () => {
    const next = run(decemberDeliveries(), '2025-12-15', DECEMBER, '--previous', NOVEMBER, '--json');
    expect(next.code).toBe(0);
    const difference = DIFFERENCE.parse(JSON.parse(readFileSync(join(DECEMBER, 'difference.json'), 'utf8')));
    expect(difference.nouveaux).toContainEqual({
      siei: listedNumbers(DECEMBER).get('NOUVELLE'),
      department: '59',
    });
    expect(difference.maintenus).toContainEqual({ siei: numberOf('WEBER'), department: '59' });
    expect(difference.transférés).toEqual([{ siei: numberOf('ROCHER'), from: '59', to: '33' }]);
    expect(difference.sortis).toContainEqual({
      siei: numberOf('JACQUET'),
      department: '59',
      check: 'not_enrolled',
      label: 'n’est plus en formation à la date de référence',
    });
    expect(difference.sortis).toContainEqual({
      siei: numberOf('YVON'),
      department: 'XX',
      check: null,
      label: 'plus dans les fichiers',
    });
    const { counts } = difference;
    expect(Number(counts.maintenus) + Number(counts.transférés) + Number(counts.sortis)).toBe(
      printed(RESULT, november).listed,
    );
    expect(Number(counts.nouveaux) + Number(counts.maintenus) + Number(counts.transférés)).toBe(
      printed(RESULT, next).listed,
    );
    expect(raccroche('campaign', 'verify', DECEMBER).code).toBe(0);
  });

  it('run again in place without --previous, it leaves no stale difference behind', () => {
    const again = run(join(root, 'decembre-recu'), '2025-12-15', DECEMBER);
    expect(again.code).toBe(0);
    expect(Object.keys(digest(DECEMBER))).not.toContain('difference.json');
    expect(raccroche('campaign', 'verify', DECEMBER).code).toBe(0);
  });
});
