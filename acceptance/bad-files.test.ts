import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildZip } from '../packages/server/src/platform/zip/build-zip.ts';
import { printed, raccroche } from './command-line.ts';
import { AS_OF } from './expectations.ts';

/** One campaign over every bad file that a sender may send, each beside the good ones: what becomes of each. */

const root = mkdtempSync(join(tmpdir(), 'bad-files-'));
const RECEIVED = join(root, 'recu');
const OUT = join(root, 'campagne');
/** Longer than any row may be. */
const HUGE = 'x'.repeat(10_000_000);
/** Days that are no day of birth, as the senders may write them. */
const BAD_DAYS = ['29/02/2007', '31/02/2007', '12/03/07', '12/03/2040', ''];

let people = 0;
const ine = () => `2610${String(++people).padStart(5, '0')}AB`;

function pupil(name: string, day = '12/03/2007', more = ''): string {
  people++;
  return `<ELEVE ELEVE_ID="${people}"><ID_NATIONAL>${ine()}</ID_NATIONAL><NOM_DE_FAMILLE>${name}</NOM_DE_FAMILLE><PRENOM>Zoé</PRENOM><DATE_NAISS>${day}</DATE_NAISS><CODE_MEF>2473120331</CODE_MEF><CODE_COMMUNE_INSEE>59350</CODE_COMMUNE_INSEE>${more}</ELEVE>`;
}

function siecle(pupils: readonly string[], { encoding = 'UTF-8', doctype = '' } = {}): string {
  return `<?xml version="1.0" encoding="${encoding}"?>${doctype}<BEE_ELEVES VERSION="2.1"><PARAMETRES><UAJ>0590116F</UAJ><ANNEE_SCOLAIRE>2024</ANNEE_SCOLAIRE></PARAMETRES><DONNEES><ELEVES>${pupils.join('')}</ELEVES></DONNEES></BEE_ELEVES>`;
}

const sygne = (nom: string, dateNaissance = '2007-03-12') => ({
  ...{ ine: ine(), prenom: 'Zoé', nom, dateNaissance, codeMefRatt: '24720008110', classe: '2A' },
  ...{ codeUai: '0590116F', anneeScolaire: 2024, codeStatut: 'ST' },
});

const fregata = (nomUsuel: string, dateNaissance = '2007-03-12') => ({
  ...{ id: ++people, statutApprenant: { code: '2501' } },
  sectionReference: { codeMef: '27621401210', anneeScolaireId: 28 },
  apprenant: { ine: ine(), prenomUsuel: 'Zoé', nomUsuel, dateNaissance, adressesApprenant: null },
});

const FREGATA_HEADER =
  'Identifiant unique*;Premier prénom*;Nom de famille*;Date de naissance*;Code département de naissance*;Code pays de naissance*;Statut*;Code MEF*;Division*';
const fregataLine = (name: string, day = '12/03/2007') =>
  `${ine()};Zoé;${name};${day};59;100;ST;27621401210;A`;

const CFA_HEADER =
  'nom_apprenant;prenom_apprenant;date_de_naissance_apprenant;ine_apprenant;annee_scolaire;statut_apprenant;formation_cfd;etablissement_formateur_uai';
const cfaLine = (name: string, day = '2007-03-12') =>
  `${name};Zoé;${day};${ine()};2024-2025;3;50022137;0590221V`;

const HEADER =
  'identifiant_source;ine;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut;mef;date_fin;commune_residence';
const line = (name: string, day = '2007-03-12', end = '') =>
  `L${++people};${ine()};${name};Zoé;${day};0590116F;2024-2025;scolaire;2472000811;${end};59350`;

const csv = (...lines: readonly string[]) => `${lines.join('\n')}\n`;
const json = (value: unknown) => JSON.stringify(value);
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const latin = (text: string) => Buffer.from(text, 'latin1');
const cut = (text: string) => text.slice(0, Math.floor(text.length * 0.8));
const zipped = (name: string, data: string) => buildZip([{ name, data }]);

async function workbook(...lines: readonly string[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Effectifs');
  for (const each of lines) sheet.addRow(each.split(';'));
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** `2` rows read, `1+5`: one read and five rejected, or the code of the refusal of the whole file. */
type Outcome = string;
const XXE = '<!DOCTYPE BEE_ELEVES [<!ENTITY x SYSTEM "file:///etc/hostname">]>';
const LAUGHS = `<!DOCTYPE BEE_ELEVES [<!ENTITY a "${'a'.repeat(99)}"><!ENTITY b "${'&a;'.repeat(99)}">]>`;

const CASES: readonly (readonly [path: string, content: string | Buffer, outcome: Outcome])[] = [
  ['siecle/coupe.xml', cut(siecle([pupil('A'), pupil('B')])), 'fichier_tronque'],
  ['siecle/mauvais-encodage.xml', latin(siecle([pupil('ÉLOI')])), '1'],
  ['siecle/encodage-inconnu.xml', siecle([pupil('ÉLOI')], { encoding: 'KOI8-R' }), '1'],
  ['siecle/utf16.xml', utf16(siecle([pupil('ÉLOI')], { encoding: 'UTF-16' })), '1'],
  ['siecle/bom.xml', `\ufeff${siecle([pupil('ÉLOI')])}`, '1'],
  ['siecle/fins-de-ligne.xml', siecle([pupil('A'), '\r\n', pupil('B'), '\r', pupil('C'), '\n']), '3'],
  ['siecle/entite-externe.xml', siecle([pupil('&x;')], { doctype: XXE }), 'xml_entite_interdite'],
  ['siecle/expansion.xml', siecle([pupil('&b;')], { doctype: LAUGHS }), 'xml_entite_interdite'],
  ['siecle/valeur-de-10-mo.xml', siecle([pupil('A', '12/03/2007', `<MEL>${HUGE}</MEL>`), pupil('B')]), '1+1'],
  ['siecle/jours.xml', siecle([pupil('A'), ...BAD_DAYS.map((day) => pupil('B', day))]), '1+5'],
  ['siecle/vide.xml', '', 'fichier_vide'],
  ['siecle/bombe.zip', zipped('e.xml', siecle([' '.repeat(30_000_000)])), 'archive_demesuree'],
  ['siecle/bombe.gz', gzipSync(siecle([' '.repeat(30_000_000)])), 'archive_demesuree'],
  ['siecle/glisse.zip', zipped('../../e.xml', siecle([pupil('A')])), 'archive_chemin_interdit'],
  ['sygne/coupe.json', cut(json([sygne('A'), sygne('B')])), 'fichier_tronque'],
  ['sygne/utf16.json', utf16(json([sygne('ÉLOI')])), '1'],
  ['sygne/bom.json', `\ufeff${json([sygne('ÉLOI')])}`, '1'],
  ['sygne/latin.json', latin(json([sygne('ÉLOI')])), '1'],
  ['sygne/valeur-de-10-mo.json', json([sygne('A'), { ...sygne('B'), prenom: HUGE }]), '1+1'],
  ['sygne/jours.json', json([sygne('A'), ...BAD_DAYS.map((day) => sygne('B', day))]), '1+5'],
  ['sygne/vide.json', '', 'fichier_vide'],
  ['fregata/coupe.json', cut(json([fregata('A'), fregata('B')])), 'fichier_tronque'],
  ['fregata/jours.json', json([fregata('A'), ...BAD_DAYS.map((day) => fregata('B', day))]), '1+5'],
  ['fregata/utf16.csv', utf16(csv(FREGATA_HEADER, fregataLine('ÉLOI'))), '1'],
  ['fregata/double.csv', csv(`${FREGATA_HEADER};Division*`, `${fregataLine('A')};B`), 'colonne_double'],
  ['fregata/guillemets.csv', csv(FREGATA_HEADER, fregataLine('"A\nB"'), fregataLine('C')), '2'],
  ['fregata/jours.csv', csv(FREGATA_HEADER, ...BAD_DAYS.map((day) => fregataLine('B', day))), '0+5'],
  ['fregata/ligne-de-10-mo.csv', csv(FREGATA_HEADER, fregataLine(HUGE), fregataLine('A')), '1+1'],
  ['cfa/utf16.csv', utf16(csv(CFA_HEADER, cfaLine('ÉLOI'))), '1'],
  ['cfa/double.csv', csv(`${CFA_HEADER};formation_cfd`, `${cfaLine('A')};x`), 'colonne_double'],
  ['cfa/jours.csv', csv(CFA_HEADER, cfaLine('A'), ...BAD_DAYS.map((day) => cfaLine('B', day))), '1+5'],
  ['cfa/entete.xlsx', await workbook(CFA_HEADER), 'fichier_vide'],
  ['cfa/jours.xlsx', await workbook(CFA_HEADER, ...BAD_DAYS.map((day) => cfaLine('B', day))), '0+5'],
  ['cfa/coupe.xlsx', (await workbook(CFA_HEADER, cfaLine('A'))).subarray(0, -400), 'fichier_tronque'],
  ['echange/utf16.csv', utf16(csv(HEADER, line('ÉLOI'))), '1'],
  ['echange/bom.csv', `\ufeff${csv(HEADER, line('ÉLOI'))}`, '1'],
  ['echange/latin.csv', latin(csv(HEADER, line('ÉLOI'))), '1'],
  ['echange/fins-de-ligne.csv', `${HEADER}\r\n${line('A')}\n${line('B')}\r${line('C')}`, '3'],
  ['echange/double.csv', csv(`${HEADER};Nom Famille`, `${line('A')};x`), 'colonne_double'],
  ['echange/guillemets.csv', csv(HEADER, line('"A ""dit""\r\nB"'), line('C', '31/02/2007')), '1+1'],
  ['echange/ligne-de-10-mo.csv', csv(HEADER, line(HUGE), line('A')), '1+1'],
  ['echange/jours.csv', csv(HEADER, line('A'), ...BAD_DAYS.map((day) => line('B', day))), '1+5'],
  ['echange/vide.csv', '', 'fichier_vide'],
  ['echange/pdf.csv', latin(`%PDF-1.7\n${csv(HEADER, line('A'))}`), 'fichier_non_reconnu'],
  ['echange/dossier.csv/dedans.csv', csv(HEADER, line('A')), '1'],
  ['echange/compagnon.csv', csv(HEADER, line('A')), 'compagnon_illisible'],
  ['echange/<b>"é"&.csv', csv(HEADER, line('A')), '1'],
];
const FORMULAS = ['=1+1', '+33612345678', '-2+3', '@SUM(A1)', '\t=1', '＝1'];

const MANIFEST = z.looseObject({
  inputs: z.array(
    z.object({ path: z.string(), rejected: z.boolean(), records: z.number(), rejects: z.number() }),
  ),
});

function outcomes(): Record<string, Outcome> {
  const { inputs } = MANIFEST.parse(JSON.parse(readFileSync(join(OUT, 'manifest.json'), 'utf8')));
  const told: string[][] = parse(readFileSync(join(OUT, 'rejects/rejets.csv')), {
    delimiter: ';',
    bom: true,
  });
  const refusals = new Map(
    told.filter(([, position]) => position === '').map(([path, , , code]) => [path, code]),
  );
  return Object.fromEntries(
    inputs.map(({ path, rejected, records, rejects }) => [
      path,
      rejected ? (refusals.get(path) ?? '?') : `${records}${rejects > 0 ? `+${rejects}` : ''}`,
    ]),
  );
}

const run = () =>
  raccroche(
    ...['campaign', 'run', '--deliveries', RECEIVED, '--as-of', AS_OF, '--out', OUT],
    ...['--allow-missing', 'all', '--json'],
  );

let campaign: ReturnType<typeof run>;
beforeAll(() => {
  for (const [path, content] of CASES) {
    mkdirSync(dirname(join(RECEIVED, path)), { recursive: true });
    writeFileSync(join(RECEIVED, path), content);
  }
  for (const path of readdirSync(join(RECEIVED, 'fregata')))
    writeFileSync(
      join(RECEIVED, 'fregata', `${path}.meta.json`),
      '{"uai": "0620095S", "annee_scolaire": "2024-2025"}',
    );
  mkdirSync(join(RECEIVED, 'echange/compagnon.csv.meta.json'));
  symlinkSync(join(root, 'nulle-part'), join(RECEIVED, 'echange/lien-mort.csv'));
  const formulas = FORMULAS.map((text) => line(`"${text}"`, '2007-03-12', '2025-03-01'));
  writeFileSync(join(RECEIVED, 'echange/formules.csv'), csv(HEADER, ...formulas));
  campaign = run();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a campaign over bad files', () => {
  it('ends well: a broken file rejects itself, never the others', () => {
    expect(campaign.stderr).toBe('');
    expect(campaign.code).toBe(0);
    expect(outcomes()).toEqual({
      ...Object.fromEntries(CASES.map(([path, , outcome]) => [path, outcome])),
      'echange/lien-mort.csv': 'fichier_illisible',
      'echange/formules.csv': String(FORMULAS.length),
    });
  });

  it('reads accents right whatever the encoding, told or not', () => {
    const list = readFileSync(join(OUT, 'lists/59/liste-59.csv'), 'utf8');
    const read = CASES.filter(
      ([, content]) => typeof content !== 'string' && content.includes(Buffer.from('L')),
    );
    expect(read.length).toBeGreaterThan(5);
    expect(list).not.toMatch(/\ufffd|Ã|\?LOI/);
    expect(list.match(/;ÉLOI;/g)?.length).toBeGreaterThanOrEqual(7);
  });

  it('makes formulas harmless in every export for a spreadsheet', async () => {
    const rows: Record<string, string>[] = parse(readFileSync(join(OUT, 'lists/59/liste-59.csv')), {
      ...{ delimiter: ';', bom: true, columns: true },
    });
    const names = rows.map((row) => row.nom_famille ?? '');
    for (const formula of FORMULAS) expect(names).toContain(`'${formula.trim()}`);
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@＝\t]/.test(cell))).toEqual([]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(join(OUT, 'lists/59/liste-59.xlsx'));
    book.eachSheet((sheet) =>
      sheet.eachRow((row) => row.eachCell((cell) => expect(cell.type).not.toBe(ExcelJS.ValueType.Formula))),
    );
    expect(book.worksheets[0]?.getColumn(2).values).toContain('=1+1');
  });

  it('never unpacks outside, resolves nothing, and may be run again in place', () => {
    expect(readdirSync(root).sort()).toEqual(['campagne', 'recu', 'registre']);
    const again = run();
    expect(again.code).toBe(0);
    expect(printed(z.unknown(), again)).toEqual(printed(z.unknown(), campaign));
  });
});
