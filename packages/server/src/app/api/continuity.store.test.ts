import { describe, expect, test } from 'vitest';
import { warnOfConfirmations } from '../../modules/access/index.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import type { Somebody } from '../testing/test-world.ts';

const on = useServedWorld(people(3));
const notices = async (who: Somebody) =>
  ((await on.call('notices', who)).body.notices as { kind: string; to: string }[]).map(
    ({ kind, to }) => `${kind} ${to}`,
  );
const sees = async (who: Somebody) =>
  (await on.call('worklist', who, { query: { platform: on.world.lens } })).status;
const confirmBy = (who: Somebody, last: string) =>
  on.owner('UPDATE access.memberships SET confirm_by = $2 WHERE membership_id = $1', [
    on.world.memberships[who],
    last,
  ]);

describe('a right for which nobody answers', () => {
  test('has thirty days once nobody did for six months: its holder and those who answer for it are told', async () => {
    await on.owner('UPDATE access.memberships SET confirmed_on = $1 WHERE membership_id <> $2', [
      day(),
      on.world.memberships.nadia,
    ]);
    expect(await warnOfConfirmations(on.database)).toEqual({ told: 2, suspended: 0 });
    expect(await warnOfConfirmations(on.database)).toEqual({ told: 0, suspended: 0 });
    expect(await notices('nadia')).toEqual(['right_to_confirm me']);
    expect(await notices('paul')).toEqual(['right_to_confirm platform']);
    expect((await on.call('rightsToConfirm', 'paul')).body.rights).toMatchObject([
      { displayName: 'nadia', confirmBy: day(30), suspendedOn: null },
    ]);
    expect(await sees('nadia')).toBe(200);
  });

  test('is told again 14, 7 and 1 days before, each once', async () => {
    for (const left of [14, 13, 7, 1, 0]) {
      await confirmBy('nadia', day(left));
      expect((await warnOfConfirmations(on.database)).suspended).toBe(0);
    }
    const [steps] = await on.owner<{ steps: number[] }>(
      "SELECT array_agg(DISTINCT step ORDER BY step) AS steps FROM access.notices WHERE kind = 'right_to_confirm'",
    );
    expect(steps).toEqual({ steps: [1, 7, 14, 30] });
  });

  test('is suspended, at once, and given back by whoever confirms it', async () => {
    await confirmBy('nadia', day(-1));
    expect(await warnOfConfirmations(on.database)).toEqual({ told: 2, suspended: 1 });
    expect(await warnOfConfirmations(on.database)).toEqual({ told: 0, suspended: 0 });
    expect(await sees('nadia')).toBe(403);
    const colleagues = await on.call('colleagues', 'paul', { query: { platform: on.world.lens } });
    expect(JSON.stringify(colleagues.body)).not.toContain('nadia');
    expect((await notices('paul'))[0]).toBe('right_suspended platform');
    expect((await on.call('rightsToConfirm', 'paul')).body.rights).toMatchObject([{ suspendedOn: day() }]);
    const params = { membershipId: on.world.memberships.nadia };
    expect((await on.call('confirmMember', 'lea', { params })).status).toBe(404);
    expect((await on.call('confirmMember', 'paul', { params })).status).toBe(200);
    expect(await sees('nadia')).toBe(200);
    expect((await on.call('rightsToConfirm', 'paul')).body.rights).toEqual([]);
    expect(await warnOfConfirmations(on.database)).toEqual({ told: 0, suspended: 0 });
    const trail = await on.owner("SELECT actor FROM audit.entries WHERE action = 'right.suspended'");
    expect(trail).toEqual([{ actor: 'program:confirmations' }]);
  });

  test('of the last who administers the country is never suspended: nobody could give it back', async () => {
    await on.owner('UPDATE access.memberships SET confirmed_on = NULL WHERE membership_id = $1', [
      on.world.memberships.anne,
    ]);
    await confirmBy('anne', day(-1));
    expect((await warnOfConfirmations(on.database)).suspended).toBe(0);
    expect((await on.call('jobs', 'anne')).status).toBe(200);
  });
});

describe('the former referent', () => {
  test('of a case that leaves for another platform reads it for thirty days, and does not change it', async () => {
    const [one] = await on.owner<{ case_id: string }>(
      "UPDATE cases.cases SET referent = $1 WHERE siei = 'TEST000000AA' RETURNING case_id",
      [on.world.ids.nadia],
    );
    const params = { caseId: one?.case_id ?? '' };
    const given = await on.call('handOver', 'paul', {
      params,
      body: { version: 1, platform: on.world.arras },
    });
    expect(given.status).toBe(200);
    const open = async (who: Somebody) => (await on.call('caseDetail', who, { params })).status;
    expect([await open('nadia'), await open('paul'), await open('amine')]).toEqual([200, 404, 200]);
    const attempt = await on.call('recordAttempt', 'nadia', {
      params,
      body: { version: 2, channel: 'phone', outcome: 'no_answer' },
    });
    expect(attempt.body.code).toBe('not_allowed');
    const [opening] = await on.owner<{ days: number; reason: string }>(
      'SELECT reason, round(extract(epoch FROM expires_at - opened_at) / 86400)::INT AS days FROM access.openings',
    );
    expect(opening).toEqual({ reason: 'former_referent', days: 30 });
    await on.owner('UPDATE access.memberships SET revoked_at = now() WHERE membership_id = $1', [
      on.world.memberships.nadia,
    ]);
    expect(await open('nadia')).not.toBe(200);
    await on.owner('UPDATE access.memberships SET revoked_at = NULL');
  });

  test('who could open no case outside of their zone keeps nothing', async () => {
    await on.owner("UPDATE cases.cases SET referent = $1 WHERE siei = 'TEST000001AA'", [on.world.ids.karim]);
    await on.owner("UPDATE cases.cases SET platform_id = $1 WHERE siei = 'TEST000001AA'", [on.world.arras]);
    expect(await on.owner('SELECT FROM access.openings WHERE person_id = $1', [on.world.ids.karim])).toEqual(
      [],
    );
  });
});

test('« vous remplacerez X » is in the day of both', async () => {
  await on.call('makeReplacement', 'paul', {
    body: {
      membershipId: on.world.memberships.paul,
      substitute: on.world.ids.nadia,
      validFrom: day(3),
      validTo: day(9),
    },
  });
  const dayOf = async (who: Somebody) =>
    (await on.call('myDay', who, { query: { platform: on.world.lens } })).body.replacements;
  const dates = { validFrom: day(3), validTo: day(9) };
  expect(await dayOf('nadia')).toEqual([{ mine: 'substitute', displayName: 'paul', ...dates }]);
  expect(await dayOf('paul')).toEqual([{ mine: 'replaced', displayName: 'nadia', ...dates }]);
});
