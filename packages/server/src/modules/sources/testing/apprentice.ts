/** An apprentice in the list that a CFA gives of its enrolments, with a contract and a diploma in the row: three kinds at once. Names and birth are left to say. */
export const APPRENTICE = {
  prenom_apprenant: 'Zoé',
  sexe_apprenant: 'F',
  annee_scolaire: '2025-2026',
  statut_apprenant: 3,
  formation_cfd: '50022137',
  date_inscription_formation: '2025-08-20',
  date_entree_formation: '2025-09-01',
  date_fin_formation: '2027-06-30',
  etablissement_responsable_uai: '0951099D',
  etablissement_formateur_uai: '0951099D',
  contrat_date_debut: '2025-09-01',
  contrat_date_fin: '2027-06-30',
  obtention_diplome_formation: true,
} as const;
