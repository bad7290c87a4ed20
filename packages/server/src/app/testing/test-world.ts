import type { Purpose, Role, TerritoryKind } from '@raccroche/contract';
import { openSession } from '../../modules/access/index.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';

/** Two platforms of one département, one of another, one of another région, and somebody of every role. */
export interface TestWorld {
  readonly lens: string;
  readonly arras: string;
  readonly lille: string;
  readonly lyon: string;
  /** The organisation of everybody but karim, designated for every platform. */
  readonly organisation: string;
  /** The right of each, by first name. */
  readonly memberships: Readonly<Record<Somebody, string>>;
  /** Session tokens, by first name. */
  readonly tokens: Readonly<Record<Somebody, string>>;
  readonly ids: Readonly<Record<Somebody, string>>;
}

export const LENS_COMMUNE = '62498';
export const ARRAS_COMMUNE = '62041';
export const LILLE_COMMUNE = '59350';
/** In no platform's zone. */
export const FREE_COMMUNE = '62193';
export const SCHOOL = '0620001A';

/** Who, role, territory, and for which purpose they come. `karim` and `sonia` hold a right that no longer holds. */
const PEOPLE = {
  nadia: ['caseworker', 'platform', 'lens', 'follow_up'],
  paul: ['co_leader', 'platform', 'lens', 'follow_up'],
  amine: ['caseworker', 'platform', 'arras', 'follow_up'],
  lea: ['co_leader', 'platform', 'lille', 'follow_up'],
  karim: ['caseworker', 'platform', 'lens', 'follow_up'],
  sonia: ['co_leader', 'platform', 'lens', 'follow_up'],
  diane: ['department_coordinator', 'department', '62', 'coordination'],
  ines: ['department_coordinator', 'department', '59', 'coordination'],
  hugo: ['school_head', 'establishment', SCHOOL, 'schooling'],
  olga: ['provider', 'platform', 'lens', 'solution'],
  rene: ['regional_steering', 'region', '32', 'steering'],
  anne: ['national_administration', 'nation', 'FR', 'steering'],
  jules: ['caseworker', 'platform', 'lyon', 'follow_up'],
  david: ['data_protection', 'nation', 'FR', 'control'],
} as const satisfies Record<string, readonly [Role, TerritoryKind, string, Purpose]>;
export type Somebody = keyof typeof PEOPLE;
export const SOMEBODIES = Object.keys(PEOPLE) as Somebody[];
export const purposeOf = (who: Somebody) => PEOPLE[who][3];

export async function buildWorld(database: Database): Promise<TestWorld> {
  const base = await database.transaction({}, fillWorld);
  const tokens: Partial<Record<Somebody, string>> = {};
  for (const who of SOMEBODIES) tokens[who] = await openSession(database, base.ids[who]);
  return { ...base, tokens: tokens as Record<Somebody, string> };
}

/** The first value of the first row. */
async function one(transaction: Transaction, sql: string, parameters: readonly unknown[]): Promise<string> {
  const { rows } = await transaction.query<{ id: string }>(sql, parameters);
  const [row] = rows;
  if (!row) throw new Error('nothing was written');
  return row.id;
}

async function addSomebody(
  transaction: Transaction,
  who: Somebody,
  territory: Readonly<Record<string, string>>,
  organisation: string,
): Promise<{ id: string; membership: string }> {
  const [role, kind, place] = PEOPLE[who];
  const id = await one(
    transaction,
    `INSERT INTO access.people (display_name, email, issuer, subject)
     VALUES ($1, $1 || '@exemple.test', 'demo', $1) RETURNING person_id AS id`,
    [who],
  );
  const membership = await one(
    transaction,
    `INSERT INTO access.memberships (person_id, organisation_id, role, territory_kind, territory_id, valid_from, valid_to)
     VALUES ($1, $2, $3, $4, $5, '2020-01-01', $6) RETURNING membership_id AS id`,
    [id, organisation, role, kind, territory[place] ?? place, who === 'sonia' ? '2022-06-30' : null],
  );
  return { id, membership };
}

async function fillWorld(transaction: Transaction) {
  const platform = (code: string, department: string, region = '32') =>
    one(
      transaction,
      'INSERT INTO access.platforms (code, name, department, region) VALUES ($1, $1, $2, $3) RETURNING platform_id AS id',
      [code, department, region],
    );
  const [lens, arras, lille, lyon] = [
    await platform('lens', '62'),
    await platform('arras', '62'),
    await platform('lille', '59'),
    await platform('lyon', '69', '84'),
  ];
  const zones = [
    [lens, LENS_COMMUNE],
    [arras, ARRAS_COMMUNE],
    [lille, LILLE_COMMUNE],
  ];
  for (const zone of zones)
    await transaction.query(
      "INSERT INTO access.zones (platform_id, commune, valid_from) VALUES ($1, $2, '2020-01-01')",
      zone,
    );
  const organisation = (name: string) =>
    one(
      transaction,
      "INSERT INTO access.organisations (kind, name) VALUES ('mission_locale', $1) RETURNING organisation_id AS id",
      [name],
    );
  const [designated, expired] = [await organisation('désignée'), await organisation('qui ne l’est plus')];
  const designate = (place: string, who: string, from: string, to: string | null) =>
    transaction.query(
      `INSERT INTO access.designations (platform_id, organisation_id, authority, act_reference, signed_on, valid_from, valid_to)
       VALUES ($1, $2, 'region', 'arrêté', $3, $3, $4)`,
      [place, who, from, to],
    );
  for (const place of [lens, arras, lille, lyon]) await designate(place, designated, '2020-01-01', null);
  await designate(lens, expired, '2020-01-01', '2021-12-31');

  const territory = { lens, arras, lille, lyon };
  const ids: Partial<Record<Somebody, string>> = {};
  const memberships: Partial<Record<Somebody, string>> = {};
  for (const who of SOMEBODIES) {
    const organisationOf = who === 'karim' ? expired : designated;
    const { id, membership } = await addSomebody(transaction, who, territory, organisationOf);
    ids[who] = id;
    memberships[who] = membership;
  }
  return {
    ...territory,
    organisation: designated,
    ids: ids as Record<Somebody, string>,
    memberships: memberships as Record<Somebody, string>,
  };
}
