/**
 * True when two normalised first names may be of one person: equal, or all words of the shorter begin the longer
 * (MARIE and MARIE LOUISE; not MARIE and MARIELLE, not JEAN PIERRE and PIERRE JEAN). A missing one says nothing: false.
 */
export function areFirstNamesCompatible(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
}

/** The same as a SQL expression over two expressions of normalised first names; never NULL. */
export function compatibleFirstNamesSql(a: string, b: string): string {
  return `coalesce(${a} = ${b} OR starts_with(${a}, ${b} || ' ') OR starts_with(${b}, ${a} || ' '), false)`;
}
