import type { NetworkPlatform, OwnRight, Role, TerritoryKind } from '@raccroche/contract';
import type { Caller } from './caller.ts';

/** A territory as the base knows it; `name` is null where the official code has the name. */
export interface KnownTerritory {
  readonly kind: TerritoryKind;
  readonly id: string;
  readonly name: string | null;
  readonly region: string | null;
  readonly department: string | null;
}

/** Territories whose members the caller may see, and those within them; in no order. */
export async function listTerritories({ transaction }: Caller): Promise<readonly KnownTerritory[]> {
  const { rows } = await transaction.query<{
    kind: TerritoryKind;
    id: string;
    name: string | null;
    region: string | null;
    department: string | null;
  }>("SELECT kind, id, name, region, department FROM access.territories_in('member.read')");
  return rows;
}

/** Rights that the caller holds themselves, not as a substitute. */
export async function listOwnRights({
  transaction,
}: Caller): Promise<readonly Omit<OwnRight, 'territoryName'>[]> {
  const { rows } = await transaction.query<{
    membership_id: string;
    organisation: string;
    role: Role;
    territory_kind: TerritoryKind;
    territory_id: string;
    valid_from: string;
    valid_to: string | null;
  }>('SELECT * FROM access.my_memberships()');
  return rows.map((row) => ({
    membershipId: row.membership_id,
    organisation: row.organisation,
    role: row.role,
    territoryKind: row.territory_kind,
    territoryId: row.territory_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

/** Who could stand in for the holder of a right. Throws `not_found` for one that is neither the caller's nor theirs to give. */
export async function listSubstitutes({ transaction }: Caller, membershipId: string) {
  const { rows } = await transaction.query<{
    person_id: string;
    display_name: string;
    organisation: string;
  }>('SELECT * FROM access.possible_substitutes($1)', [membershipId]);
  return rows.map((row) => ({
    personId: row.person_id,
    displayName: row.display_name,
    organisation: row.organisation,
  }));
}

/** Platforms of the caller's territory, by département then name. */
export async function readNetwork({
  transaction,
}: Caller): Promise<readonly Omit<NetworkPlatform, 'departmentName' | 'regionName'>[]> {
  const { rows } = await transaction.query<{
    platform_id: string;
    name: string;
    department: string;
    region: string;
    communes: number;
    members: number;
    designations: NetworkPlatform['designations'];
  }>('SELECT * FROM access.network()');
  return rows.map(({ platform_id, ...row }) => ({ platformId: platform_id, ...row }));
}

/** A commune that a platform has, for a time. */
export interface HeldCommune {
  readonly commune: string;
  readonly platformId: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Whose the communes of a département are, today and later, and the platforms named there. Throws `not_found`. */
export async function readDepartmentZones({ transaction }: Caller, department: string) {
  const { rows } = await transaction.query<{
    commune: string;
    platform_id: string;
    valid_from: string;
    valid_to: string | null;
  }>('SELECT * FROM access.zones_of_department($1)', [department]);
  const held: HeldCommune[] = rows.map((row) => ({
    commune: row.commune,
    platformId: row.platform_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
  const platforms = await transaction.query<{ platform_id: string; name: string }>(
    `SELECT platform_id, name FROM access.platforms WHERE department = $1 OR platform_id = ANY ($2)
     ORDER BY name COLLATE "C", platform_id`,
    [department, [...new Set(held.map(({ platformId }) => platformId))]],
  );
  return {
    held,
    platforms: platforms.rows.map((row) => ({ platformId: row.platform_id, name: row.name })),
  };
}
