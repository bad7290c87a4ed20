/** The base of the load test: made-up platforms, users and cases, straight into the tables; and what it must hold afterwards. */
import { createHash } from 'node:crypto';
import { CHECK_CODES } from '../packages/contract/src/index.ts';
import { migrateStore } from '../packages/server/src/app/store/migrations.ts';
import type { Entry } from '../packages/server/src/modules/lists/index.ts';
import type { Database, Transaction } from '../packages/server/src/platform/postgres/database.ts';

export interface BaseSize {
  readonly cases: number;
  readonly users: number;
  readonly platforms: number;
}

/** Somebody of the load test, with the platform that they work for. */
export interface User {
  readonly personId: string;
  readonly platformId: string;
  readonly token: string;
}

/** A text of 64 hexadecimal signs, as sessions have. */
const tokenOf = (user: number) => createHash('sha256').update(`load ${user}`).digest('hex');

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

const caseSteps = ({ cases, platforms }: BaseSize): readonly (readonly [what: string, sql: string])[] => [
  [
    'cases',
    `INSERT INTO cases.cases (siei, platform_id, department, origin_uai, family_name, first_names, sort_name, birth_date,
       verification, contact, pathway, obligation, referent, listed, opened_on)
     SELECT 'L' || lpad(n::TEXT, 11, '0'), ${id('a', `n % ${platforms}`)}, lpad((1 + n % ${platforms} % 95)::TEXT, 2, '0'),
       lpad((n % 9000)::TEXT, 7, '0') || 'A', 'NOM' || substr(md5(n::TEXT), 1, 8), ARRAY['Prénom' || n % 500],
       'nom' || substr(md5(n::TEXT), 1, 8) || ' prenom' || n % 500, DATE '2002-01-01' + n % 2900,
       (ARRAY['to_verify', 'confirmed'])[1 + n % 2], 'to_contact', 'not_started', NULL,
       CASE WHEN n % 3 = 0 THEN ${id('a', `n % ${platforms}`)} END, true, '2026-11-01'
     FROM generate_series(0, ${cases} - 1) n`,
  ],
  [
    'events',
    `INSERT INTO cases.events (case_id, kind, happened_at, case_version)
     SELECT case_id, 'opened', now(), 1 FROM cases.cases`,
  ],
  [
    'publication',
    `INSERT INTO lists.publications (campaign, as_of, rule_set, manifest_sha256, entries)
     SELECT 'charge', '2026-11-01', 'siei-2011', 'charge', ${cases}`,
  ],
];

/** What an entry says of a leaver, as a campaign writes it; who it is comes from the case. */
const ENTRY: Omit<Entry, 'siei' | 'familyName' | 'firstNames' | 'birthDate' | 'lastSchool'> = {
  usageName: null,
  sex: 'F',
  age: 18,
  minor: false,
  address: {
    lines: ['1 rue inventée'],
    postalCode: '62300',
    commune: '62498',
    communeName: 'Lens',
    country: '99100',
  },
  phones: ['0600000000', '0321000000'],
  email: 'x@exemple.test',
  legalRepresentatives: [],
  lastTraining: { mef: '2473220431', diplomaCode: '40032204', leadsTo: 4 },
  leftOn: '2026-06-30',
  reason: 'left',
  missionLocale: 'unknown',
  knownSituations: [],
  flags: [],
  checks: CHECK_CODES.slice(0, 6).map((check, n) => ({
    check,
    passed: true,
    evidence: [`charge-${n}`, 'charge-0'],
  })),
  records: CHECK_CODES.slice(0, 6).map((_, n) => ({
    id: `charge-${n}`,
    source: 'SIECLE',
    file: 'scolarite/0620001A.xml',
    position: `élève ${n}`,
  })),
};

const ENTRIES = `INSERT INTO lists.published_entries (siei, publication_id, department, platform_id, entry)
  SELECT siei, 1, department, platform_id, $1::JSONB || jsonb_build_object('siei', siei, 'familyName', family_name,
    'firstNames', first_names, 'birthDate', birth_date, 'lastSchool', jsonb_build_object('uai', origin_uai))
  FROM cases.cases`;

/** Migrates an empty base and fills it; `told` hears what is filled and how long it took, in ms. */
export async function fillBase(
  database: Database,
  size: BaseSize,
  told: (what: string, ms: number) => void,
): Promise<readonly User[]> {
  await migrateStore(database);
  const timed = async (what: string, work: (transaction: Transaction) => Promise<unknown>) => {
    const start = performance.now();
    await database.transaction({}, work);
    told(what, performance.now() - start);
  };
  const { users, platforms } = size;
  for (const [what, sql] of [...peopleSteps(size), ...caseSteps(size)])
    await timed(what, (transaction) => transaction.script(sql));
  await timed('entries', (transaction) => transaction.query(ENTRIES, [JSON.stringify(ENTRY)]));
  const tokens = Array.from({ length: users }, (_, user) => tokenOf(user));
  await timed('sessions', (transaction) =>
    transaction.query(
      `INSERT INTO access.sessions (token_hash, person_id, expires_at, kind)
       SELECT sha256(convert_to(token, 'UTF8')), ${id('a', 'n - 1')}, now() + interval '10 hours', 'demo'
       FROM unnest($1::TEXT[]) WITH ORDINALITY AS t (token, n)`,
      [tokens],
    ),
  );
  await timed('statistics', (transaction) => transaction.script('ANALYZE'));
  const uuid = (n: number) => `aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return tokens.map((token, n) => ({ token, personId: uuid(n), platformId: uuid(n % platforms) }));
}

/** Attempts by case, as the callers heard of them: acknowledged, and cut off before an answer came. */
export interface Heard {
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly unanswered: ReadonlyMap<string, number>;
}

/** Every acknowledged attempt must be counted and told once, and nothing else be there. Gives what is wrong, in words. */
export async function findLost(
  database: Database,
  { acknowledged, unanswered }: Heard,
): Promise<readonly string[]> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ case_id: string; attempts: number; version: number; told: number; events: number }>(
      `SELECT c.case_id, c.attempts, c.version, count(*) FILTER (WHERE e.kind = 'attempt') AS told, count(*) AS events
       FROM cases.cases c JOIN cases.events e USING (case_id)
       WHERE c.version > 1 OR c.case_id = ANY ($1::UUID[]) GROUP BY c.case_id`,
      [[...acknowledged.keys()]],
    ),
  );
  const seen = new Map(rows.map((row) => [row.case_id, row]));
  const lost: string[] = [];
  for (const [caseId, count] of acknowledged)
    if ((seen.get(caseId)?.attempts ?? 0) < count)
      lost.push(`${caseId}: ${count} acknowledged, not all counted`);
  for (const row of rows) {
    const most = (acknowledged.get(row.case_id) ?? 0) + (unanswered.get(row.case_id) ?? 0);
    if (row.attempts > most) lost.push(`${row.case_id}: ${row.attempts} counted, ${most} sent`);
    if (row.told !== row.attempts || row.events !== row.version)
      lost.push(`${row.case_id}: the story tells ${row.told} of ${row.attempts} attempts`);
  }
  return lost;
}
