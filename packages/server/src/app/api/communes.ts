import { createRequire } from 'node:module';
import { sortName } from '../../kernel/sort-name.ts';

interface Commune {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly codesPostaux?: readonly string[];
}

export interface FoundCommune {
  readonly code: string;
  readonly name: string;
  readonly postalCode: string | null;
}

const FOUND_MAX = 12;
const require = createRequire(import.meta.url);
let known:
  | readonly (FoundCommune & { readonly key: string; readonly postalCodes: readonly string[] })[]
  | undefined;

/** Today's communes, those of which zones are made: Paris, Lyon and Marseille are one each. Source: COG, by @etalab/decoupage-administratif. */
function communes() {
  known ??= (require('@etalab/decoupage-administratif/data/communes.json') as readonly Commune[])
    .filter(({ type }) => type === 'commune-actuelle')
    .map(({ code, nom, codesPostaux = [] }) => ({
      code,
      name: nom,
      postalCode: codesPostaux[0] ?? null,
      postalCodes: codesPostaux,
      key: sortName(nom),
    }));
  return known;
}

/** Communes whose name begins so, accents and case aside, or that have this postal code; the shortest names first, a dozen at most. */
export function findCommunes(text: string): FoundCommune[] {
  const isCode = /^\d{2,5}$/.test(text);
  const key = sortName(text);
  if (key === '' && !isCode) return [];
  return communes()
    .filter((one) =>
      isCode ? one.postalCodes.some((code) => code.startsWith(text)) : one.key.startsWith(key),
    )
    .sort((one, other) => one.key.length - other.key.length || (one.code < other.code ? -1 : 1))
    .slice(0, FOUND_MAX)
    .map(({ code, name, postalCode, postalCodes }) => ({
      code,
      name,
      // Of several, the one that was asked.
      postalCode: (isCode ? postalCodes.find((one) => one.startsWith(text)) : undefined) ?? postalCode,
    }));
}
