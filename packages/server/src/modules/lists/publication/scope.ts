/** The départements that a publication is about: those named, or all but those named. */
export interface PublicationScope {
  readonly departments: readonly string[];
  readonly allBut: boolean;
}

export const isInScope = ({ departments, allBut }: PublicationScope, department: string): boolean =>
  departments.includes(department) !== allBut;

/** The same of a column in SQL: $3 is the départements, $4 whether it is all but them. */
export const inScope = (column: string): string => `((${column} = ANY ($3::TEXT[])) <> $4::BOOLEAN)`;

/** What a campaign was published of before: the number of the last act, and its départements; null for all. */
export interface PublishedBefore {
  readonly publication: number;
  readonly departments: readonly string[] | null;
}

/** What remains to be published of what is asked (null: all); undefined when nothing does. */
export function remainingScope(
  before: PublishedBefore | undefined,
  asked: readonly string[] | null,
): PublicationScope | undefined {
  if (before?.departments === null) return undefined;
  const done = before?.departments ?? [];
  if (asked === null) return { departments: done, allBut: true };
  const remaining = [...new Set(asked)].filter((code) => !done.includes(code)).sort();
  return remaining.length === 0 ? undefined : { departments: remaining, allBut: false };
}
