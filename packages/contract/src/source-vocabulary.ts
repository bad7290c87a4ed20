/**
 * The senders and the kinds of rows they send.
 * Source: formats of the senders (SIECLE, SYGNE, FREGATA, CFA "effectifs" v3), the interchange format, INSEE's file of deaths.
 */

/** Sources in the order that breaks ties between records (first = preferred). */
export const SOURCES = ['SYGNE', 'SIECLE', 'FREGATA', 'CFA', 'INTERCHANGE'] as const;
export type Source = (typeof SOURCES)[number];
/** Where a file comes from: a source of records, or INSEE, which tells deaths and no schooling. */
export type FileSource = Source | 'INSEE';

export const SourceLabels = {
  SYGNE: 'SYGNE (scolarités de l’éducation nationale)',
  SIECLE: 'SIECLE (base élèves d’un établissement)',
  FREGATA: 'FREGATA (enseignement agricole)',
  CFA: 'Effectifs de CFA',
  INTERCHANGE: 'Format d’échange Raccroche',
  INSEE: 'INSEE (fichier des personnes décédées)',
} as const satisfies Record<FileSource, string>;

/** What a file is, told from its content. */
export const FILE_KINDS = [
  'siecle-xml',
  'sygne-list',
  'sygne-detail',
  'sygne-schoolings',
  'fregata-json',
  'fregata-csv',
  'cfa-effectifs',
  'insee-deces',
  'interchange-inscriptions',
  'interchange-diplomes',
  'interchange-contrats',
  'interchange-accompagnements',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export const FileKindLabels = {
  'siecle-xml': 'SIECLE, export XML des élèves',
  'sygne-list': 'SYGNE, liste d’un établissement',
  'sygne-detail': 'SYGNE, fiche d’un élève',
  'sygne-schoolings': 'SYGNE, scolarités d’un élève',
  'fregata-json': 'FREGATA, inscriptions (JSON)',
  'fregata-csv': 'FREGATA, export CSV',
  'cfa-effectifs': 'CFA, effectifs v3',
  'insee-deces': 'INSEE, fichier des personnes décédées',
  'interchange-inscriptions': 'Format d’échange : inscriptions',
  'interchange-diplomes': 'Format d’échange : diplômes',
  'interchange-contrats': 'Format d’échange : contrats',
  'interchange-accompagnements': 'Format d’échange : accompagnements',
} as const satisfies Record<FileKind, string>;

/** The four kinds of rows that every sender's format is brought to. */
export const ROW_KINDS = ['inscriptions', 'diplomes', 'contrats', 'accompagnements'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** Families of sources: those that a list needs before it is published, the file of deaths, and all others. */
export const SOURCE_FAMILIES = [
  'school',
  'agriculture',
  'cfa',
  'exams',
  'mission_locale',
  'deaths',
  'other',
] as const;
export type SourceFamily = (typeof SOURCE_FAMILIES)[number];
export const REQUIRED_FAMILIES = ['school', 'agriculture', 'cfa', 'exams', 'mission_locale'] as const;
export type RequiredFamily = (typeof REQUIRED_FAMILIES)[number];

export const SourceFamilyLabels = {
  school: 'établissements scolaires',
  agriculture: 'enseignement agricole',
  cfa: 'centres de formation d’apprentis',
  exams: 'résultats d’examens',
  mission_locale: 'missions locales',
  deaths: 'fichier des personnes décédées (INSEE)',
  other: 'autres émetteurs',
} as const satisfies Record<SourceFamily, string>;

/** Status of an enrolment (`statut` of the interchange format). */
export const ENROLMENT_STATUSES = ['scolaire', 'apprenti', 'stagiaire', 'etudiant', 'autre'] as const;
export type EnrolmentStatus = (typeof ENROLMENT_STATUSES)[number];

export const END_REASONS = [
  'fin_formation',
  'demission',
  'exclusion',
  'demenagement',
  'changement_etablissement',
  'deces',
  'autre',
  'inconnu',
] as const;
export type EndReason = (typeof END_REASONS)[number];

export const AWARD_TYPES = [
  'cap',
  'bep',
  'capa',
  'bepa',
  'mc3',
  'mc4',
  'bac_general',
  'bac_technologique',
  'bac_professionnel',
  'bp',
  'bt',
  'bma',
  'titre_professionnel',
  'dnb',
  'cfg',
  'attestation',
  'autre',
] as const;
export type AwardType = (typeof AWARD_TYPES)[number];

export const AWARD_RESULTS = ['admis', 'refuse', 'absent'] as const;
export type AwardResult = (typeof AWARD_RESULTS)[number];

export const CONTRACT_TYPES = ['apprentissage', 'professionnalisation'] as const;
export type ContractType = (typeof CONTRACT_TYPES)[number];

export const STRUCTURE_TYPES = [
  'mission_locale',
  'france_travail',
  'service_civique',
  'armee',
  'emploi',
  'e2c',
  'epide',
  'smv',
  'rsma',
  'pjj',
  'association',
  'autre',
] as const;
export type StructureType = (typeof STRUCTURE_TYPES)[number];

export const ACCOMPANIMENT_STATUSES = ['actif', 'suspendu', 'clos'] as const;
export type AccompanimentStatus = (typeof ACCOMPANIMENT_STATUSES)[number];

export const SEXES = ['M', 'F'] as const;
export type Sex = (typeof SEXES)[number];
