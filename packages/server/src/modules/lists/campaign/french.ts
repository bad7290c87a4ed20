/** Small pieces of French for what a person reads on the command line. */

/** `2025-11-05` as `05/11/2025`; « date inconnue » when absent. */
export function frenchDate(date: unknown): string {
  if (typeof date !== 'string' || date.length < 10) return 'date inconnue';
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** When a file was extracted, as it follows its name. */
export function extracted(date: unknown): string {
  return date === null || date === undefined
    ? 'date d’extraction inconnue'
    : `extrait le ${frenchDate(date)}`;
}

const THOUSANDS = new Intl.NumberFormat('fr-FR');

export function frenchNumber(value: number): string {
  return THOUSANDS.format(value);
}

/** `count` and its noun: `0 ligne`, `1 ligne`, `2 lignes`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${frenchNumber(count)} ${Math.abs(count) < 2 ? singular : plural}`;
}
