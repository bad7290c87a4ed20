import { describe, expect, it } from 'vitest';
import { recordRead } from './recording-sink.ts';
import { SiecleClassIndex } from './siecle-class-index.ts';
import { siecleXmlReader } from './siecle-xml.ts';

const FIRST = `<ELEVE ELEVE_ID="101" ELENOET="1">
 <ID_NATIONAL>123456789AB</ID_NATIONAL><NOM_DE_FAMILLE>L&apos;ÉPREUVE &amp; FILS</NOM_DE_FAMILLE><NOM_USAGE/>
 <PRENOM><![CDATA[Zoé]]></PRENOM><PRENOM2>Ana</PRENOM2><DATE_NAISS>12/03/2008</DATE_NAISS><CODE_SEXE>2</CODE_SEXE>
 <CODE_PAYS>100</CODE_PAYS><CODE_COMMUNE_INSEE_NAISS>33063</CODE_COMMUNE_INSEE_NAISS><CODE_MEF>24720008110</CODE_MEF>
 <CODE_STATUT>ST</CODE_STATUT><DATE_ENTREE>01/09/2025</DATE_ENTREE>
 <SCOLARITE_AN_DERNIER><CODE_STRUCTURE>3A</CODE_STRUCTURE><LIGNE1_ADRESSE>du collège</LIGNE1_ADRESSE><CODE_POSTAL>99999</CODE_POSTAL></SCOLARITE_AN_DERNIER>
 <LIGNE1_ADRESSE>1 rue X</LIGNE1_ADRESSE><LIGNE2_ADRESSE> </LIGNE2_ADRESSE><LIGNE3_ADRESSE>Bât. B</LIGNE3_ADRESSE>
 <CODE_POSTAL>33000</CODE_POSTAL><LL_PAYS>FRANCE</LL_PAYS><CODE_COMMUNE_INSEE>33063</CODE_COMMUNE_INSEE>
 <TEL_PERSONNEL>0500000000</TEL_PERSONNEL><TEL_PORTABLE>0600000000</TEL_PORTABLE><MEL>a@exemple.fr</MEL>
</ELEVE>`;

const pupil = (id: string, more = ''): string =>
  `<ELEVE ELEVE_ID="${id}"><NOM>ESSAI</NOM><DATE_NAISS>01/01/2008</DATE_NAISS>${more}</ELEVE>`;

const structures = (id: string, ...told: string[]): string =>
  `<STRUCTURES_ELEVE ELEVE_ID="${id}">${told
    .map((one) => one.split(':'))
    .map(
      ([code, type]) =>
        `<STRUCTURE><CODE_STRUCTURE>${code}</CODE_STRUCTURE><TYPE_STRUCTURE>${type}</TYPE_STRUCTURE></STRUCTURE>`,
    )
    .join('')}</STRUCTURES_ELEVE>`;

function siecle(pupils: string, classes = '', prologue = '<?xml version="1.0" encoding="UTF-8"?>'): string {
  return `${prologue}<BEE_ELEVES VERSION="2.1"><PARAMETRES><UAJ>0951099D</UAJ><ANNEE_SCOLAIRE>2025</ANNEE_SCOLAIRE><DATE_EXPORT>15/10/2025</DATE_EXPORT></PARAMETRES>
<DONNEES><ELEVES>${pupils}</ELEVES><STRUCTURES>${classes}</STRUCTURES></DONNEES></BEE_ELEVES>`;
}

const read = (xml: string | Uint8Array, chunk?: number) => recordRead(siecleXmlReader, xml, {}, chunk);

describe('SIECLE', () => {
  it('brings a pupil to the interchange columns', async () => {
    const { rows, facts } = await read(siecle(FIRST, structures('101', 'GR1:G', '2A:D', '2B:D')), 13);
    expect(facts).toEqual([{ uai: '0951099D', schoolYear: 2025, extractedOn: '2025-10-15' }]);
    const values = {
      identifiant_source: '101',
      ine: '123456789AB',
      nom_famille: "L'ÉPREUVE & FILS",
      prenom1: 'Zoé',
      prenom2: 'Ana',
      sexe: 'F',
      date_naissance: '12/03/2008',
      commune_naissance: '33063',
      pays_naissance: '99100',
      adresse: '1 rue X\nBât. B',
      code_postal: '33000',
      commune_residence: '33063',
      pays_residence: '99100',
      telephone: '0500000000',
      portable: '0600000000',
      courriel: 'a@exemple.fr',
      uai: '0951099D',
      annee_scolaire: '2025',
      statut: 'scolaire',
      mef: '24720008110',
      classe: '2A',
      date_debut: '01/09/2025',
    };
    expect(rows).toEqual([{ position: '101', parts: [{ kind: 'inscriptions', values }] }]);
  });

  const classCases: [string, string, string, Record<string, string>][] = [
    ['only Inactifs', '', structures('7', 'Inactifs:D'), { x_hors_classe: '1' }],
    [
      'only Inactifs, but gone',
      '<DATE_SORTIE>01/02/2026</DATE_SORTIE>',
      structures('7', 'Inactifs:D'),
      { date_fin: '01/02/2026' },
    ],
    ['Inactifs beside a group', '', structures('7', 'Inactifs:D', 'GR1:G'), {}],
    ['Inactifs beside a class', '', structures('7', 'Inactifs:D', '2A:D'), { classe: '2A' }],
    [
      'Inactifs twice, in two blocks',
      '',
      structures('7', 'INACTIFS:D') + structures('7', 'Inactifs:G'),
      { x_hors_classe: '1' },
    ],
    ['no structure at all', '', '', {}],
    ["another pupil's structure", '', structures('07', 'Inactifs:D'), {}],
    ['a reason for leaving', '<CODE_MOTIF_SORTIE>10</CODE_MOTIF_SORTIE>', '', { motif_fin: 'inconnu' }],
    ['an apprentice', '<CODE_STATUT>AP</CODE_STATUT>', '', { statut: 'apprenti' }],
    ['a home abroad', '<LL_PAYS>Belgique</LL_PAYS>', '', { pays_residence: '99131' }],
    ['born abroad', '<CODE_PAYS>352</CODE_PAYS>', '', { pays_naissance: '99352' }],
  ];
  it.each(classCases)('%s', async (_name, more, told, wanted) => {
    const { rows } = await read(siecle(pupil('7', more), told), 11);
    const same = { identifiant_source: '7', nom_famille: 'ESSAI', date_naissance: '01/01/2008' };
    const place = { uai: '0951099D', annee_scolaire: '2025', statut: 'scolaire' };
    expect(rows[0]?.parts[0]?.values).toEqual({ ...same, ...place, ...wanted });
  });

  it('is not fooled by a structure in a comment before the pupils', async () => {
    const trap = '<!-- <STRUCTURES_ELEVE ELEVE_ID="7"> -->';
    const { rows } = await read(siecle(trap + pupil('7'), structures('7', '2A:D')));
    expect(rows[0]?.parts[0]?.values.classe).toBe('2A');
  });

  it.each([
    ['ISO-8859-15', 'latin1'],
    ['UTF-16', 'utf16le'],
  ] as const)('reads %s', async (encoding, written) => {
    const xml = siecle(FIRST, structures('101', '2É:D'), `<?xml version="1.0" encoding="${encoding}"?>`);
    const { rows, fileWarnings } = await read(
      Buffer.from(written === 'utf16le' ? `\ufeff${xml}` : xml, written),
      17,
    );
    expect(rows[0]?.parts[0]?.values).toMatchObject({
      prenom1: 'Zoé',
      classe: '2É',
      adresse: '1 rue X\nBât. B',
    });
    expect(fileWarnings).toEqual([]);
  });

  it('says that the encoding announced was wrong', async () => {
    const { rows, fileWarnings } = await read(Buffer.from(siecle(FIRST), 'latin1'));
    expect(rows[0]?.parts[0]?.values.prenom1).toBe('Zoé');
    expect(fileWarnings).toEqual(['encodage_corrige']);
  });

  it('lets the sidecar win over the file', async () => {
    const sidecar = { uai: '0011058V', schoolYear: 2024 };
    const { rows } = await recordRead(siecleXmlReader, siecle(FIRST), sidecar);
    expect(rows[0]?.parts[0]?.values).toMatchObject({ uai: '0011058V', annee_scolaire: '2024' });
  });

  const doctype = '<?xml version="1.0"?><!DOCTYPE BEE_ELEVES [<!ENTITY x SYSTEM "file:///etc/hostname">]>';
  const laughs = '<!DOCTYPE BEE_ELEVES [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>';
  const refused: [string, string, string][] = [
    ['an external entity', 'xml_entite_interdite', siecle(pupil('1', '<PRENOM>&x;</PRENOM>'), '', doctype)],
    ['entities of entities', 'xml_entite_interdite', siecle(pupil('1', '<PRENOM>&b;</PRENOM>'), '', laughs)],
    ['a DTD alone', 'xml_entite_interdite', siecle(pupil('1'), '', '<!DOCTYPE BEE_ELEVES>')],
    ['an unknown entity', 'fichier_tronque', siecle(pupil('1', '<PRENOM>&x;</PRENOM>'))],
    ['crossed tags', 'fichier_tronque', siecle('<ELEVE ELEVE_ID="1"><NOM>A</ELEVE></NOM>')],
    ['a broken structure', 'fichier_tronque', siecle(pupil('1'), '<STRUCTURES_ELEVE ELEVE_ID="1">')],
    ['nobody', 'fichier_vide', siecle('')],
  ];
  it.each(refused)('refuses %s: %s', async (_name, code, xml) => {
    await expect(read(xml)).rejects.toMatchObject({ name: 'FileRejection', code });
  });
});

describe('index of classes', () => {
  it('keeps any number of pupils, with identifiers of any shape', () => {
    const index = new SiecleClassIndex();
    const ids = Array.from({ length: 20_000 }, (_, rank) => String(rank * 7919));
    for (const id of [...ids, '007', 'A-1', '99999999999999999999']) index.add(id, `C${id.length}`, 'D');
    expect(ids.filter((id) => index.get(id).className !== `C${id.length}`)).toEqual([]);
    expect(index.get('007').className).toBe('C3');
    expect(index.get('A-1').className).toBe('C3');
    expect(index.get('99999999999999999999').className).toBe('C20');
    expect(index.get('1')).toEqual({ className: undefined, inactiveOnly: false });
  });

  it('has room for more classes than two bytes tell, and for identifiers that no four bytes hold', () => {
    const index = new SiecleClassIndex();
    const ids = [...Array.from({ length: 20_000 }, (_, id) => id), 2 ** 32 - 2, 2 ** 32 - 1, 2 ** 32].map(
      String,
    );
    for (const id of ids) index.add(id, `C${id}`, 'D');
    expect(ids.filter((id) => index.get(id).className !== `C${id}`)).toEqual([]);
  });
});
