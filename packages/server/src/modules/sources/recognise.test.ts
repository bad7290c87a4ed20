import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { buildZip } from '../../platform/zip/build-zip.ts';
import { chunksOf } from './readers/recording-sink.ts';
import { recogniseFile } from './recognise.ts';
import { deathLine } from './testing/death-line.ts';

const recognise = (content: string | Uint8Array) => recogniseFile(chunksOf(content, 16));
const FREGATA = 'Identifiant unique*;Premier prénom*;Nom de famille*;Date de naissance*;Code MEF*';
const CFA = 'NOM_APPRENANT,prenom_apprenant,date_de_naissance_apprenant,annee_scolaire,statut_apprenant';

async function workbook(...header: string[]): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.addWorksheet('Feuille').addRow(header);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('recognising a file from its content', () => {
  const known: [string, string | Uint8Array, string][] = [
    [
      'XML with a prologue and a comment',
      '<?xml version="1.0"?>\n<!-- <x> -->\n<BEE_ELEVES VERSION="2.1">',
      'siecle-xml',
    ],
    ['XML in UTF-16', Buffer.from('\ufeff<BEE_ELEVES>', 'utf16le'), 'siecle-xml'],
    ['XML with a DTD, for the reader to refuse', '<!DOCTYPE x [<!ENTITY a "b>">]><BEE_ELEVES>', 'siecle-xml'],
    [
      'list',
      '[{"ine":"1","prenom":"A","dateNaissance":"2008-01-01","codeMef":"1","codeUai":"x"}]',
      'sygne-list',
    ],
    [
      'list, one value a line',
      '{"prenom":"A","dateNaissance":"2008-01-01","codeMefRatt":"1","anneeScolaire":1}\n{',
      'sygne-list',
    ],
    [
      'detail',
      '{"ine":"1","prenom1":"A","adrResidenceEle":null,"scolarite":{"codeUai":"x"}}',
      'sygne-detail',
    ],
    ['schoolings', '{"ine":"1","scolarites":[{"classe":null}]}', 'sygne-schoolings'],
    [
      'a key inside a value',
      '{"ine":"1","scolarites":[],"x":"\\"nom_apprenant\\":\\"date_de_naissance_apprenant\\":"}',
      'sygne-schoolings',
    ],
    ['FREGATA', '[{"id":1,"statutApprenant":{"code":"2501"},"apprenant":{}}]', 'fregata-json'],
    ['FREGATA CSV', FREGATA, 'fregata-csv'],
    ['FREGATA CSV in Latin', Buffer.from(FREGATA, 'latin1'), 'fregata-csv'],
    ['CFA JSON', '[{"nom_apprenant":"A","date_de_naissance_apprenant":"2008-01-01"}]', 'cfa-effectifs'],
    ['CFA CSV', CFA, 'cfa-effectifs'],
    ['enrolments', '\ufeff"UAI";Nom_Famille;"Année_scolaire"\n', 'interchange-inscriptions'],
    ['diplomas', 'nom_famille,RÉSULTAT,uai,annee_scolaire\r\n', 'interchange-diplomes'],
    ['contracts', 'date_fin_prevue;uai_cfa', 'interchange-contrats'],
    ['accompaniments', 'identifiant_source;structure_type', 'interchange-accompagnements'],
    ['deaths', deathLine(), 'insee-deces'],
    ['deaths after a bad line', `rien\n${deathLine()}\n${deathLine()}`, 'insee-deces'],
    ['deaths in Latin', Buffer.from(deathLine({ family: 'LEFÈVRE' }), 'latin1'), 'insee-deces'],
  ];
  it.each(known)('%s', async (_name, content, kind) => {
    expect(await recognise(content)).toBe(kind);
  });

  it('workbook', async () => {
    expect(await recognise(await workbook(...CFA.split(',')))).toBe('cfa-effectifs');
  });

  const refused: [string, string | Uint8Array, string][] = [
    ['nothing', '', 'fichier_vide'],
    ['blanks', ' \r\n', 'fichier_vide'],
    ['a mark alone', '\ufeff', 'fichier_vide'],
    ['an empty array', '[\n]\n', 'fichier_vide'],
    [
      'keys that are only values',
      '{"a":"nom_apprenant","b":"date_de_naissance_apprenant"}',
      'fichier_non_reconnu',
    ],
    ['an empty object', '{}', 'fichier_non_reconnu'],
    ['PDF', '%PDF-1.7\nuai;annee_scolaire', 'fichier_non_reconnu'],
    ['PNG', Buffer.from('\x89PNG\r\n\x1a\nuai;annee_scolaire', 'latin1'), 'fichier_non_reconnu'],
    ['binary', Buffer.from('uai;annee_scolaire\n\x00\x01\x02', 'latin1'), 'fichier_non_reconnu'],
    ['HTML', '<!DOCTYPE html><html></html>', 'fichier_non_reconnu'],
    ['another XML', '<BEE_RESPONSABLES><BEE_ELEVES/></BEE_RESPONSABLES>', 'fichier_non_reconnu'],
    ['one death among other lines', `a\nb\n${deathLine()}`, 'fichier_non_reconnu'],
    ['another CSV', 'nom;prenom\nresultat;uai', 'fichier_non_reconnu'],
    ['an archive inside an archive', buildZip([{ name: 'x.csv', data: CFA }]), 'fichier_non_reconnu'],
  ];
  it.each(refused)('refuses %s', async (_name, content, code) => {
    await expect(recognise(content)).rejects.toMatchObject({ name: 'FileRejection', code });
  });

  it('refuses a workbook of anything else', async () => {
    const other = await workbook('uai', 'annee_scolaire');
    await expect(recognise(other)).rejects.toMatchObject({ code: 'fichier_non_reconnu' });
  });
});
