import type {
  Designation,
  NewDesignation,
  NewOrganisation,
  Organisation,
  ZoneChange,
  ZoneCommune,
} from '@raccroche/contract';
import { RaccrocheError } from '../../kernel/errors.ts';
import type { Caller } from './caller.ts';

export async function listOrganisations({ transaction }: Caller): Promise<Organisation[]> {
  const { rows } = await transaction.query<{
    organisation_id: string;
    kind: string;
    name: string;
    uai: string | null;
  }>('SELECT * FROM access.list_organisations()');
  return rows.map(({ organisation_id, ...row }) => ({ organisationId: organisation_id, ...row }));
}

export async function addOrganisation(
  { transaction }: Caller,
  { kind, name, uai }: NewOrganisation,
): Promise<{ organisationId: string }> {
  const { rows } = await transaction.query<{ id: string }>(
    'SELECT access.add_organisation($1, $2, $3) AS id',
    [kind, name, uai],
  );
  return { organisationId: rows[0]?.id ?? '' };
}

/** Every designation for a platform, in the order in which they began. Throws `not_found`. */
export async function listDesignations({ transaction }: Caller, platformId: string): Promise<Designation[]> {
  const { rows } = await transaction.query<{
    designation_id: string;
    organisation_id: string;
    organisation: string;
    authority: 'prefet' | 'region';
    act_reference: string;
    signed_on: string;
    valid_from: string;
    valid_to: string | null;
  }>('SELECT * FROM access.list_designations($1)', [platformId]);
  return rows.map((row) => ({
    designationId: row.designation_id,
    organisationId: row.organisation_id,
    organisation: row.organisation,
    authority: row.authority,
    actReference: row.act_reference,
    signedOn: row.signed_on,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

/** Writes an act of the région. Throws `not_found` for a platform of another one, `not_possible` for dates that cannot be. */
export async function designate(
  { transaction }: Caller,
  given: NewDesignation,
): Promise<{ designationId: string }> {
  const { rows } = await transaction.query<{ id: string }>(
    'SELECT access.designate($1, $2, $3, $4, $5, $6) AS id',
    [
      given.platformId,
      given.organisationId,
      given.actReference,
      given.signedOn,
      given.validFrom,
      given.validTo,
    ],
  );
  return { designationId: rows[0]?.id ?? '' };
}

/** Throws `not_found`, `not_possible`. */
export async function endDesignation(
  { transaction }: Caller,
  designationId: string,
  lastDay: string,
): Promise<void> {
  await transaction.query('SELECT access.end_designation($1, $2)', [designationId, lastDay]);
}

/** The communes of a platform, whenever they are its own, in the order of their codes. Throws `not_found`. */
export async function readZone({ transaction }: Caller, platformId: string): Promise<ZoneCommune[]> {
  const { rows } = await transaction.query<{ commune: string; valid_from: string; valid_to: string | null }>(
    'SELECT * FROM access.zone_of($1)',
    [platformId],
  );
  return rows.map((row) => ({ commune: row.commune, validFrom: row.valid_from, validTo: row.valid_to }));
}

/** Throws `not_found`, `not_allowed` for a commune of a platform that is not the caller's to change, `not_possible`. */
export async function changeZone(
  { transaction }: Caller,
  platformId: string,
  { since, coming, leaving }: ZoneChange,
): Promise<void> {
  if (coming.some((commune) => leaving.includes(commune)))
    throw new RaccrocheError('not_possible', 'Une commune ne peut pas venir et partir le même jour.');
  await transaction.query('SELECT access.change_zone($1, $2, $3, $4)', [platformId, since, coming, leaving]);
}
