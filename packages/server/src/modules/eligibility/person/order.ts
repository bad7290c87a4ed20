/** Binary order of texts, the same as the engine's: no locale. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Latest date first; an absent one counts as oldest. */
export function compareLatestFirst(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareKeys(b, a);
}

/** Record ids as evidence: sorted, each once. */
export function evidenceOf(rows: readonly { readonly recordId: string }[]): string[] {
  return [...new Set(rows.map(({ recordId }) => recordId))].sort(compareKeys);
}
