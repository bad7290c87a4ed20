import type { NewReplacement, Replacement, Role, TerritoryKind } from '@raccroche/contract';
import type { Caller } from './caller.ts';

/** Replacements that concern the caller, or that they made, until they are over. */
export async function listReplacements({ transaction }: Caller): Promise<Replacement[]> {
  const { rows } = await transaction.query<{
    replacement_id: string;
    replaced: string;
    replaced_name: string;
    substitute: string;
    substitute_name: string;
    role: Role;
    territory_kind: TerritoryKind;
    territory_id: string;
    valid_from: string;
    valid_to: string;
  }>('SELECT * FROM access.my_replacements()');
  return rows.map((row) => ({
    replacementId: row.replacement_id,
    replaced: { personId: row.replaced, displayName: row.replaced_name },
    substitute: { personId: row.substitute, displayName: row.substitute_name },
    role: row.role,
    territoryKind: row.territory_kind,
    territoryId: row.territory_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

/**
 * Lets somebody stand in for the holder of a right, with that very right, for a time. Of one's own right, or of one that
 * the caller gives. Throws `not_found`, `not_possible`.
 */
export async function makeReplacement(
  { transaction }: Caller,
  { membershipId, substitute, validFrom, validTo }: NewReplacement,
): Promise<{ replacementId: string }> {
  const { rows } = await transaction.query<{ id: string }>('SELECT access.replace($1, $2, $3, $4) AS id', [
    membershipId,
    substitute,
    validFrom,
    validTo,
  ]);
  return { replacementId: rows[0]?.id ?? '' };
}

/** Ends it at once: either side may, and whoever made it or gives the right. Throws `not_found`. */
export async function endReplacement({ transaction }: Caller, replacementId: string): Promise<void> {
  await transaction.query('SELECT access.end_replacement($1)', [replacementId]);
}
