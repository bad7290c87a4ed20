/** The base of the load test: made-up platforms, users and cases, straight into the tables. */
import { createHash } from 'node:crypto';
import { migrateStore } from '../packages/server/src/app/store/migrations.ts';
import type { LoadUser } from '../packages/server/src/app/testing/load/callers.ts';
import type { Database, Transaction } from '../packages/server/src/platform/postgres/database.ts';
import { caseSteps } from './platform-load-cases.ts';

export interface BaseSize {
  readonly cases: number;
  readonly users: number;
  readonly platforms: number;
}

/** A text of 64 hexadecimal signs, as sessions have. */
export const tokenOf = (user: number | string) => createHash('sha256').update(`load ${user}`).digest('hex');

const personIdOf = (user: number) => `aaaaaaaa-0000-4000-8000-${String(user).padStart(12, '0')}`;

/** Signs people of the base in for ten hours, whom no identity provider knows; again, if they were. */
export async function openSessions(
  transaction: Transaction,
  people: readonly { readonly token: string; readonly personId: string }[],
): Promise<void> {
  await transaction.query(
    `INSERT INTO access.sessions (token_hash, person_id, expires_at, kind)
     SELECT sha256(convert_to(token, 'UTF8')), person_id, now() + interval '10 hours', 'demo'
     FROM unnest($1::TEXT[], $2::UUID[]) AS t (token, person_id)
     ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at`,
    [people.map(({ token }) => token), people.map(({ personId }) => personId)],
  );
}

/** Platform and person number n always have the same id. */
const id = (kind: 'a' | 'b', n: string) =>
  `(repeat('${kind}', 8) || '-0000-4000-8000-' || lpad((${n})::TEXT, 12, '0'))::UUID`;

/** Sizes are whole numbers of the command line's own reading. */
const peopleSteps = ({ users, platforms }: BaseSize): readonly (readonly [what: string, sql: string])[] => [
  [
    'platforms',
    `INSERT INTO access.platforms (platform_id, code, name, department, region)
     SELECT ${id('a', 'n')}, 'p' || n, 'Plateforme ' || n, lpad((1 + n % 95)::TEXT, 2, '0'), lpad((1 + n % 13)::TEXT, 2, '0')
     FROM generate_series(0, ${platforms} - 1) n`,
  ],
  [
    'organisations',
    `INSERT INTO access.organisations (organisation_id, kind, name) SELECT ${id('b', 'n')}, 'mission_locale', 'Structure ' || n
     FROM generate_series(0, ${platforms} - 1) n`,
  ],
  [
    'designations',
    `INSERT INTO access.designations (platform_id, organisation_id, authority, act_reference, signed_on, valid_from)
     SELECT ${id('a', 'n')}, ${id('b', 'n')}, 'region', 'acte inventé', '2024-09-01', '2024-09-01'
     FROM generate_series(0, ${platforms} - 1) n`,
  ],
  [
    'people',
    `INSERT INTO access.people (person_id, display_name, email, issuer, subject)
     SELECT ${id('a', 'n')}, 'Personne ' || n, 'personne-' || n || '@exemple.test', 'charge', n::TEXT
     FROM generate_series(0, ${users} - 1) n`,
  ],
  [
    'memberships',
    `INSERT INTO access.memberships (person_id, organisation_id, role, territory_kind, territory_id, valid_from)
     SELECT ${id('a', 'n')}, ${id('b', `n % ${platforms}`)}, CASE WHEN n < ${platforms} THEN 'co_leader' ELSE 'caseworker' END,
       'platform', ${id('a', `n % ${platforms}`)}::TEXT, '2024-09-01'
     FROM generate_series(0, ${users} - 1) n`,
  ],
];

/** Migrates an empty base and fills it; `told` hears what is filled and how long it took, in ms. */
export async function fillBase(
  database: Database,
  size: BaseSize,
  told: (what: string, ms: number) => void,
): Promise<readonly LoadUser[]> {
  await migrateStore(database);
  const timed = async (what: string, work: (transaction: Transaction) => Promise<unknown>) => {
    const start = performance.now();
    await database.transaction({}, work);
    told(what, performance.now() - start);
  };
  const { users, platforms } = size;
  for (const [what, sql] of peopleSteps(size)) await timed(what, (transaction) => transaction.script(sql));
  for (const [what, work] of caseSteps(size)) await timed(what, work);
  const tokens = Array.from({ length: users }, (_, user) => tokenOf(user));
  await timed('sessions', (transaction) =>
    openSessions(
      transaction,
      tokens.map((token, user) => ({ token, personId: personIdOf(user) })),
    ),
  );
  await timed('statistics', (transaction) => transaction.script('ANALYZE'));
  return tokens.map((token, n) => ({ token, platformId: personIdOf(n % platforms) }));
}
