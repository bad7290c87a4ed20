import type { Permission, Role } from '@raccroche/contract';
import { useQuery } from '@tanstack/react-query';
import { call, type RouteOutput, rememberSession } from './call.ts';
import { hasCode } from './problem.ts';

export type Me = RouteOutput<'me'>;

export const ME_KEY = ['me'] as const;

/** Who is signed in; null: nobody. */
export async function readMe(): Promise<Me | null> {
  try {
    const me = await call('me', {});
    // Of several purposes the server takes the first that a request allows.
    rememberSession(me.csrfToken, undefined);
    return me;
  } catch (error) {
    if (!hasCode(error, 'not_signed_in')) throw error;
    rememberSession(undefined, undefined);
    return null;
  }
}

export const useMe = () => useQuery({ queryKey: ME_KEY, queryFn: readMe, staleTime: 60_000 });

export const may = (me: Me, permission: Permission): boolean =>
  me.rights.some((right) => right.permission === permission);

/** The role under which somebody works first. */
export const roleOf = (me: Me): Role | undefined => me.rights[0]?.role;
