/**
 * Ways in which senders' files differ from what happened. One table: a rate is the chance at each occasion
 * (a stay, a row, an address…). Sources are those of domain.md; `[inferred]` = ours, a magnitude to be present and seen.
 */
export const FAILURE_MODES = {
  exit_never_recorded: { rate: 0.05, source: '[inferred] domain.md §2.4 (10): la sortie n’est pas saisie' },
  exit_recorded_late: {
    rate: 0.15,
    source: 'Cour des comptes 2025, « repérés trop tardivement » ; taux [inferred]',
  },
  exit_as_inactive: { rate: 0.1, source: '[inferred] SIECLE : division « Inactifs », SYGNE : classe vide' },
  exit_as_not_schooled: { rate: 0.01, source: '[inferred] FREGATA : statut 2505, non scolarisé' },
  exit_told_at_year_end: { rate: 0.25, source: '[inferred] sortie datée du dernier jour de classe' },
  ghost_return: { rate: 0.04, source: '[inferred] montée de niveau automatique, élève jamais revenu' },
  enrolment_told_late: {
    rate: 0.02,
    source: '[inferred] inscription de l’année saisie des mois après, absente de l’extraction',
  },
  summer_blindness: {
    rate: 0.6,
    source: 'AplyPro ne croit pas SYGNE du 1er juin au 1er septembre ; taux [inferred]',
  },
  exit_untold_after_transfer: {
    rate: 0.15,
    source: 'SDO : l’école suivante demande le dossier, la sortie est saisie ; taux [inferred]',
  },
  ine_missing_school: { rate: 0.01, source: '[inferred] nouveaux arrivants' },
  ine_missing_agriculture: { rate: 0.12, source: 'AplyPro, cas « :no_ine » ; taux [inferred]' },
  ine_missing_cfa: { rate: 0.22, source: '[inferred] INE facultatif dans les effectifs de CFA' },
  ine_missing_exams: { rate: 0.03, source: '[inferred] candidats individuels' },
  ine_missing_accompaniment: { rate: 0.65, source: '[inferred] i-MILO n’a pas besoin de l’INE' },
  ine_missing_private: { rate: 0.5, source: 'domain.md §2.3 : privé hors contrat ; taux [inferred]' },
  ine_of_apprentice: { rate: 0.08, source: 'domain.md §7.6 : INE apprenti ; taux [inferred]' },
  ine_double: {
    rate: 0.008,
    source: '« un élève physique se retrouve avec 2 INE » (AplyPro) ; taux [inferred]',
  },
  ine_bea_kept: {
    rate: 0.2,
    source:
      'domain.md §7.1 : INE BEA d’avant 2018, renuméroté depuis ; taux [inferred], hors registre scolaire',
  },
  ine_malformed: { rate: 0.004, source: '[inferred]' },
  ina_instead_of_ine: { rate: 0.15, source: 'domain.md §2.3 : INAA de l’agriculture ; taux [inferred]' },
  usage_name_as_family: { rate: 0.5, source: '[inferred] CFA et partenaires, quand un nom d’usage existe' },
  usage_name_always: {
    rate: 1,
    source: 'FREGATA JSON ne donne que « nomUsuel » (AplyPro) ; quand un nom d’usage existe',
  },
  accents_lost: { rate: 0.25, source: 'domain.md §7.4 ; taux [inferred]' },
  name_typo: { rate: 0.012, source: 'domain.md §7.4 ; taux [inferred]' },
  particle_glued: { rate: 0.08, source: 'linkage.md : DE MAILLARD = DEMAILLARD ; taux [inferred]' },
  compound_name_cut: { rate: 0.1, source: 'domain.md §7.4 : prénoms composés ; taux [inferred]' },
  mojibake: {
    rate: 0.01,
    source: 'domain.md §7.4 : UTF-8 relu en Windows-1252 ; taux [inferred], noms accentués',
  },
  names_swapped: { rate: 0.002, source: 'domain.md §7.4 : nom et prénom inversés ; taux [inferred]' },
  name_truncated: {
    rate: 0.3,
    source: 'domain.md §7.4 : longueur fixe ; taux [inferred], plus de 14 caractères',
  },
  register_usage_name: {
    rate: 0.04,
    source:
      '[inferred] registre scolaire ou d’examen : nom d’usage saisi comme nom de famille, quand il existe',
  },
  register_accents_lost: {
    rate: 0.06,
    source: 'domain.md §7.4 ; taux [inferred] : un registre scolaire, d’examen ou d’université',
  },
  register_name_typo: { rate: 0.003, source: 'domain.md §7.4 ; taux [inferred] : saisie à l’inscription' },
  register_particle_glued: { rate: 0.02, source: '[inferred] comme particle_glued, quatre fois moins' },
  register_compound_cut: { rate: 0.02, source: '[inferred] comme compound_name_cut, cinq fois moins' },
  register_mojibake: {
    rate: 0.003,
    source: 'domain.md §7.4 : UTF-8 relu en Windows-1252 ; taux [inferred], noms accentués',
  },
  register_names_swapped: {
    rate: 0.0006,
    source: 'domain.md §7.4 : nom et prénom inversés ; taux [inferred]',
  },
  register_name_truncated: {
    rate: 0.05,
    source: 'domain.md §7.4 : longueur fixe ; taux [inferred], plus de 14 caractères',
  },
  day_month_swapped: { rate: 0.006, source: 'domain.md §7.4 ; taux [inferred]' },
  birth_date_typo: { rate: 0.004, source: '[inferred]' },
  birth_date_first_january: {
    rate: 0.04,
    source: 'domain.md §7.4 : dates inconnues au 1er janvier ; taux [inferred], nés à l’étranger',
  },
  birth_place_wrong: {
    rate: 0.008,
    source: '[inferred] commune de résidence écrite pour celle de naissance',
  },
  birth_place_former: {
    rate: 0.3,
    source: 'domain.md §7.5 : communes fusionnées ; taux [inferred], nés dans une commune nouvelle',
  },
  birth_place_missing: { rate: 0.06, source: 'domain.md §7.4 ; taux [inferred]' },
  contact_stale: { rate: 0.2, source: 'Bretagne 2018-19 : 549 messages sans réponse sur 2 793' },
  contact_missing: { rate: 0.06, source: '[inferred]' },
  phone_missing: { rate: 0.6, source: '[inferred] téléphone fixe, de moins en moins demandé' },
  email_missing: { rate: 0.3, source: '[inferred]' },
  parent_email_missing: { rate: 0.4, source: '[inferred] effectifs de CFA' },
  departure_abroad_untold: {
    rate: 0.6,
    source: 'domain.md §2.4 (8) : partis à l’étranger ; taux [inferred]',
  },
  job_untold: { rate: 1, source: '[inferred] aucun émetteur de la campagne ne dit les emplois' },
  dates_left_out: {
    rate: 1,
    source: 'FREGATA CSV n’a pas de dates (formats.md §4) : qui est parti n’y est plus',
  },
  school_silent: {
    rate: 1,
    source: 'domain.md §2.4 (8) : une école hors contrat sur deux n’envoie rien ; taux [inferred]',
  },
  extracted_before: { rate: 1, source: '[inferred] fichiers faits 1 à 25 jours avant la date de référence' },
  death_untold: { rate: 0.5, source: 'domain.md §2.4 (8) : décès ; taux [inferred]' },
  death_told_late: { rate: 0.02, source: '[inferred] INSEE : décès transmis par la mairie après coup' },
  death_place_missing: {
    rate: 0.03,
    source: '[inferred] INSEE : lieu de naissance inconnu, laissé en blanc',
  },
  death_date_partial: {
    rate: 0.01,
    source: '[inferred] INSEE : jour et mois de naissance inconnus, écrits 0000',
  },
  cfa_under_coverage: { rate: 0.05, source: 'SIFA : nouveaux CFA, −5 % en 2020 (DEPP)' },
  contract_untold: { rate: 0.15, source: '[inferred] contrats saisis après l’extraction' },
  break_untold: { rate: 0.12, source: '[inferred] rupture déclarée plus tard' },
  exam_missing: {
    rate: 0.015,
    source: '[inferred] résultat d’une autre académie, ou saisi des mois après',
  },
  accompaniment_told_late: { rate: 0.03, source: '[inferred] dossier ouvert, saisi des semaines après' },
  last_contact_missing: { rate: 0.1, source: '[inferred] dossiers de mission locale' },
  duplicate_row: { rate: 0.004, source: '[inferred] formats.md §1 : le même INE deux fois' },
  row_repeated: {
    rate: 0.002,
    source: '[inferred] formats.md §6 : la même ligne deux fois dans un fichier, hors registres scolaires',
  },
  mef_local: { rate: 0.11, source: 'formats.md §2 : code de MEF local dans SYGNE ; taux [inferred]' },
  bad_birth_date: { rate: 0.003, source: '[inferred] jour qui n’existe pas' },
  bad_end_date: { rate: 0.002, source: '[inferred] fin avant début' },
  bad_value: { rate: 0.003, source: '[inferred] valeur hors liste, UAI à clé fausse' },
} as const satisfies Record<string, { rate: number; source: string }>;

export type FailureMode = keyof typeof FAILURE_MODES;
