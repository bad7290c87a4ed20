import { PERMISSION_TABLE, type Role } from '@raccroche/contract';
import type { TableDeclaration } from '../../kernel/retention.ts';

/** Policies of the application's role that let it read, as schema.txt tells them. */
const READING = /^(?<table>\w+\.\w+) \w+ PERMISSIVE (?:SELECT|ALL) to raccroche_app using (?<using>.*)$/gm;
const PERMISSION = /_for\('([a-z.]+)'::text\)/g;
const OTHER_TABLE = /FROM (\w+\.\w+) \w+\b/g;

/** Permissions that let somebody read a table: those of its policies, and of the tables that these look at. */
function permissionsOf(schema: string, table: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { groups } of schema.matchAll(READING)) {
    if (groups?.table !== table) continue;
    const using = groups.using ?? '';
    for (const [, permission = ''] of using.matchAll(PERMISSION)) found.add(permission);
    for (const [, other = ''] of using.matchAll(OTHER_TABLE))
      if (other !== table) for (const permission of permissionsOf(schema, other)) found.add(permission);
  }
  return found;
}

/** Roles whose people may read the table over their own territory, from the policies of the base and the permission table. */
export function readersOf(schema: string, table: string, { readBy = [] }: TableDeclaration): readonly Role[] {
  const wanted = new Set([...permissionsOf(schema, table), ...readBy]);
  return PERMISSION_TABLE.filter(({ permissions }) => permissions.some((one) => wanted.has(one))).map(
    ({ role }) => role,
  );
}
