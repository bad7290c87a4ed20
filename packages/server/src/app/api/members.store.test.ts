import type { RouteName } from '@raccroche/contract';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { call as callApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import { arrive } from '../testing/test-identity.ts';
import type { Somebody } from '../testing/test-world.ts';

const at = useServedWorld(people(3));
const { call, owner } = at;
/** How many cases of Lens somebody sees, or the status of the refusal. */
async function seenBy(token: string): Promise<number> {
  const { status, body } = await callApi(at.server.api, 'worklist', {
    token,
    query: { platform: at.world.lens },
  });
  return status === 200 ? (body.cases as unknown[]).length : status;
}
const invitation = (email: string, more: object = {}) => ({
  email,
  organisationId: at.world.organisation,
  role: 'caseworker',
  territory: { kind: 'platform', id: at.world.lens },
  ...more,
});
async function inviteFrom(who: Somebody, email: string, more: object = {}) {
  const { status, body } = await call('invite', who, { body: invitation(email, more) });
  const token = String(body.address).split('invitation=')[1] ?? '';
  return { status, code: body.code, token, invitationId: String(body.invitationId) };
}

describe('an invitation', () => {
  test('is taken up by whoever the provider knows under that address, at their first sign-in', async () => {
    await expect(arrive(at.database, { subject: 'zoe' })).rejects.toThrow('aucun droit');
    expect(await inviteFrom('paul', 'Zoe@exemple.test')).toMatchObject({ status: 200 });
    const token = await arrive(at.database, { subject: 'zoe', siret: '13002526500013' });
    expect(await seenBy(token)).toBe(3);
    const { body } = await call('members', 'paul', { query: { kind: 'platform', id: at.world.lens } });
    expect(body.members).toContainEqual(
      expect.objectContaining({
        displayName: 'zoe',
        role: 'caseworker',
        siret: '13002526500013',
        inForce: true,
      }),
    );
    expect(body.invitations).toEqual([]);
  });

  test('or by whoever shows it, under another address, once', async () => {
    const { token: shown } = await inviteFrom('paul', 'adresse-du-travail@exemple.test');
    const token = await arrive(at.database, { subject: 'yann' }, { invitation: shown });
    expect(await seenBy(token)).toBe(3);
    await expect(arrive(at.database, { subject: 'xavier' }, { invitation: shown })).rejects.toThrow(
      'aucun droit',
    );
    const rows = await owner<{ details: { by: string } }>(
      "SELECT details FROM audit.entries WHERE action = 'invitation.accepted' ORDER BY at DESC LIMIT 1",
    );
    expect(rows[0]?.details.by).toBe('token');
  });

  test('opens nothing once it is taken back, replaced or too old', async () => {
    const revoked = await inviteFrom('paul', 'a@exemple.test');
    const { status } = await call('revokeInvitation', 'paul', {
      params: { invitationId: revoked.invitationId },
    });
    expect(status).toBe(200);
    const replaced = await inviteFrom('paul', 'b@exemple.test');
    await inviteFrom('paul', 'b@exemple.test');
    const old = await inviteFrom('paul', 'c@exemple.test');
    await owner('UPDATE access.invitations SET expires_at = now() WHERE invitation_id = $1', [
      old.invitationId,
    ]);
    for (const { token } of [revoked, replaced, old])
      await expect(arrive(at.database, { subject: 'w' }, { invitation: token })).rejects.toThrow(
        'aucun droit',
      );
    expect(await owner("SELECT FROM access.people WHERE subject = 'w'")).toEqual([]);
  });

  test('is kept as a hash: whoever reads the base cannot take it up', async () => {
    const { token, invitationId } = await inviteFrom('paul', 'd@exemple.test');
    const [row] = await owner<{ row: string }>(
      'SELECT i::TEXT AS row FROM access.invitations i WHERE invitation_id = $1',
      [invitationId],
    );
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(row?.row).not.toContain(token);
  });

  test.each([
    ['a co-leader names no peer', 'paul', { role: 'co_leader' }, 'not_allowed'],
    ['nor anybody elsewhere', 'paul', 'arras', 'not_allowed'],
    ['a caseworker names nobody', 'nadia', {}, 'not_allowed'],
    ['a coordinator names co-leaders', 'diane', { role: 'co_leader' }, undefined],
    ['but not in another département', 'ines', { role: 'co_leader' }, 'not_allowed'],
    [
      'and heads of their own schools',
      'diane',
      { role: 'school_head', territory: { kind: 'establishment', id: '0620009B' } },
      undefined,
    ],
    [
      'not of others',
      'diane',
      { role: 'school_head', territory: { kind: 'establishment', id: '0590009B' } },
      'not_allowed',
    ],
    [
      'the région names who coordinates its départements',
      'rene',
      { role: 'department_coordinator', territory: { kind: 'department', id: '59' } },
      undefined,
    ],
    [
      'not those of another région',
      'rene',
      { role: 'department_coordinator', territory: { kind: 'department', id: '69' } },
      'not_allowed',
    ],
    [
      'a role holds over its own kind of territory',
      'diane',
      { role: 'co_leader', territory: { kind: 'department', id: '62' } },
      'not_possible',
    ],
    ['a right that is over already is none', 'paul', { validTo: '2020-01-01' }, 'not_possible'],
    ['the data-protection officer gives nothing', 'david', {}, 'not_allowed'],
  ] as const)('%s', async (_, who, more, code) => {
    const given = more === 'arras' ? { territory: { kind: 'platform', id: at.world.arras } } : more;
    expect((await inviteFrom(who, 'e@exemple.test', given)).code).toBe(code);
  });

  test('waits for the designation of the organisation', async () => {
    const { body } = await call('addOrganisation', 'rene', { body: { kind: 'cio', name: 'CIO nouveau' } });
    const organisationId = String(body.organisationId);
    expect((await inviteFrom('paul', 'f@exemple.test', { organisationId })).code).toBe('not_possible');
    const act = { platformId: at.world.lens, organisationId, actReference: 'arrêté', signedOn: day() };
    await call('designate', 'rene', { body: { ...act, validFrom: day() } });
    expect((await inviteFrom('paul', 'f@exemple.test', { organisationId })).status).toBe(200);
  });
});

describe('a right', () => {
  let token: string;
  let membershipId: string;
  beforeEach(async () => {
    await inviteFrom('paul', 'victor@exemple.test');
    token = await arrive(at.database, { subject: 'victor' });
    const rows = await owner<{ membership_id: string }>(
      `SELECT membership_id FROM access.memberships m JOIN access.people p USING (person_id)
       WHERE p.subject = 'victor' AND m.revoked_at IS NULL`,
    );
    membershipId = rows[0]?.membership_id ?? '';
  });
  const change = (name: RouteName, who: Somebody, body?: object) =>
    call(name, who, { params: { membershipId }, ...(body ? { body } : {}) });

  test('is taken away at once, by whoever gives it and nobody else', async () => {
    for (const who of ['lea', 'ines', 'rene', 'anne'] as const)
      expect((await change('revokeMember', who)).status).toBe(who === 'lea' || who === 'ines' ? 404 : 404);
    expect(await seenBy(token)).toBe(3);
    expect((await change('revokeMember', 'paul')).status).toBe(200);
    expect(await seenBy(token)).toBe(403);
    expect((await change('revokeMember', 'paul')).status).toBe(404);
  });

  test('ends on its last day, and goes on when it is prolonged', async () => {
    expect((await change('setMemberTerm', 'paul', { validTo: day(30) })).status).toBe(200);
    expect((await change('setMemberTerm', 'paul', { validTo: day(-1) })).body.code).toBe('not_possible');
    await owner('UPDATE access.memberships SET valid_from = $2, valid_to = $2 WHERE membership_id = $1', [
      membershipId,
      day(-2),
    ]);
    expect(await seenBy(token)).toBe(403);
    await change('setMemberTerm', 'paul', { validTo: null });
    expect(await seenBy(token)).toBe(3);
    await change('revokeMember', 'paul');
  });

  test('has somebody who answers for it twice a year', async () => {
    const mine = async (who: Somebody) => {
      const { body } = await call('rightsToConfirm', who);
      return (body.rights as { membershipId: string }[]).map((right) => right.membershipId);
    };
    expect(await mine('paul')).not.toContain(membershipId);
    await owner('UPDATE access.memberships SET valid_from = $2, confirmed_on = $2 WHERE membership_id = $1', [
      membershipId,
      day(-190),
    ]);
    expect(await mine('paul')).toContain(membershipId);
    expect(await mine('ines')).not.toContain(membershipId);
    expect((await change('confirmMember', 'paul')).status).toBe(200);
    expect(await mine('paul')).not.toContain(membershipId);
    await change('revokeMember', 'paul');
  });
});

describe('a replacement', () => {
  const replace = (who: Somebody, more: object = {}) =>
    call('makeReplacement', who, {
      body: {
        membershipId: at.world.memberships.paul,
        substitute: at.world.ids.amine,
        validFrom: day(),
        validTo: day(20),
        ...more,
      },
    });
  const shift = (replacementId: unknown, from: number, to: number) =>
    owner('UPDATE access.replacements SET valid_from = $2, valid_to = $3 WHERE replacement_id = $1', [
      replacementId,
      day(from),
      day(to),
    ]);

  test('gives the very right of the person replaced, from its first day to its last', async () => {
    const { body } = await replace('paul');
    const { replacementId } = body;
    const list = await call('replacements', 'amine');
    expect(list.body.replacements).toEqual([
      expect.objectContaining({
        replacementId,
        replaced: { personId: at.world.ids.paul, displayName: 'paul' },
        role: 'co_leader',
        validTo: day(20),
      }),
    ]);
    expect(await seenBy(at.world.tokens.amine)).toBe(3);
    const { body: seen } = await call('worklist', 'amine', { query: { platform: at.world.lens } });
    const caseId = (seen.cases as { caseId: string }[])[0]?.caseId ?? '';
    const assigned = await call('assign', 'amine', {
      params: { caseId },
      body: { version: 1, referent: at.world.ids.amine },
    });
    expect(assigned.status).toBe(200);
    await shift(replacementId, 1, 20);
    expect(await seenBy(at.world.tokens.amine)).toBe(0);
    await shift(replacementId, -20, -1);
    expect(await seenBy(at.world.tokens.amine)).toBe(0);
    await shift(replacementId, 0, 20);
    expect(await seenBy(at.world.tokens.amine)).toBe(3);
    const end = (who: Somebody) =>
      call('endReplacement', who, { params: { replacementId: String(replacementId) } });
    expect((await end('nadia')).status).toBe(404);
    expect((await end('amine')).status).toBe(200);
    expect(await seenBy(at.world.tokens.amine)).toBe(0);
  });

  test('ends with the right that it stands for', async () => {
    const { body } = await replace('diane', { membershipId: at.world.memberships.paul });
    expect(await seenBy(at.world.tokens.amine)).toBe(3);
    const held = (revoked: boolean) =>
      owner(
        `UPDATE access.memberships SET revoked_at = ${revoked ? 'now()' : 'NULL'} WHERE membership_id = $1`,
        [at.world.memberships.paul],
      );
    await held(true);
    expect(await seenBy(at.world.tokens.amine)).toBe(0);
    await held(false);
    await call('endReplacement', 'diane', { params: { replacementId: String(body.replacementId) } });
  });

  test('is never passed on: whoever stands in cannot be stood in for', async () => {
    const { body } = await replace('paul');
    expect((await replace('amine', { substitute: at.world.ids.lea })).status).toBe(404);
    await call('endReplacement', 'paul', { params: { replacementId: String(body.replacementId) } });
  });

  test.each([
    ['of a right that is nobody’s to lend', 'nadia', {}, 404],
    ['by oneself', 'paul', 'self', 422],
    ['from yesterday on', 'paul', { validFrom: day(-1) }, 422],
    ['for more than six months', 'paul', { validTo: day(184) }, 422],
    ['that ends before it begins', 'paul', { validFrom: day(3), validTo: day(2) }, 422],
    ['by nobody known', 'paul', { substitute: '785845ca-c6e3-4821-9250-6a281bc726a7' }, 422],
  ] as const)('is not possible %s', async (_, who, more, status) => {
    const given = more === 'self' ? { substitute: at.world.ids.paul } : more;
    expect((await replace(who, given)).status).toBe(status);
  });
});

describe('a second factor', () => {
  const paul = { subject: 'paul-du-fournisseur', issuer: 'https://fournisseur.test' };
  beforeAll(() =>
    owner(
      `INSERT INTO access.people (display_name, email, issuer, subject) VALUES ('Paul', 'p@exemple.test', $1, $2)`,
      [paul.issuer, paul.subject],
    ).then(() =>
      owner(
        `INSERT INTO access.memberships (person_id, organisation_id, role, territory_kind, territory_id, valid_from)
         SELECT person_id, $2, 'co_leader', 'platform', $3, current_date FROM access.people WHERE subject = $1`,
        [paul.subject, at.world.organisation, at.world.lens],
      ),
    ),
  );
  const invites = (token: string) =>
    callApi(at.server.api, 'invite', { token, body: invitation('g@exemple.test') });
  const minutesAgo = (minutes: number) =>
    new Date(Date.parse(systemClock.now()) - minutes * 60_000).toISOString();

  test.each([
    ['was never given', { strong: false }],
    ['was given too long ago', { strong: true, authTime: minutesAgo(11) }],
    ['was given nobody knows when', { strong: true, authTime: null }],
  ])('is asked for when it %s, and where to give it is told', async (_, proof) => {
    const { status, body } = await invites(await arrive(at.database, { ...paul, ...proof }));
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { code: 'stronger_sign_in_needed', signIn: '/api/sign-in?strong=true' },
    });
  });

  test('given lately is enough', async () => {
    const token = await arrive(at.database, { ...paul, strong: true, authTime: minutesAgo(9) });
    expect((await invites(token)).status).toBe(200);
  });

  test('is asked for by the base too, whatever the route forgets', async () => {
    const token = await arrive(at.database, { ...paul, strong: false });
    const settings = { 'raccroche.session': token, 'raccroche.purpose': 'administration' };
    const sql = `SELECT access.invite('\\x00', 'x@y.z', $1, 'caseworker', 'platform', $2, NULL, 1)`;
    await expect(
      at.database.transaction({ role: 'raccroche_app', settings }, (transaction) =>
        transaction.query(sql, [at.world.organisation, at.world.lens]),
      ),
    ).rejects.toMatchObject({ code: 'RA001' });
  });
});
