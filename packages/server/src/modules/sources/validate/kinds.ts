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

/** The word of a closed list, without case and accents; most stand there as they should. */
const word = (field: string, values: readonly string[]) =>
  `CASE WHEN ${listed(field, values)} THEN ${field} ELSE sources.closed(${field}) END`;

type ClosedLists = Readonly<Record<string, readonly string[]>>;

/** Parsed columns `<field>_word` of closed lists, once for all that is asked of them. */
const words = (lists: ClosedLists): Record<string, string> =>
  Object.fromEntries(Object.entries(lists).map(([field, values]) => [`${field}_word`, word(field, values)]));

/** Derived columns `<field>_good`: whether the word is one of the list, NULL without a word. */
const good = (lists: ClosedLists): Record<string, string> =>
  Object.fromEntries(
    Object.entries(lists).map(([field, values]) => [`${field}_good`, listed(`${field}_word`, values)]),
  );

/** A closed list in a required column: empty or unknown removes the row of an interchange file. Source: rules §8. */
function closedList(field: string): IssueRule {
  return {
    code: 'valeur_hors_liste',
    field,
    when: `NOT ${field}_good OR (${STRICT} AND ${field} IS NULL)`,
  };
}

const inList = (field: string) => `CASE WHEN ${field}_good THEN ${field}_word END`;

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
  when: 'NOT diploma_good',
};
const DIPLOMA_PARSED = { diploma_text: 'upper(code_diplome)' } as const;
const DIPLOMA_DERIVED = {
  diploma_good: shapedSql('diploma_text', '[0-9A-Z]{8}', '[0-9A-Z]{9}'),
} as const;
const DIPLOMA = 'CASE WHEN diploma_good THEN diploma_text END';

const INSCRIPTION_LISTS = { statut: ENROLMENT_STATUSES, motif_fin: END_REASONS } as const;

/** Source of the first and last days: rules §2. `has_spell` is false for identity-only rows (SYGNE detail). */
const inscriptions: KindValidation = {
  parsed: {
    started: 'sources.civil_date(date_debut)',
    ended: 'sources.civil_date(date_fin)',
    uai_text: 'upper(uai)',
    told_year: `CASE WHEN ${shapedSql('annee_scolaire', '[0-9]{4}-[0-9]{4}', '[0-9]{4}')}
      THEN try_cast(annee_scolaire[1:4] AS INTEGER) END`,
    has_spell: 'x_sans_scolarite IS NULL',
    ...words(INSCRIPTION_LISTS),
    ...DIPLOMA_PARSED,
  },
  derived: {
    ...good(INSCRIPTION_LISTS),
    spell_year: 'coalesce(told_year, sources.school_year_of(started))',
    uai_kept: "sources.uai_valid(uai_text) OR (x_uai_accepte = '1' AND sources.uai_shaped(uai_text))",
    mef_good: shapedSql('mef', '[0-9]{10}', '[0-9]{10}[0-9A-Za-z]'),
    ...DIPLOMA_DERIVED,
  },
  issues: [
    closedList('statut'),
    { code: 'annee_scolaire_illisible', field: 'annee_scolaire', when: 'has_spell AND spell_year IS NULL' },
    { code: 'fin_avant_debut', field: 'date_fin', when: 'ended < started' },
    { code: 'uai_cle_fausse', field: 'uai', when: 'uai_text IS NOT NULL AND NOT coalesce(uai_kept, false)' },
    { code: 'mef_mal_forme', field: 'mef', when: 'NOT mef_good' },
    diplomaIssue,
    unreadable('date_debut', 'started'),
    unreadable('date_fin', 'ended'),
    {
      code: 'valeur_inconnue',
      field: 'motif_fin',
      when: 'NOT motif_fin_good',
    },
    missing('uai'),
  ],
  canonical: {
    has_spell: 'has_spell',
    uai: 'CASE WHEN uai_kept THEN uai_text END',
    school_year: 'spell_year',
    status: `coalesce(${inList('statut')}, 'autre')`,
    mef: 'CASE WHEN mef_good THEN mef[1:10] END',
    diploma_code: DIPLOMA,
    class_name: 'classe',
    started_on: 'started',
    ended_on: 'ended',
    end_reason: inList('motif_fin'),
    not_in_class: 'x_hors_classe IS NOT NULL AND ended IS NULL',
    enrolment: 'x_non_inscrit IS NULL',
    cfa_status: 'x_cfa_statut',
    abandon_undated: 'x_abandon_sans_date IS NOT NULL',
    by_ine: 'x_par_ine IS NOT NULL',
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
  derived: { ...good(AWARD_LISTS), ...DIPLOMA_DERIVED },
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
    type: inList('type'),
    diploma_code: DIPLOMA,
    label: 'libelle',
    level: 'CASE WHEN level_told BETWEEN 3 AND 8 THEN level_told END',
    session: 'session_text',
    awarded_on: 'obtained',
    result: inList('resultat'),
  },
};

const CONTRACT_LISTS = { type: CONTRACT_TYPES } as const;

const contrats: KindValidation = {
  parsed: {
    started: 'sources.civil_date(date_debut)',
    planned: 'sources.civil_date(date_fin_prevue)',
    broken: 'sources.civil_date(date_rupture)',
    uai_text: 'upper(uai_cfa)',
    ...words(CONTRACT_LISTS),
    ...DIPLOMA_PARSED,
  },
  derived: { ...good(CONTRACT_LISTS), uai_kept: 'sources.uai_valid(uai_text)', ...DIPLOMA_DERIVED },
  issues: [
    closedList('type'),
    { code: 'contrat_incomplet', field: 'date_debut', when: 'started IS NULL' },
    { code: 'contrat_incomplet', field: 'date_fin_prevue', when: `${STRICT} AND planned IS NULL` },
    { code: 'fin_avant_debut', field: 'date_fin_prevue', when: 'planned < started' },
    { code: 'fin_avant_debut', field: 'date_rupture', when: 'broken < started' },
    {
      code: 'uai_cle_fausse',
      field: 'uai_cfa',
      when: 'uai_text IS NOT NULL AND NOT uai_kept',
    },
    diplomaIssue,
    unreadable('date_rupture', 'broken'),
    missing('numero_contrat'),
  ],
  canonical: {
    number: 'numero_contrat',
    type: inList('type'),
    uai: 'CASE WHEN uai_kept THEN uai_text END',
    diploma_code: DIPLOMA,
    employer_siret: `CASE WHEN ${shapedSql('siret_employeur', '[0-9]{14}')} THEN siret_employeur END`,
    started_on: 'started',
    planned_end: 'planned',
    broken_on: 'broken',
    break_reason: 'motif_rupture',
  },
};

const ACCOMPANIMENT_LISTS = { structure_type: STRUCTURE_TYPES, statut: ACCOMPANIMENT_STATUSES } as const;

const accompagnements: KindValidation = {
  parsed: {
    started: 'sources.civil_date(date_debut)',
    ended: 'sources.civil_date(date_fin)',
    contacted: 'sources.civil_date(date_dernier_contact)',
    ...words(ACCOMPANIMENT_LISTS),
  },
  derived: good(ACCOMPANIMENT_LISTS),
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
    structure_type: inList('structure_type'),
    structure_id: 'structure_id',
    structure_name: 'structure_nom',
    siei: 'upper(numero_siei)',
    started_on: 'started',
    ended_on: 'ended',
    last_contact_on: 'contacted',
    status: inList('statut'),
  },
};

/** What each kind says besides the identity. */
export const KIND_VALIDATIONS: Readonly<Record<RowKind, KindValidation>> = {
  inscriptions,
  diplomes,
  contrats,
  accompagnements,
};
