/**
 * What can be wrong with a file or a row, with a sentence for the sender (what, and what to do).
 * `{champ}` is replaced by the name of the field. No message ever quotes a personal value.
 * Severity: `rejet` removes the row (or the whole file, scope `file`), `avertissement` drops the field and keeps the row.
 */
export interface IntakeIssueDefinition {
  readonly severity: 'rejet' | 'avertissement';
  readonly scope: 'row' | 'file';
  readonly message: string;
}

export const INTAKE_ISSUES = {
  // Rows that cannot be used.
  date_naissance_illisible: {
    severity: 'rejet',
    scope: 'row',
    message:
      'Date de naissance absente ou illisible. Écrivez-la aaaa-mm-jj (ou jj/mm/aaaa), avec un jour qui existe.',
  },
  nom_absent: {
    severity: 'rejet',
    scope: 'row',
    message: 'Ni nom de famille ni nom d’usage. Renseignez au moins l’un des deux.',
  },
  fin_avant_debut: {
    severity: 'rejet',
    scope: 'row',
    message: 'La date de fin précède la date de début. Corrigez l’une des deux.',
  },
  valeur_hors_liste: {
    severity: 'rejet',
    scope: 'row',
    message: 'Valeur absente ou hors de la liste autorisée pour « {champ} ». Reprenez une valeur du modèle.',
  },
  doublon_identifiant_source: {
    severity: 'rejet',
    scope: 'row',
    message:
      'Cet identifiant de ligne figure déjà plus haut dans le fichier. Seule la première ligne est gardée.',
  },
  doublon_ine: {
    severity: 'rejet',
    scope: 'row',
    message: 'Cet INE figure déjà plus haut dans le fichier. Seule la première ligne est gardée.',
  },
  sans_identite: {
    severity: 'rejet',
    scope: 'row',
    message: 'Scolarités sans identité : joignez la liste ou la fiche de l’élève qui porte cet INE.',
  },
  contrat_incomplet: {
    severity: 'rejet',
    scope: 'row',
    message: 'Contrat sans date de début ou sans date de fin prévue. Complétez « {champ} ».',
  },
  annee_scolaire_illisible: {
    severity: 'rejet',
    scope: 'row',
    message: 'Année scolaire absente ou illisible, et aucune date de début. Écrivez 2025-2026 (ou 2025).',
  },
  session_illisible: {
    severity: 'rejet',
    scope: 'row',
    message: 'Session absente ou illisible, et aucune date d’obtention. Écrivez aaaa-mm.',
  },
  ligne_illisible: {
    severity: 'rejet',
    scope: 'row',
    message:
      'Ligne illisible : nombre de colonnes différent de l’en-tête, guillemets mal fermés ou valeur démesurée.',
  },
  deces_largeur_fixe: {
    severity: 'rejet',
    scope: 'row',
    message:
      'La ligne n’a pas les largeurs fixes du fichier des décès : nom et prénoms sur 80 caractères, puis sexe, naissance, décès.',
  },
  deces_nom_illisible: {
    severity: 'rejet',
    scope: 'row',
    message: 'Le nom n’est pas écrit « NOM*PRÉNOMS/ » : le décès ne peut être rapproché de personne.',
  },
  deces_date_illisible: {
    severity: 'rejet',
    scope: 'row',
    message:
      '« {champ} » n’est pas un jour qui existe, ou le décès précède la naissance : le décès ne peut être rapproché de personne.',
  },
  // Fields that are dropped.
  ine_mal_forme: {
    severity: 'avertissement',
    scope: 'row',
    message: 'INE mal formé : il est ignoré. Attendu : 11 caractères (9 chiffres et 2 lettres depuis 2018).',
  },
  ine_cle_bea: {
    severity: 'avertissement',
    scope: 'row',
    message: 'La lettre finale de cet INE ne correspond pas à ses chiffres. L’INE est gardé ; vérifiez-le.',
  },
  commune_inconnue: {
    severity: 'avertissement',
    scope: 'row',
    message: 'Code de commune inconnu dans « {champ} » : il est ignoré. Attendu : code INSEE à 5 caractères.',
  },
  pays_inconnu: {
    severity: 'avertissement',
    scope: 'row',
    message: 'Code de pays inconnu dans « {champ} » : il est ignoré. Attendu : code INSEE 99xxx.',
  },
  code_postal_mal_forme: {
    severity: 'avertissement',
    scope: 'row',
    message: 'Code postal mal formé : il est ignoré. Attendu : 5 chiffres.',
  },
  uai_cle_fausse: {
    severity: 'avertissement',
    scope: 'row',
    message: 'UAI mal formé ou lettre de contrôle fausse dans « {champ} » : il est ignoré.',
  },
  mef_mal_forme: {
    severity: 'avertissement',
    scope: 'row',
    message: 'Code MEF mal formé : il est ignoré. Attendu : 10 ou 11 chiffres.',
  },
  code_diplome_mal_forme: {
    severity: 'avertissement',
    scope: 'row',
    message: 'Code diplôme mal formé : il est ignoré. Attendu : 8 ou 9 caractères.',
  },
  date_illisible: {
    severity: 'avertissement',
    scope: 'row',
    message: 'Date illisible dans « {champ} » : elle est ignorée. Écrivez-la aaaa-mm-jj.',
  },
  valeur_inconnue: {
    severity: 'avertissement',
    scope: 'row',
    message: 'Valeur inconnue dans « {champ} » : elle est ignorée.',
  },
  champ_obligatoire_vide: {
    severity: 'avertissement',
    scope: 'row',
    message: '« {champ} » est vide alors que ce champ est demandé.',
  },
  abandon_sans_date: {
    severity: 'avertissement',
    scope: 'row',
    message: 'Abandon sans date de statut : la date est déduite des contrats, sinon du premier jour.',
  },
  deces_date_partielle: {
    severity: 'avertissement',
    scope: 'row',
    message: 'Date de décès incomplète : le premier jour possible est retenu.',
  },
  // Whole files.
  fichier_vide: {
    severity: 'rejet',
    scope: 'file',
    message: 'Le fichier est vide. Renvoyez-le.',
  },
  fichier_tronque: {
    severity: 'rejet',
    scope: 'file',
    message:
      'Le fichier est incomplet ou mal formé : il s’arrête ou se casse avant la fin. Renvoyez-le entier.',
  },
  fichier_non_reconnu: {
    severity: 'rejet',
    scope: 'file',
    message:
      'Le contenu n’est d’aucun format connu. Vérifiez que c’est le bon fichier, ou repartez du modèle.',
  },
  fichier_illisible: {
    severity: 'rejet',
    scope: 'file',
    message:
      'Ce n’est pas un fichier ordinaire, ou ses droits d’accès empêchent de le lire. Vérifiez-le et renvoyez-le.',
  },
  fichier_chiffre: {
    severity: 'rejet',
    scope: 'file',
    message:
      'L’archive est protégée par un mot de passe. Renvoyez-la sans mot de passe par le canal sécurisé.',
  },
  archive_demesuree: {
    severity: 'rejet',
    scope: 'file',
    message: 'L’archive gonfle au-delà des limites (100 fois sa taille ou 2 Go). Découpez-la.',
  },
  archive_chemin_interdit: {
    severity: 'rejet',
    scope: 'file',
    message: 'L’archive contient un chemin qui sort de son dossier. Refaites-la avec des noms simples.',
  },
  xml_entite_interdite: {
    severity: 'rejet',
    scope: 'file',
    message: 'Le XML déclare des entités ou un DTD : ils ne sont jamais interprétés. Exportez sans DTD.',
  },
  encodage_illisible: {
    severity: 'rejet',
    scope: 'file',
    message:
      'L’encodage du texte n’est ni UTF-8, ni UTF-16, ni Windows-1252, ni ISO-8859-15. Renvoyez en UTF-8.',
  },
  colonne_obligatoire_absente: {
    severity: 'rejet',
    scope: 'file',
    message: 'Il manque la colonne « {champ} ». Repartez du modèle.',
  },
  colonne_double: {
    severity: 'rejet',
    scope: 'file',
    message: 'La colonne « {champ} » figure deux fois dans l’en-tête. Gardez-en une.',
  },
  compagnon_absent: {
    severity: 'rejet',
    scope: 'file',
    message:
      'Il manque « uai » ou « annee_scolaire » : écrivez-les dans le fichier compagnon FICHIER.EXT.meta.json.',
  },
  compagnon_illisible: {
    severity: 'rejet',
    scope: 'file',
    message: 'Le fichier compagnon .meta.json est mal formé. Corrigez « {champ} ».',
  },
  fichier_en_double: {
    severity: 'rejet',
    scope: 'file',
    message: 'Le même fichier a été remis deux fois : seule la première copie est lue.',
  },
  // Said once for a file that is read all the same.
  colonne_inconnue: {
    severity: 'avertissement',
    scope: 'file',
    message: 'La colonne « {champ} » n’est pas attendue : elle n’est pas lue.',
  },
  encodage_corrige: {
    severity: 'avertissement',
    scope: 'file',
    message: 'L’encodage annoncé n’est pas le bon : le texte a été lu autrement. Exportez en UTF-8.',
  },
  uai_fichier_cle_fausse: {
    severity: 'avertissement',
    scope: 'file',
    message: 'La lettre de contrôle de l’UAI du fichier est fausse. Le fichier est lu ; vérifiez l’UAI.',
  },
} as const satisfies Record<string, IntakeIssueDefinition>;

export type IntakeIssueCode = keyof typeof INTAKE_ISSUES;
