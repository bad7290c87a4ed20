import {
  ACCOMPANIMENT_STATUSES,
  AWARD_RESULTS,
  AWARD_TYPES,
  CONTRACT_TYPES,
  END_REASONS,
  ENROLMENT_STATUSES,
  type FileKind,
  ROW_KINDS,
  type RowKind,
  SEXES,
  STRUCTURE_TYPES,
} from '@raccroche/contract';
import { INTERNAL_COLUMNS } from './reader.ts';

/**
 * The interchange format: one definition from which the reader, the validator, the Table Schema descriptors and the
 * templates are all made. Source: formats §6.
 */
export interface InterchangeColumn {
  readonly name: string;
  /** For people, in French. */
  readonly title: string;
  readonly required: boolean;
  readonly type: 'text' | 'date' | 'year-month' | 'school-year' | 'integer';
  readonly values?: readonly string[];
  /** Regular expression that a good value matches; a bad one is dropped or rejected as the rules say. */
  readonly pattern?: string;
  readonly example: string;
}

const column = (
  name: string,
  title: string,
  example: string,
  more: Partial<Omit<InterchangeColumn, 'name' | 'title' | 'example'>> = {},
): InterchangeColumn => ({ name, title, example, required: false, type: 'text', ...more });

const REQUIRED = { required: true } as const;
const DATE = { type: 'date' } as const;
const COMMUNE = { pattern: '^[0-9][0-9AB][0-9]{3}$' } as const;
const COUNTRY = { pattern: '^99[0-9]{3}$' } as const;
const UAI = { pattern: '^[0-9]{7}[A-Z]$' } as const;
const DIPLOMA_CODE = { pattern: '^[0-9A-Z]{8,9}$' } as const;

function representative(rank: 1 | 2): InterchangeColumn[] {
  const of = `du représentant légal ${rank}`;
  return [
    column(`resp${rank}_nom`, `Nom ${of}`, 'MARTIN'),
    column(`resp${rank}_prenom`, `Prénom ${of}`, 'Claude'),
    column(`resp${rank}_lien`, `Lien ${of} avec le ou la jeune`, 'mère'),
    column(`resp${rank}_telephone`, `Téléphone ${of}`, '0102030405'),
    column(`resp${rank}_courriel`, `Courriel ${of}`, 'claude.martin@exemple.fr'),
  ];
}

/** Columns of all four kinds. */
export const IDENTITY_COLUMNS: readonly InterchangeColumn[] = [
  column(
    'identifiant_source',
    'Identifiant de la ligne chez l’émetteur, unique dans le fichier',
    'A-00012',
    REQUIRED,
  ),
  column('ine', 'Identifiant national (INE)', '123456789AB', { pattern: '^[0-9A-Z]{11}$' }),
  column('nom_famille', 'Nom de famille (de naissance)', 'MARTIN', REQUIRED),
  column('nom_usage', 'Nom d’usage', ''),
  column('prenom1', 'Premier prénom', 'Camille', REQUIRED),
  column('prenom2', 'Deuxième prénom', ''),
  column('prenom3', 'Troisième prénom', ''),
  column('sexe', 'Sexe à l’état civil', 'F', { values: SEXES }),
  column('date_naissance', 'Date de naissance', '2008-03-14', { required: true, type: 'date' }),
  column('commune_naissance', 'Commune de naissance (code INSEE)', '59350', COMMUNE),
  column('pays_naissance', 'Pays de naissance (code INSEE 99xxx ; vide = France)', '99100', COUNTRY),
  column('adresse', 'Adresse, sans la ville', '12 rue de la Paix'),
  column('code_postal', 'Code postal', '59000', { pattern: '^[0-9]{5}$' }),
  column('commune_residence', 'Commune de résidence (code INSEE)', '59350', COMMUNE),
  column('pays_residence', 'Pays de résidence (code INSEE 99xxx ; vide = France)', '99100', COUNTRY),
  column('telephone', 'Téléphone fixe', '0320000000'),
  column('portable', 'Téléphone portable', '0600000000'),
  column('courriel', 'Courriel', 'camille.martin@exemple.fr'),
  ...representative(1),
  ...representative(2),
  column('date_maj', 'Date de la dernière mise à jour de la ligne', '2025-10-15', DATE),
];

const OWN_COLUMNS: Readonly<Record<RowKind, readonly InterchangeColumn[]>> = {
  inscriptions: [
    column('uai', 'Établissement (UAI)', '0590001F', { ...REQUIRED, ...UAI }),
    column('annee_scolaire', 'Année scolaire', '2025-2026', {
      required: true,
      type: 'school-year',
      pattern: '^[0-9]{4}(-[0-9]{4})?$',
    }),
    column('statut', 'Statut', 'scolaire', { ...REQUIRED, values: ENROLMENT_STATUSES }),
    column('mef', 'Formation (MEF à 10 ou 11 chiffres)', '2473361131', { pattern: '^[0-9]{10}[0-9A-Z]?$' }),
    column('code_diplome', 'Diplôme préparé (CFD)', '40025007', DIPLOMA_CODE),
    column('classe', 'Classe', 'TPRO1'),
    column('date_debut', 'Premier jour', '2025-09-01', DATE),
    column('date_fin', 'Dernier jour, vide si la formation continue', '', DATE),
    column('motif_fin', 'Motif de fin', '', { values: END_REASONS }),
  ],
  diplomes: [
    column('type', 'Type de diplôme', 'cap', { ...REQUIRED, values: AWARD_TYPES }),
    column('code_diplome', 'Code du diplôme (CFD)', '50025007', DIPLOMA_CODE),
    column('libelle', 'Libellé', 'CAP Menuisier'),
    column('niveau', 'Niveau (3 à 8)', '3', { type: 'integer', values: ['3', '4', '5', '6', '7', '8'] }),
    column('session', 'Session', '2025-06', {
      required: true,
      type: 'year-month',
      pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$',
    }),
    column('date_obtention', 'Date d’obtention', '2025-07-04', DATE),
    column('resultat', 'Résultat', 'admis', { ...REQUIRED, values: AWARD_RESULTS }),
  ],
  contrats: [
    column('numero_contrat', 'Numéro du contrat', 'C-2025-0001', REQUIRED),
    column('type', 'Type de contrat', 'apprentissage', { ...REQUIRED, values: CONTRACT_TYPES }),
    column('uai_cfa', 'CFA (UAI)', '0590001F', UAI),
    column('code_diplome', 'Diplôme préparé (CFD)', '50025007', DIPLOMA_CODE),
    column('siret_employeur', 'Employeur (SIRET)', '00000000000000', { pattern: '^[0-9]{14}$' }),
    column('date_debut', 'Premier jour', '2024-09-01', { required: true, type: 'date' }),
    column('date_fin_prevue', 'Dernier jour prévu', '2026-08-31', { required: true, type: 'date' }),
    column('date_rupture', 'Date de rupture', '', DATE),
    column('motif_rupture', 'Motif de rupture', ''),
  ],
  accompagnements: [
    column('structure_type', 'Type de structure', 'mission_locale', { ...REQUIRED, values: STRUCTURE_TYPES }),
    column('structure_id', 'Identifiant de la structure', ''),
    column('structure_nom', 'Nom de la structure', 'Mission locale de la Deûle'),
    column('numero_siei', 'Numéro SIEI', ''),
    column('date_debut', 'Premier jour', '2025-03-01', { required: true, type: 'date' }),
    column('date_fin', 'Dernier jour', '', DATE),
    column('date_dernier_contact', 'Date du dernier contact', '2025-10-01', DATE),
    column('statut', 'Statut', 'actif', { ...REQUIRED, values: ACCOMPANIMENT_STATUSES }),
  ],
};

/** Columns of a kind, identity first, in the order of the template. */
export function interchangeColumns(kind: RowKind): readonly InterchangeColumn[] {
  return [...IDENTITY_COLUMNS, ...OWN_COLUMNS[kind]];
}

/** Columns without which every row would be rejected: a file that lacks one is refused as a whole. */
export const INDISPENSABLE_COLUMNS = {
  inscriptions: ['date_naissance', 'statut'],
  diplomes: ['date_naissance', 'type'],
  contrats: ['date_naissance', 'type', 'date_debut'],
  accompagnements: ['date_naissance', 'statut'],
} as const satisfies Record<RowKind, readonly string[]>;

/**
 * Columns of a row on its way to validation: those of the interchange format, then those that readers add.
 * `x_stricte` = '1' for rows of interchange files, of which all that the format asks is asked; `x_uai_accepte` = '1' when
 * the establishment is the file's own, which is kept even when its key letter is wrong.
 */
export function stagedColumns(kind: RowKind): readonly string[] {
  return [...interchangeColumns(kind).map(({ name }) => name), ...INTERNAL_COLUMNS[kind], ...INTAKE_COLUMNS];
}

export const INTAKE_COLUMNS = ['x_stricte', 'x_uai_accepte'] as const;

/** The kind of rows of an interchange file; undefined for a sender's own format. */
export function rowKindOf(kind: FileKind | undefined): RowKind | undefined {
  return ROW_KINDS.find((each) => kind === `interchange-${each}`);
}
