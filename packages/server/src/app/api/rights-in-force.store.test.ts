import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { call as callApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import { SCHOOL, type Somebody } from '../testing/test-world.ts';

const at = useServedWorld(people(2));
const { call, owner } = at;
const FEED = 'c'.repeat(64);

/** How many cases of Lens somebody is shown; the status when they are refused. */
async function seenBy(who: Somebody): Promise<number> {
  const { status, body } = await call('worklist', who, { query: { platform: at.world.lens } });
  return status === 200 ? (body.cases as unknown[]).length : status;
}
const ids = (rows: unknown) => (rows as { personId: string }[]).map(({ personId }) => personId);

describe('a right that is suspended', () => {
  beforeAll(async () => {
    await owner(
      `UPDATE cases.cases SET interview_at = now() + INTERVAL '3 days', interview_with = $1,
         interview_mode = 'phone', interview_state = 'planned' WHERE siei = 'TEST000000AA'`,
      [at.world.ids.nadia],
    );
    await owner('INSERT INTO cases.calendar_feeds (person_id, token_hash) VALUES ($1, $2)', [
      at.world.ids.nadia,
      createHash('sha256').update(FEED).digest(),
    ]);
  });
  const suspended = (who: Somebody, is: boolean) =>
    owner(
      `UPDATE access.memberships SET suspended_on = ${is ? 'access.today()' : 'NULL'} WHERE membership_id = $1`,
      [at.world.memberships[who]],
    );
  /** Whoever reads something that the right of somebody else, or their own, opens. */
  const OPENED: readonly (readonly [string, Somebody, () => Promise<unknown>])[] = [
    ['the cases', 'nadia', async () => (await seenBy('nadia')) === 2],
    [
      'the calendar that is read by its address',
      'nadia',
      async () => {
        const { payload } = await at.server.api.inject(`/api/calendars/${FEED}.ics`);
        return payload.includes('VEVENT');
      },
    ],
    [
      'the colleagues',
      'nadia',
      async () => {
        const { body } = await call('colleagues', 'paul', { query: { platform: at.world.lens } });
        return ids(body.colleagues).includes(at.world.ids.nadia);
      },
    ],
    [
      'who could stand in for somebody',
      'nadia',
      async () => {
        const { body } = await call('substitutes', 'paul', {
          query: { membership: at.world.memberships.paul },
        });
        return ids(body.people).includes(at.world.ids.nadia);
      },
    ],
    [
      'how many work on a platform',
      'nadia',
      async () => {
        const { body } = await call('network', 'diane');
        const platforms = body.platforms as { platformId: string; members: number }[];
        // Nadia, Paul and Olga; the rights of Karim's structure and of Sonia are over.
        return platforms.find(({ platformId }) => platformId === at.world.lens)?.members === 3;
      },
    ],
    [
      'the structures that answer',
      'olga',
      async () => {
        const { body } = await call('structures', 'nadia', { query: { platform: at.world.lens } });
        return (body.structures as unknown[]).length === 1;
      },
    ],
    [
      'a school that has its head here',
      'hugo',
      async () =>
        (await owner('SELECT FROM contacts.school_reach($1) WHERE has_head', [SCHOOL])).length === 1,
    ],
  ];
  test.each(OPENED)('opens nothing of it: %s', async (_, who, isOpen) => {
    expect(await isOpen()).toBe(true);
    await suspended(who, true);
    expect(await isOpen()).toBe(false);
    await suspended(who, false);
    expect(await isOpen()).toBe(true);
  });
});

describe('who stands in for somebody of a platform', () => {
  let outside: { readonly id: string; readonly token: string };
  /** Somebody of a CFA that is designated for no platform, who has a right over a school. */
  beforeAll(async () => {
    const [row] = await owner<{ person_id: string }>(
      `WITH structure AS (INSERT INTO access.organisations (kind, name) VALUES ('cfa', 'CFA inventé') RETURNING organisation_id),
         somebody AS (INSERT INTO access.people (display_name, email, issuer, subject)
           VALUES ('omar', 'omar@exemple.test', 'demo', 'omar') RETURNING person_id)
       INSERT INTO access.memberships (person_id, organisation_id, role, territory_kind, territory_id, valid_from)
       SELECT person_id, organisation_id, 'school_head', 'establishment', '0620009B', '2020-01-01' FROM somebody, structure
       RETURNING person_id`,
    );
    const id = row?.person_id ?? '';
    const [session] = await owner<{ token: string }>('SELECT access.open_session($1, 1) AS token', [id]);
    outside = { id, token: session?.token ?? '' };
  });
  const replace = (substitute: string, who: Somebody = 'paul') =>
    call('makeReplacement', who, {
      body: { membershipId: at.world.memberships.paul, substitute, validFrom: day(), validTo: day(5) },
    });
  const written = (substitute: string) =>
    owner<{ replacement_id: string }>(
      `INSERT INTO access.replacements (membership_id, substitute, valid_from, valid_to, made_by)
       VALUES ($1, $2, access.today(), access.today(), $3) RETURNING replacement_id`,
      [at.world.memberships.paul, substitute, at.world.ids.paul],
    );

  test('is nobody of a structure that is not designated there, and no system', async () => {
    const refused = await replace(outside.id);
    expect(refused).toMatchObject({ status: 422, body: { code: 'not_possible' } });
    const [system] = await owner<{ person_id: string }>(
      `WITH somebody AS (INSERT INTO access.people (person_id, display_name, email, issuer, subject)
         SELECT id, 'i-MILO', 'x@exemple.test', 'partner', id::TEXT FROM gen_random_uuid() AS id RETURNING person_id)
       INSERT INTO access.partners (partner_id, organisation_id, kind, scopes, valid_from, valid_to, made_by)
       SELECT person_id, $1, 'mission_locale', '{situation.report}', access.today(), access.today(), $2 FROM somebody
       RETURNING partner_id AS person_id`,
      [at.world.organisation, at.world.ids.diane],
    );
    expect((await replace(system?.person_id ?? '')).body.code).toBe('not_possible');
    expect(await owner('SELECT FROM access.replacements')).toEqual([]);
  });

  test('and one that is written all the same opens nothing', async () => {
    await written(outside.id);
    const { status } = await callApi(at.server.api, 'worklist', {
      token: outside.token,
      query: { platform: at.world.lens },
    });
    expect(status).toBe(403);
    const { body } = await call('colleagues', 'paul', { query: { platform: at.world.lens } });
    expect(ids(body.colleagues)).not.toContain(outside.id);
    await owner('DELETE FROM access.replacements');
  });

  test('stands in no longer once they have no right of their own', async () => {
    await written(at.world.ids.amine);
    expect(await seenBy('amine')).toBe(2);
    const revoked = (is: boolean) =>
      owner(`UPDATE access.memberships SET revoked_at = ${is ? 'now()' : 'NULL'} WHERE membership_id = $1`, [
        at.world.memberships.amine,
      ]);
    await revoked(true);
    expect(await seenBy('amine')).toBe(403);
    await revoked(false);
    expect(await seenBy('amine')).toBe(2);
    await owner('DELETE FROM access.replacements');
  });

  test('those who answer for the platform are told, and whoever is replaced by the act of another', async () => {
    const told = async (who: Somebody) => {
      const { body } = await call('notices', who);
      return (body.notices as { kind: string; to: string; who: string | null; details: object }[])
        .filter(({ kind }) => kind === 'replacement_made')
        .map(({ to, who: about, details }) => ({ to, about, details }));
    };
    const details = { firstDay: day(), lastDay: day(5) };
    await replace(at.world.ids.amine, 'diane');
    expect(await told('paul')).toEqual([
      { to: 'me', about: 'amine pour paul', details },
      { to: 'platform', about: 'amine pour paul', details },
    ]);
    expect(await told('nadia')).toEqual([]);
    expect(await told('lea')).toEqual([]);
  });
});
