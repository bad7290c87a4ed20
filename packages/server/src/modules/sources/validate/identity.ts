import { INE_PATTERNS } from '@raccroche/contract';
import { addYears, type CivilDate } from '../../../kernel/civil-date.ts';
import { communeSql } from '../referential.ts';
import type { IssueRule } from './issue-rule.ts';
import type { KindValidation } from './kind-validation.ts';
import { shapedSql, shapeOf } from './shape-sql.ts';

/** Nobody that a campaign can be about was born earlier: an older birth date is a mistake. Source: rules §8. */
const OLDEST_AGE_YEARS = 110;
/** Source: CNIL, deliberation of 2 December 2010; under-16s are removed at intake. */
const YOUNGEST_AGE_YEARS = 16;

/**
 * Somebody over this age may be too old at a later campaign; from here to OLDEST_AGE_YEARS there is room for all the time that
 * a reading may stand for another.
 */
const OLD_AGE_YEARS = 100;

/** Years after its reference date during which what was read of a file that is not dated holds. */
export const READING_HOLDS_YEARS = OLDEST_AGE_YEARS - OLD_AGE_YEARS - 1;

/**
 * SQL over the parsed columns: whether another reference date, up to READING_HOLDS_YEARS later, could judge the row otherwise.
 * Whoever is under 16 comes of age; a birth to come will have been; somebody very old will be too old.
 */
export function datedSql(asOf: CivilDate): string {
  return `coalesce(identified AND (birth > DATE '${addYears(asOf, -YOUNGEST_AGE_YEARS)}'
    OR birth < DATE '${addYears(asOf, -OLD_AGE_YEARS)}'), false)`;
}

const FRANCE = "'99100'";
/** Most are as they should be, which costs less to see than to make them so. */
const INE_PLAIN = shapedSql('ine', shapeOf(INE_PATTERNS.ine_rnie));
const INE_CLEANED = "upper(replace(ine, ' ', ''))";

const ISSUES: readonly IssueRule[] = [
  {
    code: 'date_naissance_illisible',
    field: 'date_naissance',
    when: 'identified AND birth_readable IS NOT TRUE',
  },
  {
    code: 'nom_absent',
    field: 'nom_famille',
    when: 'identified AND nom_famille IS NULL AND nom_usage IS NULL',
  },
  { code: 'ine_mal_forme', field: 'ine', when: 'ine_text IS NOT NULL AND ine_kind IS NULL' },
  {
    code: 'ine_cle_bea',
    field: 'ine',
    when: "ine_kind = 'ine_bea' AND NOT sources.bea_key_fits(ine_text)",
  },
  {
    code: 'commune_inconnue',
    field: 'commune_naissance',
    when: 'commune_naissance IS NOT NULL AND birth_commune_code IS NULL AND NOT sources.country_valid(commune_naissance)',
  },
  {
    code: 'commune_inconnue',
    field: 'commune_residence',
    when: 'commune_residence IS NOT NULL AND home_commune_code IS NULL AND NOT sources.country_valid(commune_residence)',
  },
  { code: 'pays_inconnu', field: 'pays_naissance', when: 'NOT sources.country_valid(pays_naissance)' },
  { code: 'pays_inconnu', field: 'pays_residence', when: 'NOT sources.country_valid(pays_residence)' },
  {
    code: 'code_postal_mal_forme',
    field: 'code_postal',
    when: `coalesce(home_country_code, ${FRANCE}) = ${FRANCE} AND NOT postal_good`,
  },
  { code: 'date_illisible', field: 'date_maj', when: 'date_maj IS NOT NULL AND updated_on IS NULL' },
  { code: 'valeur_inconnue', field: 'sexe', when: 'sexe IS NOT NULL AND sex_word IS NULL' },
  {
    code: 'champ_obligatoire_vide',
    field: 'identifiant_source',
    when: "x_stricte = '1' AND identified AND identifiant_source IS NULL",
  },
  {
    code: 'champ_obligatoire_vide',
    field: 'prenom1',
    when: "x_stricte = '1' AND identified AND prenom1 IS NULL",
  },
];

const INA = "CASE WHEN regexp_matches(upper(x_ina), '^[0-9A-Z]{6,15}$') THEN upper(x_ina) END";

/** `rep1_…` and `rep2_…` are those of the legal representatives. */
const CANONICAL: Readonly<Record<string, string>> = {
  source_id: 'identifiant_source',
  ine: 'CASE WHEN ine_kind IS NOT NULL THEN ine_text END',
  ine_type: 'ine_kind',

  family_name: 'nom_famille',
  usage_name: 'nom_usage',
  first_name1: 'prenom1',
  first_name2: 'prenom2',
  first_name3: 'prenom3',
  sex: 'sex_word',
  birth_date: 'birth',
  birth_commune: `CASE WHEN birth_country_code = ${FRANCE} THEN birth_commune_code END`,
  birth_country: 'birth_country_code',
  address: 'adresse',
  postal_code: `CASE WHEN coalesce(home_country_code, ${FRANCE}) <> ${FRANCE} OR postal_good THEN code_postal END`,
  commune: 'home_commune_code',
  residence_country: 'home_country_code',
  phone: 'telephone',
  mobile: 'portable',
  email: 'courriel',
  ...representative(1),
  ...representative(2),
  updated_on: 'updated_on',
};

/** The part of every kind that says who the row is about. `x_ina` stands only in inscriptions. */
export function identityValidation(asOf: CivilDate, withIna: boolean): KindValidation {
  return {
    parsed: {
      birth: 'sources.civil_date(date_naissance)',
      updated_on: 'sources.civil_date(date_maj)',
      ine_plain: INE_PLAIN,
      sex_word: "CASE WHEN sexe IN ('M', 'F') THEN sexe WHEN upper(sexe) IN ('M', 'F') THEN upper(sexe) END",
      birth_commune_code: communeSql('commune_naissance'),
      home_commune_code: communeSql('commune_residence'),
      postal_good: shapedSql('code_postal', '[0-9]{5}'),
    },
    derived: {
      identified: withIna ? 'sub = 0 AND x_par_ine IS NULL' : 'sub = 0',
      birth_readable: `birth BETWEEN DATE '${addYears(asOf, -OLDEST_AGE_YEARS)}' AND DATE '${asOf}'`,
      under16: `birth > DATE '${addYears(asOf, -YOUNGEST_AGE_YEARS)}' AND birth <= DATE '${asOf}'`,
      ine_text: `CASE WHEN ine_plain THEN ine ELSE ${INE_CLEANED} END`,
      ine_kind: `CASE WHEN ine_plain THEN 'ine_rnie' ELSE sources.ine_type(${INE_CLEANED}) END`,
      birth_country_code: `CASE WHEN sources.country_valid(pays_naissance) THEN pays_naissance
        WHEN sources.country_valid(commune_naissance) THEN commune_naissance WHEN pays_naissance IS NULL THEN ${FRANCE} END`,
      home_country_code: `CASE WHEN sources.country_valid(pays_residence) THEN pays_residence
        WHEN sources.country_valid(commune_residence) THEN commune_residence END`,
    },
    issues: ISSUES,
    canonical: CANONICAL,
    sendersOwn: withIna ? { ina: { sql: INA, interchange: 'NULL' } } : {},
  };
}

function representative(rank: 1 | 2): Record<string, string> {
  return {
    [`rep${rank}_family_name`]: `resp${rank}_nom`,
    [`rep${rank}_first_name`]: `resp${rank}_prenom`,
    [`rep${rank}_relation`]: `resp${rank}_lien`,
    [`rep${rank}_phone`]: `resp${rank}_telephone`,
    [`rep${rank}_email`]: `resp${rank}_courriel`,
  };
}
