import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { buildZip } from '../../../platform/zip/build-zip.ts';
import { cfaEffectifsReader } from './cfa-effectifs.ts';
import { recordRead } from './recording-sink.ts';

/** Values that must never be taken: each is looked for in all that comes out. */
const FORBIDDEN = {
  nir_apprenant: '2080399352SECRET',
  has_nir: true,
  rqth_apprenant: true,
  nom_referent_handicap_formation: 'SECRET',
};
const ROW = {
  nom_apprenant: 'ESSAI',
  prenom_apprenant: 'Zoé',
  date_de_naissance_apprenant: '2007-03-12',
  sexe_apprenant: 'F',
  ine_apprenant: '123456789AB',
  id_erp_apprenant: '77',
  email_contact: 'a@exemple.fr',
  tel_apprenant: '0600000000',
  adresse_apprenant: '1 rue X',
  code_postal_apprenant: '01000',
  code_commune_insee_apprenant: '01053',
  responsable_apprenant_mail1: 'r@exemple.fr',
  annee_scolaire: '2025-2026',
  statut_apprenant: 3,
  formation_cfd: '50022137',
  date_inscription_formation: '2025-08-20',
  date_entree_formation: '2025-09-01',
  date_fin_formation: '2027-06-30',
  etablissement_responsable_uai: '0951099D',
  etablissement_formateur_uai: '0011058V',
  ...FORBIDDEN,
};
const TRAINING = {
  ine: '123456789AB',
  nom_famille: 'ESSAI',
  prenom1: 'Zoé',
  sexe: 'F',
  date_naissance: '2007-03-12',
  adresse: '1 rue X',
  code_postal: '01000',
  commune_residence: '01053',
  telephone: '0600000000',
  courriel: 'a@exemple.fr',
  resp1_courriel: 'r@exemple.fr',
  uai: '0011058V',
  annee_scolaire: '2025-2026',
  statut: 'apprenti',
  x_cfa_statut: '3',
  code_diplome: '50022137',
  date_debut: '2025-09-01',
  date_fin: '2027-06-30',
};

const read = (content: string | Uint8Array) => recordRead(cfaEffectifsReader, content, {}, 11);
const readJson = (more: object) => read(JSON.stringify([{ ...ROW, ...more }]));
const partsOf = async (more: object) => (await readJson(more)).rows[0]?.parts ?? [];

async function workbook(
  rows: readonly (readonly unknown[])[],
  first: readonly string[] = Object.keys(ROW),
): Promise<Buffer> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('Effectifs');
  sheet.addRow(first);
  for (const row of rows) sheet.addRow(row);
  book.addWorksheet('Aide').addRow(['nom_apprenant', 'ailleurs']);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('CFA effectifs, the same rows in each container', () => {
  const wanted = [{ kind: 'inscriptions', values: TRAINING }];
  const csvOf = (delimiter: string): string =>
    `${Object.keys(ROW).join(delimiter).toUpperCase()}\n${Object.values(ROW).join(delimiter)}\n`;

  it('JSON', async () => {
    const recording = await readJson({ date_entree_formation: '2025-09-01T00:00:00.000Z' });
    expect(recording.rows).toEqual([{ position: '1', parts: wanted }]);
    expect(JSON.stringify(recording)).not.toContain('SECRET');
  });

  it.each([';', ',', '\t'])('CSV with %j', async (delimiter) => {
    const recording = await read(csvOf(delimiter));
    expect(recording.rows).toEqual([{ position: '2', parts: wanted }]);
    expect(JSON.stringify(recording)).not.toContain('SECRET');
  });

  it('a workbook, with dates as dates, numbers as numbers and zeros kept in texts', async () => {
    const cells = Object.entries({
      ...ROW,
      date_entree_formation: new Date('2025-09-01T00:00:00Z'),
      formation_cfd: 50022137,
      etablissement_formateur_uai: { richText: [{ text: '0011' }, { text: '058V' }] },
    }).map(([, value]) => value);
    const recording = await read(await workbook([[], cells]));
    expect(recording.rows).toEqual([{ position: '3', parts: wanted }]);
    expect(JSON.stringify(recording)).not.toContain('SECRET');
  });
});

describe('CFA effectifs, what a row says', () => {
  it('takes up to four contracts, with their own columns', async () => {
    const [, first, fourth, ...more] = await partsOf({
      contrat_date_debut: '2025-09-01',
      contrat_date_fin: '2026-08-31',
      contrat_date_rupture: '2025-11-15',
      cause_rupture_contrat: 'résiliation',
      siret_employeur: '11111111111111',
      siret_employeur_2: '22222222222222',
      contrat_date_debut_4: '2026-01-05T00:00:00',
      contrat_date_fin_4: '2027-06-30',
    });
    const same = { type: 'apprentissage', uai_cfa: '0011058V', code_diplome: '50022137' };
    const values = {
      ...same,
      siret_employeur: '11111111111111',
      date_debut: '2025-09-01',
      date_fin_prevue: '2026-08-31',
    };
    expect(first).toEqual({
      kind: 'contrats',
      values: { ...values, date_rupture: '2025-11-15', motif_rupture: 'résiliation' },
    });
    expect(fourth).toEqual({
      kind: 'contrats',
      values: { ...same, date_debut: '2026-01-05', date_fin_prevue: '2027-06-30' },
    });
    expect(more).toEqual([]);
  });

  it.each([
    ['an end', { contrat_date_fin: '2026-08-31' }, 'contrat_date_debut'],
    ['a break', { contrat_date_rupture_2: '2026-08-31' }, 'contrat_date_debut_2'],
    ['a cause', { cause_rupture_contrat_3: 'x' }, 'contrat_date_debut_3'],
  ])('rejects the whole row for %s without start', async (_name, more, field) => {
    const { rows, rejects } = await readJson(more);
    expect(rows).toEqual([]);
    expect(rejects).toEqual([`1:contrat_incomplet:${field}`]);
  });

  it.each([[1], ['apprentie'], [null], ['']])('rejects the row for status %j', async (statut_apprenant) => {
    expect((await readJson({ statut_apprenant })).rejects).toEqual(['1:valeur_hors_liste:statut_apprenant']);
  });

  it('deduces the day of an abandon without date, and says so', async () => {
    const broken = {
      contrat_date_debut: '2025-09-01',
      contrat_date_fin: '2026-08-31',
      contrat_date_rupture: '15/11/2025',
    };
    const { rows, warnings } = await readJson({ statut_apprenant: 0, ...broken });
    const values = {
      date_fin: '2025-11-15',
      motif_fin: 'autre',
      x_abandon_sans_date: '1',
      x_cfa_statut: '0',
    };
    expect(rows[0]?.parts[0]?.values).toMatchObject(values);
    expect(warnings).toEqual(['1:abandon_sans_date:date_metier_mise_a_jour_statut']);
  });

  it('dates an abandon and an exclusion', async () => {
    const abandon = { statut_apprenant: '0', date_metier_mise_a_jour_statut: '2025-12-01T08:00:00Z' };
    expect((await partsOf(abandon))[0]?.values).toMatchObject({ date_fin: '2025-12-01', motif_fin: 'autre' });
    const excluded = { date_exclusion_formation: '2025-10-01' };
    expect((await partsOf(excluded))[0]?.values).toMatchObject({
      date_fin: '2025-10-01',
      motif_fin: 'exclusion',
    });
  });

  it('says which date it cannot read', async () => {
    const { rows, warnings } = await readJson({
      date_fin_formation: '31/02/2027',
      date_exclusion_formation: 'hier',
    });
    expect(warnings).toEqual([
      '1:date_illisible:date_exclusion_formation',
      '1:date_illisible:date_fin_formation',
    ]);
    expect(rows[0]?.parts[0]?.values).not.toHaveProperty('date_fin');
  });

  const award = { type: 'autre', code_diplome: '50022137', resultat: 'admis' };
  it.each([
    [
      'with its date',
      { date_obtention_diplome_formation: '2026-07-05' },
      { session: '2026-07', date_obtention: '2026-07-05' },
    ],
    ['without: the end of the training', {}, { session: '2027-06' }],
    ['without any end: the close of the year', { date_fin_formation: '' }, { session: '2026-08' }],
  ])('makes an award of a diploma obtained, %s', async (_name, more, wanted) => {
    const parts = await partsOf({ obtention_diplome_formation: true, ...more });
    expect(parts[1]).toEqual({ kind: 'diplomes', values: { ...award, ...wanted } });
  });

  it('makes none of a diploma that is not', async () => {
    expect(await partsOf({ obtention_diplome_formation: false })).toHaveLength(1);
  });
});

describe('CFA effectifs, files that cannot be read', () => {
  it.each([
    ['no status column', 'colonne_obligatoire_absente', 'nom_apprenant;date_de_naissance_apprenant\nA;B\n'],
    [
      'a column twice',
      'colonne_double',
      'nom_apprenant;Nom_Apprenant;date_de_naissance_apprenant;statut_apprenant\n',
    ],
    [
      'a contract numbered twice',
      'colonne_double',
      'nom_apprenant;date_de_naissance_apprenant;statut_apprenant;siret_employeur;siret_employeur_1\n',
    ],
    ['an empty array', 'fichier_vide', '[]'],
  ])('%s: %s', async (_name, code, content) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'FileRejection', code });
  });

  it('a workbook cut anywhere, or with a DTD inside', async () => {
    const book = await workbook([Object.values(ROW)]);
    for (const part of [0.1, 0.5, 0.9, 0.99]) {
      const cut = book.subarray(0, Math.floor(book.length * part));
      await expect(read(cut)).rejects.toMatchObject({ name: 'FileRejection' });
    }
    const hostile = buildZip([
      { name: 'xl/workbook.xml', data: '<!DOCTYPE x [<!ENTITY y "z">]><workbook/>' },
    ]);
    await expect(read(hostile)).rejects.toMatchObject({ code: 'xml_entite_interdite' });
  });

  it('a workbook that is a bomb', async () => {
    const data = `<sst>${' '.repeat(10_000_001)}</sst>`;
    const bomb = buildZip([
      { name: 'xl/workbook.xml', data: '<workbook/>' },
      { name: 'xl/sharedStrings.xml', data },
    ]);
    const reading = recordRead(cfaEffectifsReader, bomb);
    await expect(reading).rejects.toMatchObject({ code: 'archive_demesuree' });
  });
});
