import { dropStep, type Step } from '../../../platform/duckdb/step.ts';
import type { LinkedSources } from '../input.ts';

/** A number or an address that more people than this give is a school's, a home's or a clerk's: it says nothing of who they are. */
export const MOST_SHARING = 10;

/** What a way of writing somebody comes with, as `kind` of the tables. A home is shared by a town, and told all the same. */
export const HOME = 'home';
export const EMAIL = 'email';
export const PHONE = 'phone';
export const CONTACT_KINDS = [HOME, EMAIL, PHONE] as const;
type ContactKind = (typeof CONTACT_KINDS)[number];

const toldOf = (kind: ContactKind) => `linkage.told_${kind}s`;
const variantsOf = (kind: ContactKind) => `linkage.variant_${kind}s`;

/**
 * Where the people of `linkage.variant_cores` live and how they are reached: `linkage.variant_homes`, `variant_emails` and `variant_phones` (variant,
 * one, several), `several` being a list in order where there is more than one, without ways of which nothing is told. Lists of a country are held
 * in memory while they are gathered, and nearly all would have one element. `crowded`: whether `linkage.crowded_contacts` is counted on these
 * people; else it stands ready.
 */
export function variantContactSteps(sources: LinkedSources, crowded: boolean): readonly Step[] {
  return [
    reachedStep(sources),
    toldHomesStep(),
    toldEmailsStep(),
    toldPhonesStep(),
    ...(crowded ? [crowdedContactsStep()] : []),
    ...CONTACT_KINDS.map(contactListsStep),
  ];
}

/** What follows FROM, for whoever joins these by variant under the name of their kind. */
export const contactsOf = variantsOf;

/** The list of a kind of a way, of what it was joined with. */
export function contactListSql(kind: ContactKind): string {
  return `CASE WHEN ${kind}.one IS NULL THEN ${kind}.several ELSE [${kind}.one] END`;
}

/** A number with or without its national or trunk prefix ends alike. */
const PHONE_DIGITS = 9;

/**
 * The last digits of a number, as a number that begins with a 1, for zeros before it count and there may be fewer digits: millions of those are told
 * apart at half the price of texts. Most are written in ten digits, and need no search for others; a GLOB sees that at half the price of a
 * regular expression.
 */
function numberSql(phone: string): string {
  return `CASE WHEN ${phone} GLOB '0${'[0-9]'.repeat(PHONE_DIGITS)}' THEN ${phone}::UINTEGER + 1${'0'.repeat(PHONE_DIGITS)}::UINTEGER
          ELSE ${numbered(`right(regexp_replace(${phone}, '[^0-9]', '', 'g'), ${PHONE_DIGITS})`)} END`;
}

const numbered = (digits: string) => `('1' || ${digits})::UINTEGER`;
const digitsOf = (number: string) => `substring(${number}::VARCHAR, 2)`;

/** Query of the e-mails and telephones that rows of `from` give, a row each with `columns` of the row, `kind` and `value`. */
export function givenContactsSql(columns: string, from: string): string {
  const given = (kind: string, column: string, value: string) =>
    `SELECT ${columns}, '${kind}' AS kind, ${value} AS value FROM ${from} WHERE ${column} IS NOT NULL`;
  return `${given(EMAIL, 'email', 'lower(email)')}
        UNION ALL ${given(PHONE, 'phone', digitsOf(numberSql('phone')))}
        UNION ALL ${given(PHONE, 'mobile', digitsOf(numberSql('mobile')))}`;
}

/** `linkage.reached`: what each record says, put to the way it writes somebody. */
function reachedStep({ records }: LinkedSources): Step {
  return {
    name: 'linkage_reached',
    reads: [records, 'linkage.record_tellings', 'linkage.telling_variants'],
    writes: ['linkage.reached'],
    sql: `CREATE OR REPLACE TABLE linkage.reached AS
      SELECT variant, commune, email, ${numberSql('phone')} AS phone, ${numberSql('mobile')} AS mobile
      FROM (SELECT record_id, commune, email, phone, mobile FROM ${records})
      JOIN linkage.record_tellings USING (record_id) JOIN linkage.telling_variants USING (telling)`,
  };
}

interface ToldOnce {
  readonly column: string;
  /** What is told of a row of `linkage.reached`. */
  readonly told: string;
  /** What stands for that, and what it is looked up in (`said` there). */
  readonly value?: string;
  readonly join?: string;
}

/**
 * What ways tell of one kind, each once, as rows (variant, value, alone): nearly all tell one thing only, `alone`, which needs no lists. Told apart
 * first, then counted by way: that costs half of looking for the first and the last of the texts of each.
 */
function onceSql(kind: ContactKind, { column, told, value = 'said', join = '' }: ToldOnce): string {
  return `CREATE OR REPLACE TABLE linkage.told_once AS SELECT DISTINCT variant, ${told} AS said FROM linkage.reached WHERE ${column} IS NOT NULL;
      CREATE OR REPLACE TABLE linkage.${`told_${kind}s`} AS
      WITH several AS MATERIALIZED (SELECT variant FROM linkage.told_once GROUP BY variant HAVING count(*) > 1)
      SELECT variant, ${value} AS value, true AS alone FROM (FROM linkage.told_once ANTI JOIN several USING (variant)) ${join}
      UNION ALL SELECT DISTINCT variant, ${value}, false FROM (FROM linkage.told_once SEMI JOIN several USING (variant)) ${join};
      DROP TABLE linkage.told_once`;
}

/** An arrondissement is its city. */
function toldHomesStep(): Step {
  const join =
    'LEFT JOIN (SELECT code, min(city) AS city FROM sources.communes GROUP BY code) c ON c.code = said';
  return {
    name: 'linkage_told_homes',
    reads: ['linkage.reached', 'sources.communes'],
    writes: ['linkage.told_once', toldOf(HOME)],
    sql: onceSql(HOME, { column: 'commune', told: 'commune', value: 'coalesce(c.city, said)', join }),
  };
}

function toldEmailsStep(): Step {
  return {
    name: 'linkage_told_emails',
    reads: ['linkage.reached'],
    writes: ['linkage.told_once', toldOf(EMAIL)],
    sql: onceSql(EMAIL, { column: 'email', told: 'lower(email)' }),
  };
}

/** Of one number and another, that of a home and that in a pocket, neither is alone. */
function toldPhonesStep(): Step {
  return {
    name: 'linkage_told_phones',
    reads: ['linkage.reached'],
    writes: [toldOf(PHONE), 'linkage.reached'],
    sql: `CREATE OR REPLACE TABLE linkage.${`told_${PHONE}s`} AS SELECT DISTINCT variant, number FROM (
        SELECT variant, phone AS number FROM linkage.reached WHERE phone IS NOT NULL
        UNION ALL SELECT variant, mobile FROM linkage.reached WHERE mobile IS NOT NULL);
      DROP TABLE linkage.reached`,
  };
}

/**
 * Fewer ways of writing than that, fewer persons: only the others are counted by persons. Of texts their hashes are counted first. How many give it is
 * kept for the campaign that follows.
 */
function crowdedContactsStep(): Step {
  const crowded = (kind: ContactKind, value: string, countedBy: string) =>
    `SELECT ${value}, count(*) AS givers FROM (
        SELECT DISTINCT t.${value}, c.person FROM ${toldOf(kind)} t
        SEMI JOIN (SELECT ${countedBy} AS often FROM ${toldOf(kind)} GROUP BY often HAVING count(*) > ${MOST_SHARING}) ON often = ${countedBy}
        JOIN linkage.variant_cores c USING (variant))
      GROUP BY ${value} HAVING count(*) > ${MOST_SHARING}`;
  return {
    name: 'linkage_crowded_contacts',
    reads: [toldOf(EMAIL), toldOf(PHONE), 'linkage.variant_cores'],
    writes: ['linkage.crowded_contacts'],
    sql: `CREATE OR REPLACE TABLE linkage.crowded_contacts AS
      SELECT '${EMAIL}' AS kind, value, givers FROM (${crowded(EMAIL, 'value', 'hash(value)')})
      UNION ALL SELECT '${PHONE}', ${digitsOf('number')}, givers FROM (${crowded(PHONE, 'number', 'number')})`,
  };
}

/** What is told of a kind and is not crowded, in the shape of `onceSql`. */
function keptSql(kind: ContactKind): string {
  const crowded = `FROM linkage.crowded_contacts WHERE kind = '${kind}'`;
  if (kind === HOME) return toldOf(kind);
  if (kind === EMAIL)
    return `(SELECT variant, value, alone FROM ${toldOf(kind)} ANTI JOIN (SELECT value ${crowded}) k USING (value))`;
  return `(SELECT variant, ${digitsOf('number')} AS value, false AS alone FROM ${toldOf(kind)}
        ANTI JOIN (SELECT ${numbered('value')} AS number ${crowded}) k USING (number))`;
}

/** One value and two are the first and the last; of more, the list is gathered. */
function contactListsStep(kind: ContactKind): Step {
  const kept = keptSql(kind);
  return {
    name: `linkage_variant_${kind}s`,
    reads: [toldOf(kind), ...(kind === HOME ? [] : ['linkage.crowded_contacts'])],
    writes: ['linkage.few_contacts', variantsOf(kind), toldOf(kind)],
    sql: `CREATE OR REPLACE TABLE linkage.few_contacts AS
      SELECT variant, min(value) AS first, max(value) AS last, count(*) AS told FROM ${kept} WHERE NOT alone GROUP BY variant;
      CREATE OR REPLACE TABLE linkage.${`variant_${kind}s`} AS
      WITH many AS (
        SELECT variant, list(value ORDER BY value) AS gathered FROM ${kept}
        SEMI JOIN (FROM linkage.few_contacts WHERE told > 2) f USING (variant) WHERE NOT alone GROUP BY variant)
      SELECT variant, value AS one, NULL::VARCHAR[] AS several FROM ${kept} WHERE alone
      UNION ALL SELECT variant, CASE told WHEN 1 THEN first END,
        CASE WHEN told = 2 THEN [first, last] WHEN told > 2 THEN gathered END
        FROM linkage.few_contacts LEFT JOIN many USING (variant);
      DROP TABLE linkage.few_contacts; DROP TABLE linkage.${`told_${kind}s`}`,
  };
}

/** Drops what those leave. */
export function dropContactsStep(): Step {
  return dropStep('linkage_drop_contacts', [
    'linkage.reached',
    'linkage.told_once',
    'linkage.few_contacts',
    ...CONTACT_KINDS.flatMap((kind) => [toldOf(kind), variantsOf(kind)]),
  ]);
}
