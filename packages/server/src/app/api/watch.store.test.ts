import { describe, expect, test } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { warnOfEndings } from '../../modules/access/index.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import { LILLE_COMMUNE, type Somebody } from '../testing/test-world.ts';

const STATEMENT = 'Vient d’arriver chez sa tante à Lens.';
const MINOR = {
  siei: 'MINOR00000AA',
  familyName: 'Petit',
  firstName: 'Zoé',
  birthDate: `${Number(day().slice(0, 4)) - 17}-12-31`,
};

const IN_LILLE = [...people(2, 10), MINOR].map((one) => ({
  ...one,
  commune: LILLE_COMMUNE,
  department: '59',
}));
const NOWHERE = people(1, 90).map((one) => ({ ...one, commune: null }));
const LISTED = [...people(3), ...IN_LILLE, ...NOWHERE];
const at = useServedWorld(LISTED);
const { call, owner } = at;
const noticesOf = async (who: Somebody, kind: string) => {
  const { body } = await call('notices', who);
  return (body.notices as { kind: string; about: string; to: string; details: object }[]).filter(
    (one) => one.kind === kind,
  );
};

describe('a case of another territory', () => {
  const open = (who: Somebody, siei: string | undefined, reason = 'moved', statement = STATEMENT) =>
    call('openElsewhere', who, { body: { siei, reason, statement } });
  const read = (who: Somebody, caseId: string) => call('caseDetail', who, { params: { caseId } });

  test('opens for a stated reason, to be read and not changed, and is closed again after three hours', async () => {
    const { body } = await open('nadia', 'TEST000010AA');
    const caseId = String(body.caseId);
    const hours = (Date.parse(String(body.expiresAt)) - Date.parse(systemClock.now())) / 3_600_000;
    expect(hours).toBeGreaterThan(2.9);
    expect(hours).toBeLessThanOrEqual(3);
    const { body: detail } = await read('nadia', caseId);
    expect(detail).toMatchObject({ siei: 'TEST000010AA', platformId: at.world.lille, entry: { age: 20 } });
    const attempt = await call('recordAttempt', 'nadia', {
      params: { caseId },
      body: { version: 1, channel: 'phone', outcome: 'no_answer' },
    });
    expect(attempt.body.code).toBe('not_allowed');
    // Hers alone: not a colleague's, and no other case of that platform.
    expect((await read('paul', caseId)).status).toBe(404);
    const list = await call('worklist', 'nadia', { query: { platform: at.world.lille } });
    expect(list.body.cases).toHaveLength(1);
    await owner('ALTER TABLE access.openings DISABLE TRIGGER kept');
    await owner('UPDATE access.openings SET expires_at = now()');
    await owner('ALTER TABLE access.openings ENABLE TRIGGER kept');
    expect((await read('nadia', caseId)).status).toBe(404);
  });

  test('is told at once to those who answer for it and to data protection, and to nobody else', async () => {
    await open('nadia', 'TEST000011AA');
    for (const [who, to] of [
      ['lea', 'platform'],
      ['ines', 'platform'],
      ['david', 'control'],
    ] as const) {
      expect(await noticesOf(who, 'case_opened_elsewhere')).toContainEqual(
        expect.objectContaining({
          to,
          details: { siei: 'TEST000011AA', reason: 'moved', person: at.world.ids.nadia },
        }),
      );
      const { body } = await call('openings', who);
      expect(body.openings).toContainEqual(
        expect.objectContaining({ siei: 'TEST000011AA', statement: STATEMENT }),
      );
    }
    for (const who of ['paul', 'diane', 'amine', 'rene', 'anne', 'hugo'] as const) {
      expect(await noticesOf(who, 'case_opened_elsewhere')).toEqual([]);
      expect((await call('openings', who)).body.openings).toEqual([]);
    }
    const entries = await owner<{ details: object }>(
      "SELECT details FROM audit.entries WHERE action = 'case.opened_elsewhere' AND actor = $1",
      [at.world.ids.nadia],
    );
    expect(entries.at(-1)?.details).toEqual({ reason: 'moved' });
  });

  test('of no zone is told to whoever sees the whole département, for nobody else answers for it', async () => {
    await open('lea', 'TEST000090AA');
    const told = { siei: 'TEST000090AA', reason: 'moved', person: at.world.ids.lea };
    for (const who of ['diane', 'david'] as const)
      expect(await noticesOf(who, 'case_opened_elsewhere')).toContainEqual(
        expect.objectContaining({ details: told }),
      );
    for (const who of ['nadia', 'paul', 'ines'] as const)
      expect(await noticesOf(who, 'case_opened_elsewhere')).not.toContainEqual(
        expect.objectContaining({ details: told }),
      );
  });

  test('opens by the look-up that found somebody: one’s own, of the day, with a second factor', async () => {
    const { familyName, firstName, birthDate } = MINOR;
    const { body: found } = await call('findElsewhere', 'nadia', {
      body: { familyName, firstName, birthDate },
    });
    expect(found.followed).toHaveLength(1);
    const openFound = (who: Somebody, place = 0) =>
      call('openElsewhere', who, {
        body: { findingId: found.findingId, place, reason: 'moved', statement: STATEMENT },
      });
    expect((await openFound('paul')).body.code).toBe('not_found');
    expect((await openFound('nadia', 1)).body.code).toBe('not_found');
    const session = (set: string) =>
      owner(`UPDATE access.sessions SET ${set} WHERE token_hash = sha256(convert_to($1, 'UTF8'))`, [
        at.world.tokens.nadia,
      ]);
    await session("kind = 'provider'");
    expect((await openFound('nadia')).body.code).toBe('stronger_sign_in_needed');
    const settings = { 'raccroche.session': at.world.tokens.nadia, 'raccroche.purpose': 'follow_up' };
    await expect(
      at.database.transaction({ role: 'raccroche_app', settings }, (transaction) =>
        transaction.query('SELECT cases.open_elsewhere($1, $2, $3)', [MINOR.siei, 'moved', STATEMENT]),
      ),
    ).rejects.toThrow('second facteur');
    await session("kind = 'demo'");
    const { body } = await openFound('nadia');
    expect((await read('nadia', String(body.caseId))).body).toMatchObject({ siei: MINOR.siei });
    await owner("UPDATE cases.findings SET at = now() - INTERVAL '25 hours'");
    expect((await openFound('nadia')).body.code).toBe('not_found');
  });

  test('goes with the right to open: whoever loses it reads no more', async () => {
    const { body } = await open('paul', 'TEST000010AA');
    const caseId = String(body.caseId);
    expect((await read('paul', caseId)).status).toBe(200);
    const revoked = (value: string) =>
      owner(`UPDATE access.memberships SET revoked_at = ${value} WHERE membership_id = $1`, [
        at.world.memberships.paul,
      ]);
    await revoked('now()');
    expect((await read('paul', caseId)).status).toBe(403);
    await revoked('NULL');
  });

  test.each([
    ['one’s own', 'nadia', 'TEST000000AA', 'moved', STATEMENT, 'not_possible'],
    ['of nobody', 'nadia', 'XXXXXXXXXXXX', 'moved', STATEMENT, 'not_found'],
    ['of an adult said to be a minor', 'nadia', 'TEST000010AA', 'urgent_minor', STATEMENT, 'not_possible'],
    ['of a minor in urgency', 'nadia', MINOR.siei, 'urgent_minor', STATEMENT, undefined],
    ['of neither a number nor a look-up', 'nadia', undefined, 'moved', STATEMENT, 'bad_request'],
    ['without a reason', 'nadia', 'TEST000010AA', 'moved', '     ', 'bad_request'],
    ['by a school', 'hugo', 'TEST000010AA', 'moved', STATEMENT, 'not_allowed'],
    ['by steering', 'rene', 'TEST000010AA', 'moved', STATEMENT, 'not_allowed'],
  ] as const)('%s', async (_, who, siei, reason, statement, code) => {
    expect((await open(who, siei, reason, statement)).body.code).toBe(code);
  });

  test('is listed by pages, to the oldest', async () => {
    await owner(
      `INSERT INTO access.openings (person_id, siei, platform_id, reason, statement, opened_at, expires_at)
       SELECT $1, 'TEST000010AA', NULL, 'moved', 'comme il y a longtemps', timestamptz '2020-01-01' + (n / 2) * INTERVAL '1 day',
         '2020-01-02' FROM generate_series(1, 150) n`,
      [at.world.ids.jules],
    );
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 4; page += 1) {
      const { body } = await call('openings', 'jules', { query: after === undefined ? {} : { after } });
      seen.push(...(body.openings as { openingId: string }[]).map(({ openingId }) => openingId));
      if (body.next === null) break;
      after = String(body.next);
    }
    expect([seen.length, new Set(seen).size]).toEqual([150, 150]);
  });

  test('leaves a line that nobody erases, and cannot be opened around the module that knows cases', async () => {
    await expect(owner('DELETE FROM access.openings')).rejects.toThrow('openings are kept');
    const settings = { 'raccroche.session': at.world.tokens.nadia, 'raccroche.purpose': 'follow_up' };
    for (const sql of [
      `SELECT access.open_elsewhere('TEST000010AA', NULL, 'moved', '${STATEMENT}')`,
      'SELECT * FROM access.openings',
      "INSERT INTO access.notices (to_control, kind, about, details) VALUES (true, 'x', gen_random_uuid(), '{}')",
      'SELECT * FROM access.daily_use',
      'UPDATE access.quotas SET per_day = 1000000',
      "SELECT access.use(access.actor(), 'consultation', -100)",
    ])
      await expect(
        at.database.transaction({ role: 'raccroche_app', settings }, (transaction) => transaction.query(sql)),
      ).rejects.toThrow('permission denied');
  });
});

describe('what somebody reads in a day', () => {
  test('has a limit, is refused beyond it, and told to data protection before', async () => {
    const { body } = await call('worklist', 'amine', { query: { platform: at.world.arras } });
    expect(body.cases).toEqual([]);
    const { body: list } = await call('worklist', 'paul', { query: { platform: at.world.lens } });
    const caseId = (list.cases as { caseId: string }[])[0]?.caseId ?? '';
    await owner("UPDATE access.quotas SET per_day = 3 WHERE kind = 'consultation'");
    await owner("DELETE FROM access.daily_use WHERE kind = 'consultation'");
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1)
      statuses.push((await call('caseDetail', 'paul', { params: { caseId } })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const told = await noticesOf('david', 'quota_nearly_reached');
    expect(told).toEqual([
      expect.objectContaining({ about: at.world.ids.paul, details: { kind: 'consultation', perDay: 3 } }),
    ]);
    expect(await noticesOf('paul', 'quota_nearly_reached')).toEqual([]);
    await owner("UPDATE access.quotas SET per_day = 2000 WHERE kind = 'consultation'");
  });

  test('is shown to data protection when it is far from one’s own habit, or from the role’s', async () => {
    const use = (who: Somebody, after: number, n: number) =>
      owner(
        `INSERT INTO access.daily_use VALUES ($1, $2, 'consultation', $3)
         ON CONFLICT (person_id, day, kind) DO UPDATE SET n = $3`,
        [at.world.ids[who], day(after), n],
      );
    for (let before = 2; before <= 8; before += 1) {
      await use('nadia', -before, 10);
      await use('lea', -before, 40);
      if (before < 6) await use('diane', -before, 5);
      if (before < 4) await use('amine', -before, 5);
    }
    await use('nadia', -1, 31);
    // Much, but usual for her.
    await use('lea', -1, 60);
    // Too few days to know a habit: nobody else coordinates, another caseworker opens ten.
    await use('diane', -1, 200);
    await use('ines', -1, 99);
    await use('amine', -1, 31);
    await use('jules', -1, 30);
    // The clock of the tests stands before these days: everything since is asked for.
    const { body } = await call('unusualReading', 'david', { query: { days: '1' } });
    const shown = (who: Somebody, opened: number, usual: number | null, ofRole: boolean) => ({
      ...{ personId: at.world.ids[who], displayName: who, day: day(-1), opened, usual, ofRole },
    });
    const days = body.days as { displayName: string }[];
    expect(days.toSorted((one, other) => (one.displayName < other.displayName ? -1 : 1))).toEqual([
      shown('amine', 31, 10, true),
      shown('diane', 200, null, true),
      shown('nadia', 31, 10, false),
    ]);
    expect((await call('unusualReading', 'paul')).status).toBe(403);
  });

  test('counts the names that a search or a page shows, and opens no case by it', async () => {
    const used = async (who: Somebody) => {
      const rows = await owner<{ kind: string; n: number }>(
        'SELECT kind, n FROM access.daily_use WHERE person_id = $1 AND day = access.today()',
        [at.world.ids[who]],
      );
      return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
    };
    const before = await used('nadia');
    expect((await call('search', 'nadia', { query: { q: 'awa' } })).body.found).toHaveLength(3);
    const afterSearch = await used('nadia');
    expect((afterSearch.listing ?? 0) - (before.listing ?? 0)).toBe(3);
    expect(afterSearch.consultation).toBe(before.consultation);
    const { body: list } = await call('worklist', 'nadia', { query: { platform: at.world.lens } });
    const [opened, ...others] = (list.cases as { caseId: string }[]).map(({ caseId }) => caseId);
    await call('caseDetail', 'nadia', { params: { caseId: opened ?? '' } });
    const afterRead = await used('nadia');
    // The worklist tells three, and two more have the telephone of the one opened.
    expect((afterRead.listing ?? 0) - (afterSearch.listing ?? 0)).toBe(5);
    expect((afterRead.consultation ?? 0) - (afterSearch.consultation ?? 0)).toBe(1);
    const [beside] = await owner<{ subjects: string[]; details: object }>(
      "SELECT subjects, details FROM audit.entries WHERE action = 'case.seen_beside' ORDER BY at DESC LIMIT 1",
    );
    expect(beside?.details).toEqual({ beside: opened });
    expect(beside?.subjects.toSorted()).toEqual(others.toSorted());
  });

  test('is told to the person whose case it is, by day and purpose, through data protection', async () => {
    const { body: list } = await call('worklist', 'nadia', { query: { platform: at.world.lens } });
    const caseId = (list.cases as { caseId: string }[])[1]?.caseId ?? '';
    for (let time = 0; time < 2; time += 1) await call('caseDetail', 'nadia', { params: { caseId } });
    const readers = async () =>
      (await call('caseReaders', 'david', { params: { caseId } })).body.readers as object[];
    expect(await readers()).toContainEqual(
      expect.objectContaining({ displayName: 'nadia', purpose: 'follow_up', action: 'case.read', times: 2 }),
    );
    // That it was asked is in the trail too.
    expect(await readers()).toContainEqual(
      expect.objectContaining({ displayName: 'david', purpose: 'control', action: 'case.readers' }),
    );
  });
});

describe('what comes to its end', () => {
  /** As many days later, as the base has it. */
  const later = (days: number) =>
    owner(`CREATE OR REPLACE FUNCTION access.today() RETURNS DATE LANGUAGE sql STABLE SET search_path = pg_catalog AS
      $$ SELECT (now() AT TIME ZONE 'Europe/Paris')::DATE + ${days} $$`);

  test('warns three times, each once, then is over and told', async () => {
    const { body } = await call('makeReplacement', 'paul', {
      body: {
        membershipId: at.world.memberships.paul,
        substitute: at.world.ids.amine,
        validFrom: day(),
        validTo: day(20),
      },
    });
    const warned = async (kind: string) => (await noticesOf('amine', kind)).length;
    const told: (readonly number[])[] = [];
    for (const days of [5, 6, 7, 12, 13, 14, 18, 19, 20, 21, 22]) {
      await later(days);
      await warnOfEndings(at.database);
      await warnOfEndings(at.database);
      told.push([20 - days, await warned('replacement_ending'), await warned('replacement_ended')]);
    }
    expect(told).toEqual([
      [15, 0, 0],
      [14, 1, 0],
      [13, 1, 0],
      [8, 1, 0],
      [7, 2, 0],
      [6, 2, 0],
      [2, 2, 0],
      [1, 3, 0],
      [0, 3, 0],
      [-1, 3, 1],
      [-2, 3, 1],
    ]);
    await later(0);
    expect((await noticesOf('paul', 'replacement_ending')).map(({ to, about }) => [to, about])).toEqual(
      Array.from({ length: 3 }, () => ['me', body.replacementId]),
    );
    expect(await noticesOf('nadia', 'replacement_ending')).toEqual([]);
  });

  test('a right warns its holder and those who answer for the platform', async () => {
    await call('setMemberTerm', 'paul', {
      params: { membershipId: at.world.memberships.nadia },
      body: { validTo: day(7) },
    });
    expect(await warnOfEndings(at.database)).toBe(2);
    expect(await warnOfEndings(at.database)).toBe(0);
    expect(await noticesOf('nadia', 'right_ending')).toEqual([
      expect.objectContaining({ to: 'me', details: { lastDay: day(7) } }),
    ]);
    expect(await noticesOf('paul', 'right_ending')).toEqual([expect.objectContaining({ to: 'platform' })]);
    expect(await noticesOf('lea', 'right_ending')).toEqual([]);
  });
});
