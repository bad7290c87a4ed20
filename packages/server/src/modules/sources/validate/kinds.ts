import {
  ACCOMPANIMENT_STATUSES,
  AWARD_RESULTS,
  AWARD_TYPES,
  CONTRACT_TYPES,
  END_REASONS,
  ENROLMENT_STATUSES,
  type RowKind,
  STRUCTURE_TYPES,
} from '@raccroche/contract';
import { literal } from '../../../platform/duckdb/sql.ts';
import type { IssueRule } from './issue-rule.ts';
import type { KindValidation } from './kind-validation.ts';
import { shapedSql } from './shape-sql.ts';

const STRICT = "x_stricte = '1'";

/**
 * Of a long list IN would make a join, which is slower and gives the rows back in another order: their positions would be
 * wrong.
 */
const listed = (word: string, values: readonly string[]) =>
  `list_contains([${values.map(literal).join(', ')}], ${word})`;

/** The word of a closed list, without case and accents, NULL when it is none of them; most stand there as they should. */
const word = (field: string, values: readonly string[]) =>
  `CASE WHEN ${listed(field, values)} THEN ${field}
    WHEN ${listed(`sources.closed(${field})`, values)} THEN sources.closed(${field}) END`;

type ClosedLists = Readonly<Record<string, readonly string[]>>;

/** Parsed columns `<field>_word` of closed lists, once for all that is asked of them. */
const words = (lists: ClosedLists): Record<string, string> =>
  Object.fromEntries(Object.entries(lists).map(([field, values]) => [`${field}_word`, word(field, values)]));

/** A closed list in a required column: empty or unknown removes the row of an interchange file. Source: rules §8. */
function closedList(field: string): IssueRule {
  return {
    code: 'valeur_hors_liste',
    field,
    when: `${field}_word IS NULL AND (${field} IS NOT NULL OR ${STRICT})`,
  };
}

const unreadable = (field: string, parsed: string): IssueRule => ({
  code: 'date_illisible',
  field,
  when: `${field} IS NOT NULL AND ${parsed} IS NULL`,
});

const missing = (field: string): IssueRule => ({
  code: 'champ_obligatoire_vide',
  field,
  when: `${STRICT} AND ${field} IS NULL`,
});

const diplomaIssue: IssueRule = {
  code: 'code_diplome_mal_forme',
  field: 'code_diplome',
  when: 'code_diplome IS NOT NULL AND diploma IS NULL',
};
const DIPLOMA_SHAPES = ['[0-9A-Z]{8}', '[0-9A-Z]{9}'] as const;
const DIPLOMA_PARSED = {
  diploma: `CASE WHEN ${shapedSql('code_diplome', ...DIPLOMA_SHAPES)} THEN code_diplome
    WHEN ${shapedSql('upper(code_diplome)', ...DIPLOMA_SHAPES)} THEN upper(code_diplome) END`,
} as const;

/** Years that most files tell, which cost less to compare than to read. */
const USUAL_YEARS = Array.from({ length: 12 }, (_, index) => 2020 + index);

/** Year in which the school year starts: `2025-2026` or `2025`. */
const toldYear = (field: string) =>
  `CASE ${field} ${USUAL_YEARS.map((year) => `WHEN '${year}-${year + 1}' THEN ${year}`).join(' ')}
    ELSE CASE WHEN ${shapedSql(field, '[0-9]{4}-[0-9]{4}', '[0-9]{4}')} THEN try_cast(${field}[1:4] AS INTEGER) END END`;

const INSCRIPTION_LISTS = { statut: ENROLMENT_STATUSES, motif_fin: END_REASONS } as const;

/** Source of the first and last days: rules §2. `has_spell` is false for identity-only rows (SYGNE detail). */
const inscriptions: KindValidation = {
  parsed: {
    started: 'sources.civil_date(date_debut)',
    ended: 'sources.civil_date(date_fin)',
    uai_code: `CASE WHEN sources.uai_valid(uai) THEN uai
      WHEN sources.uai_valid(upper(uai)) OR (x_uai_accepte = '1' AND sources.uai_shaped(upper(uai))) THEN upper(uai) END`,
    told_year: toldYear('annee_scolaire'),
    mef_code: `CASE WHEN ${shapedSql('mef', '[0-9]{10}')} THEN mef
      WHEN ${shapedSql('mef', '[0-9]{10}[0-9A-Za-z]')} THEN substring(mef, 1, 10) END`,
    has_spell: 'x_sans_scolarite IS NULL',
    ...words(INSCRIPTION_LISTS),
    ...DIPLOMA_PARSED,
  },
  derived: {
    spell_year: 'coalesce(told_year, sources.school_year_of(started))',
  },
  issues: [
    closedList('statut'),
    { code: 'annee_scolaire_illisible', field: 'annee_scolaire', when: 'has_spell AND spell_year IS NULL' },
    { code: 'fin_avant_debut', field: 'date_fin', when: 'ended < started' },
    { code: 'uai_cle_fausse', field: 'uai', when: 'uai IS NOT NULL AND uai_code IS NULL' },
    { code: 'mef_mal_forme', field: 'mef', when: 'mef IS NOT NULL AND mef_code IS NULL' },
    diplomaIssue,
    unreadable('date_debut', 'started'),
    unreadable('date_fin', 'ended'),
    {
      code: 'valeur_inconnue',
      field: 'motif_fin',
      when: 'motif_fin IS NOT NULL AND motif_fin_word IS NULL',
    },
    missing('uai'),
  ],
  canonical: {
    uai: 'uai_code',
    school_year: 'spell_year',
    status: "coalesce(statut_word, 'autre')",
    mef: 'mef_code',
    diploma_code: 'diploma',
    class_name: 'classe',
    started_on: 'started',
    ended_on: 'ended',
    end_reason: 'motif_fin_word',
  },
  sendersOwn: {
    has_spell: { sql: 'has_spell', interchange: 'true' },
    not_in_class: { sql: 'x_hors_classe IS NOT NULL AND ended IS NULL', interchange: 'false' },
    enrolment: { sql: 'x_non_inscrit IS NULL', interchange: 'true' },
    cfa_status: { sql: 'x_cfa_statut', interchange: 'NULL' },
    abandon_undated: { sql: 'x_abandon_sans_date IS NOT NULL', interchange: 'false' },
    by_ine: { sql: 'x_par_ine IS NOT NULL', interchange: 'false' },
  },
};

const AWARD_LISTS = { type: AWARD_TYPES, resultat: AWARD_RESULTS } as const;

const diplomes: KindValidation = {
  parsed: {
    obtained: 'sources.civil_date(date_obtention)',
    session_text: `CASE WHEN ${shapedSql('session', '[0-9]{4}-0[1-9]', '[0-9]{4}-1[0-2]')} THEN session END`,
    level_told: 'try_cast(niveau AS INTEGER)',
    ...words(AWARD_LISTS),
    ...DIPLOMA_PARSED,
  },
  derived: {},
  issues: [
    closedList('type'),
    closedList('resultat'),
    {
      code: 'session_illisible',
      field: 'session',
      when: `${STRICT} AND session_text IS NULL AND obtained IS NULL`,
    },
    {
      code: 'date_illisible',
      field: 'session',
      when: 'session IS NOT NULL AND session_text IS NULL AND obtained IS NOT NULL',
    },
    unreadable('date_obtention', 'obtained'),
    diplomaIssue,
    {
      code: 'valeur_inconnue',
      field: 'niveau',
      when: 'niveau IS NOT NULL AND (level_told BETWEEN 3 AND 8) IS NOT TRUE',
    },
  ],
  canonical: {
    type: 'type_word',
    diploma_code: 'diploma',
    label: 'libelle',
    level: 'CASE WHEN level_told BETWEEN 3 AND 8 THEN level_told END',
    session: 'session_text',
    awarded_on: 'obtained',
    result: 'resultat_word',
  },
  sendersOwn: {},
};

const CONTRACT_LISTS = { type: CONTRACT_TYPES } as const;

const contrats: KindValidation = {
  parsed: {
    started: 'sources.civil_date(date_debut)',
    planned: 'sources.civil_date(date_fin_prevue)',
    broken: 'sources.civil_date(date_rupture)',
    uai_code: `CASE WHEN sources.uai_valid(uai_cfa) THEN uai_cfa
      WHEN sources.uai_valid(upper(uai_cfa)) THEN upper(uai_cfa) END`,
    ...words(CONTRACT_LISTS),
    ...DIPLOMA_PARSED,
  },
  derived: {},
  issues: [
    closedList('type'),
    { code: 'contrat_incomplet', field: 'date_debut', when: 'started IS NULL' },
    { code: 'contrat_incomplet', field: 'date_fin_prevue', when: `${STRICT} AND planned IS NULL` },
    { code: 'fin_avant_debut', field: 'date_fin_prevue', when: 'planned < started' },
    { code: 'fin_avant_debut', field: 'date_rupture', when: 'broken < started' },
    {
      code: 'uai_cle_fausse',
      field: 'uai_cfa',
      when: 'uai_cfa IS NOT NULL AND uai_code IS NULL',
    },
    diplomaIssue,
    unreadable('date_rupture', 'broken'),
    missing('numero_contrat'),
  ],
  canonical: {
    number: 'numero_contrat',
    type: 'type_word',
    uai: 'uai_code',
    diploma_code: 'diploma',
    employer_siret: `CASE WHEN ${shapedSql('siret_employeur', '[0-9]{14}')} THEN siret_employeur END`,
    started_on: 'started',
    planned_end: 'planned',
    broken_on: 'broken',
    break_reason: 'motif_rupture',
  },
  sendersOwn: {},
};

const ACCOMPANIMENT_LISTS = { structure_type: STRUCTURE_TYPES, statut: ACCOMPANIMENT_STATUSES } as const;

const accompagnements: KindValidation = {
  parsed: {
    started: 'sources.civil_date(date_debut)',
    ended: 'sources.civil_date(date_fin)',
    contacted: 'sources.civil_date(date_dernier_contact)',
    ...words(ACCOMPANIMENT_LISTS),
  },
  derived: {},
  issues: [
    closedList('structure_type'),
    closedList('statut'),
    { code: 'fin_avant_debut', field: 'date_fin', when: 'ended < started' },
    unreadable('date_debut', 'started'),
    unreadable('date_fin', 'ended'),
    unreadable('date_dernier_contact', 'contacted'),
    missing('date_debut'),
  ],
  canonical: {
    structure_type: 'structure_type_word',
    structure_id: 'structure_id',
    structure_name: 'structure_nom',
    siei: 'upper(numero_siei)',
    started_on: 'started',
    ended_on: 'ended',
    last_contact_on: 'contacted',
    status: 'statut_word',
  },
  sendersOwn: {},
};

/** What each kind says besides the identity. */
export const KIND_VALIDATIONS: Readonly<Record<RowKind, KindValidation>> = {
  inscriptions,
  diplomes,
  contrats,
  accompagnements,
};
