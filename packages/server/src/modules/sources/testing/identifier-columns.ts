import { IDENTIFIER_TYPES } from '@raccroche/contract';

/**
 * Identifiers by their type, as a record bears them. Throws where no record can: for an unknown type, and for two INE, of which a
 * row delivered tells but one.
 */
export function identifierColumns({
  ina,
  ...ines
}: Readonly<Record<string, string>>): Readonly<Record<'ine_type' | 'ine' | 'ina', string | null>> {
  const [[type, ine] = [null, null], ...others] = Object.entries(ines);
  const known: readonly (string | null)[] = [...IDENTIFIER_TYPES, null];
  if (others.length > 0 || !known.includes(type))
    throw new TypeError(`no record bears ${Object.keys(ines).join(' and ')}`);
  return { ine_type: type, ine, ina: ina ?? null };
}
