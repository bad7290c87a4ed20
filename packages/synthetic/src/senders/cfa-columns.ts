/** A row of CFA "effectifs", by column name. Dates are `yyyy-mm-dd`. */
export type CfaRow = Readonly<Record<string, string | number | undefined>>;

const CONTRACT = [
  'contrat_date_debut',
  'contrat_date_fin',
  'contrat_date_rupture',
  'cause_rupture_contrat',
  'siret_employeur',
];

/** Columns of CSV and workbook, in their order; also those that a campaign has to drop. Source: formats.md §5. */
export const CFA_COLUMNS: readonly string[] = [
  'nom_apprenant',
  'prenom_apprenant',
  'date_de_naissance_apprenant',
  'sexe_apprenant',
  'ine_apprenant',
  'id_erp_apprenant',
  'nir_apprenant',
  'rqth_apprenant',
  'date_rqth_apprenant',
  'etablissement_formateur_referent_handicap_nom',
  'email_contact',
  'tel_apprenant',
  'adresse_apprenant',
  'code_postal_apprenant',
  'code_commune_insee_apprenant',
  'code_postal_de_naissance_apprenant',
  'code_commune_insee_de_naissance_apprenant',
  'responsable_apprenant_mail1',
  'responsable_apprenant_mail2',
  'annee_scolaire',
  'statut_apprenant',
  'date_metier_mise_a_jour_statut',
  'formation_cfd',
  'formation_rncp',
  'libelle_court_formation',
  'annee_formation',
  'date_inscription_formation',
  'date_entree_formation',
  'date_fin_formation',
  'obtention_diplome_formation',
  'date_obtention_diplome_formation',
  'date_exclusion_formation',
  'cause_exclusion_formation',
  ...['', '_2', '_3', '_4'].flatMap((suffix) => CONTRACT.map((name) => `${name}${suffix}`)),
  'etablissement_responsable_uai',
  'etablissement_formateur_uai',
  'etablissement_lieu_de_formation_uai',
  'type_cfa',
];

export const CFA_DATE_COLUMNS: ReadonlySet<string> = new Set(
  CFA_COLUMNS.filter((column) => /(^|_)date_/.test(column)),
);
