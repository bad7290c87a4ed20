import { createRequire } from 'node:module';
import type { Role, TerritoryKind } from '@raccroche/contract';
import { publishCampaign } from '../../modules/cases/index.ts';
import type { Database, Transaction } from '../../platform/postgres/database.ts';
import { livenDemo } from './liven-demo.ts';

/** The région of the demonstration, and the day from which everything in it holds. */
const REGION = '32';
const DEPARTMENTS = ['59', '62'];
const SINCE = '2024-09-01';
const VOWEL = /^[AEIOUYÉÈÎ]/;

interface Place {
  readonly code: string;
  readonly nom: string;
  readonly departement: string;
}
interface Commune extends Place {
  readonly type: string;
  readonly arrondissement: string;
}

/** Somebody to sign in as. `territory`: code of an arrondissement, département, région, FR, or the school with the most pupils. */
interface DemoSomebody {
  readonly name: string;
  readonly role: Role;
  readonly kind: TerritoryKind;
  readonly territory: string;
  readonly organisation: string;
}
const LENS = '627';
const LILLE = '595';

/** All invented. */
const SOMEBODIES: readonly DemoSomebody[] = [
  { name: 'Nadia', role: 'caseworker', kind: 'platform', territory: LENS, organisation: 'Mission locale' },
  { name: 'Thomas', role: 'caseworker', kind: 'platform', territory: LENS, organisation: 'CIO' },
  { name: 'Fatou', role: 'co_leader', kind: 'platform', territory: LENS, organisation: 'Mission locale' },
  { name: 'Léa', role: 'caseworker', kind: 'platform', territory: LILLE, organisation: 'Mission locale' },
  { name: 'Marc', role: 'co_leader', kind: 'platform', territory: LILLE, organisation: 'CIO' },
  {
    name: 'Diane',
    role: 'department_coordinator',
    kind: 'department',
    territory: '62',
    organisation: 'Académie',
  },
  {
    name: 'Hugo',
    role: 'school_head',
    kind: 'establishment',
    territory: 'school',
    organisation: 'Établissement',
  },
  { name: 'Olga', role: 'provider', kind: 'platform', territory: LENS, organisation: 'Association' },
  { name: 'René', role: 'regional_steering', kind: 'region', territory: REGION, organisation: 'Région' },
  { name: 'Anne', role: 'national_administration', kind: 'nation', territory: 'FR', organisation: 'DGESCO' },
  { name: 'David', role: 'data_protection', kind: 'nation', territory: 'FR', organisation: 'DGESCO' },
];

const ORGANISATION_KINDS: Readonly<Record<string, string>> = {
  'Mission locale': 'mission_locale',
  CIO: 'cio',
  Académie: 'academie',
  Établissement: 'school',
  Association: 'association',
  Région: 'region',
  DGESCO: 'dgesco',
};

const require = createRequire(import.meta.url);

/**
 * Fills an empty base with a région to try: a platform an arrondissement, somebody of every role, and the lists of the
 * demonstration's campaign. Does nothing to a base that has somebody already. True when it was filled.
 */
export async function fillDemo(database: Database, campaign: string): Promise<boolean> {
  const isNew = await database.transaction({}, async (transaction) => {
    const { rows } = await transaction.query('SELECT FROM access.people LIMIT 1');
    if (rows.length > 0) return false;
    await addPlatforms(transaction);
    return true;
  });
  if (!isNew) return false;
  await publishCampaign(database, campaign);
  await database.transaction({}, addPeople);
  await database.transaction({}, (transaction) => transaction.script(SCHOOLS));
  await database.transaction({}, (transaction) => transaction.query(ARRIVED));
  await livenDemo(database);
  return true;
}

/** The demonstration's list has a fixed date, whoever tries it has today's: they are told to have come in over the last three months. */
const ARRIVED = `UPDATE cases.cases c SET opened_on = access.today() - 1 - d.days
  FROM (SELECT case_id, (row_number() OVER (ORDER BY siei) * 11 % 90)::INTEGER AS days FROM cases.cases) d
  WHERE d.case_id = c.case_id`;

/** The school of the head has a name of its own; three schools in four can be written to. */
const SCHOOLS = `
  UPDATE access.organisations SET name = 'Lycée inventé', uai = (SELECT territory_id FROM access.memberships
    WHERE territory_kind = 'establishment' ORDER BY territory_id LIMIT 1) WHERE kind = 'school';
  INSERT INTO contacts.schools (uai, email)
  SELECT uai, 'ce.' || lower(uai) || '@exemple.test' FROM (
    SELECT origin_uai AS uai, row_number() OVER (ORDER BY count(*) DESC, origin_uai) AS place
    FROM cases.cases WHERE origin_uai IS NOT NULL GROUP BY origin_uai) s WHERE place % 4 <> 0`;

async function addPlatforms(transaction: Transaction): Promise<void> {
  const places = require('@etalab/decoupage-administratif/data/arrondissements.json') as readonly Place[];
  const communes = require('@etalab/decoupage-administratif/data/communes.json') as readonly Commune[];
  for (const { code, nom, departement } of places.filter((one) => DEPARTMENTS.includes(one.departement))) {
    await transaction.query(
      'INSERT INTO access.platforms (code, name, department, region) VALUES ($1, $2, $3, $4)',
      [code, `Plateforme ${VOWEL.test(nom) ? 'd’' : 'de '}${nom}`, departement, REGION],
    );
    const zone = communes.filter((one) => one.arrondissement === code && one.type === 'commune-actuelle');
    await transaction.query(
      `INSERT INTO access.zones (platform_id, commune, valid_from)
       SELECT platform_id, commune, $3 FROM access.platforms, unnest($2::TEXT[]) AS commune WHERE code = $1`,
      [code, zone.map((one) => one.code), SINCE],
    );
  }
}

async function addPeople(transaction: Transaction): Promise<void> {
  for (const [name, kind] of Object.entries(ORGANISATION_KINDS))
    await transaction.query('INSERT INTO access.organisations (kind, name) VALUES ($1, $2)', [kind, name]);
  await transaction.query(
    `INSERT INTO access.designations (platform_id, organisation_id, authority, act_reference, signed_on, valid_from)
     SELECT platform_id, organisation_id, 'region', 'acte inventé', $1, $1 FROM access.platforms, access.organisations
     WHERE kind IN ('mission_locale', 'cio', 'association')`,
    [SINCE],
  );
  for (const [index, one] of SOMEBODIES.entries()) {
    const subject = String(index + 1).padStart(2, '0');
    await transaction.query(
      `INSERT INTO access.people (display_name, email, issuer, subject) VALUES ($1, $2, 'demo', $3)`,
      [one.name, `personne-${subject}@exemple.test`, subject],
    );
    await transaction.query(
      `INSERT INTO access.memberships (person_id, organisation_id, role, territory_kind, territory_id, valid_from,
         confirmed_on)
       SELECT p.person_id, o.organisation_id, $3, $4, ${TERRITORY}, $6, access.today()
       FROM access.people p, access.organisations o WHERE p.issuer = 'demo' AND p.subject = $1 AND o.name = $2`,
      [subject, one.organisation, one.role, one.kind, one.territory, SINCE],
    );
  }
}

const TERRITORY = `CASE $4
  WHEN 'platform' THEN (SELECT platform_id::TEXT FROM access.platforms WHERE code = $5)
  WHEN 'establishment' THEN (SELECT origin_uai FROM cases.cases WHERE origin_uai IS NOT NULL
                             GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)
  ELSE $5 END`;
