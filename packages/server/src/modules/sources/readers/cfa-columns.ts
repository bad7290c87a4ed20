import { snakeHeader } from './header-names.ts';

/** Columns of CFA effectifs v3 that are read. NIR, RQTH, handicap and whatever is not here is never taken. Source: formats §5. */
const ROW_COLUMNS = [
  'nom_apprenant',
  'prenom_apprenant',
  'date_de_naissance_apprenant',
  'sexe_apprenant',
  'ine_apprenant',
  'email_contact',
  'tel_apprenant',
  'adresse_apprenant',
  'code_postal_apprenant',
  'code_commune_insee_apprenant',
  'code_commune_insee_de_naissance_apprenant',
  'responsable_apprenant_mail1',
  'responsable_apprenant_mail2',
  'annee_scolaire',
  'statut_apprenant',
  'date_metier_mise_a_jour_statut',
  'formation_cfd',
  'libelle_court_formation',
  'date_inscription_formation',
  'date_entree_formation',
  'date_fin_formation',
  'obtention_diplome_formation',
  'date_obtention_diplome_formation',
  'date_exclusion_formation',
  'etablissement_responsable_uai',
  'etablissement_formateur_uai',
  'etablissement_lieu_de_formation_uai',
] as const;

const CONTRACT_COLUMNS = [
  'contrat_date_debut',
  'contrat_date_fin',
  'contrat_date_rupture',
  'cause_rupture_contrat',
  'siret_employeur',
] as const;

/** Contracts of one training that the format has room for. The first one's columns carry no number. */
export const CONTRACT_NUMBERS = [1, 2, 3, 4] as const;
export type ContractNumber = (typeof CONTRACT_NUMBERS)[number];

type NumberedColumn = `${(typeof CONTRACT_COLUMNS)[number]}${'' | '_2' | '_3' | '_4'}`;
export type CfaColumn = (typeof ROW_COLUMNS)[number] | NumberedColumn;

/** Column of contract `number`: `siret_employeur`, `siret_employeur_2`… */
export function contractColumn(
  column: (typeof CONTRACT_COLUMNS)[number],
  number: ContractNumber,
): NumberedColumn {
  return number === 1 ? column : `${column}_${number}`;
}

const KNOWN: ReadonlyMap<string, CfaColumn> = new Map<string, CfaColumn>([
  ...ROW_COLUMNS.map((column) => [column, column] as const),
  ...CONTRACT_COLUMNS.flatMap((column) =>
    CONTRACT_NUMBERS.map((number) => {
      const name = contractColumn(column, number);
      return [name, name] as const;
    }),
  ),
  // Some exports number the first contract too.
  ...CONTRACT_COLUMNS.map((column) => [`${column}_1`, column] as const),
]);

/** The column that a header or JSON key names, undefined when it is not read. */
export function cfaColumnOf(header: string): CfaColumn | undefined {
  return KNOWN.get(snakeHeader(header));
}

/** Without these no row could be used; they also tell a file of CFA effectifs. */
export const CFA_REQUIRED_COLUMNS: readonly CfaColumn[] = [
  'nom_apprenant',
  'date_de_naissance_apprenant',
  'statut_apprenant',
];

/** One row of CFA effectifs, from JSON, CSV or a workbook; empty cells are left out. */
export type CfaRow = ReadonlyMap<CfaColumn, string>;
