import { beforeAll, describe, expect, test } from 'vitest';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { day } from '../testing/test-day.ts';
import type { Somebody } from '../testing/test-world.ts';

const at = useServedWorld(people(60));
const { call, owner } = at;
interface Entry {
  readonly at: string;
  readonly actor: string;
  readonly displayName: string | null;
  readonly action: string;
  readonly subjects: string[];
}
const search = async (query: Record<string, string> = {}) => {
  const { status, body } = await call('auditSearch', 'david', { query });
  expect(status).toBe(200);
  return { entries: body.entries as Entry[], next: body.next as string | null };
};
let caseIds: string[] = [];
beforeAll(async () => {
  caseIds = (await owner<{ case_id: string }>('SELECT case_id FROM cases.cases ORDER BY siei')).map(
    ({ case_id }) => case_id,
  );
  for (const caseId of caseIds) await call('caseDetail', 'nadia', { params: { caseId } });
  await call('caseDetail', 'paul', { params: { caseId: caseIds[0] ?? '' } });
});

describe('a search of the trail', () => {
  test('finds by case, by person and by kind of act', async () => {
    const { entries } = await search({ subject: caseIds[0] ?? '', action: 'case.read' });
    expect(entries.map(({ displayName }) => displayName)).toEqual(['paul', 'nadia']);
    const ofPaul = await search({ actor: at.world.ids.paul, action: 'case.' });
    expect(ofPaul.entries.map(({ action }) => action)).toEqual(['case.seen_beside', 'case.read']);
    expect((await search({ actor: at.world.ids.paul, action: 'member.' })).entries).toEqual([]);
  });

  test('goes on page by page, without leaving a line out nor telling one twice', async () => {
    const query = { actor: at.world.ids.nadia, action: 'case.read' };
    const first = await search(query);
    expect(first.entries).toHaveLength(50);
    const second = await search({ ...query, after: first.next ?? '' });
    expect(second.next).toBeNull();
    const told = [...first.entries, ...second.entries].flatMap(({ subjects }) => subjects);
    expect([...told].sort()).toEqual([...caseIds].sort());
  });

  test('keeps to the days asked, in Paris', async () => {
    expect((await search({ since: day(), until: day() })).entries.length).toBeGreaterThan(0);
    expect((await search({ since: day(1) })).entries).toEqual([]);
    expect((await search({ until: day(-1) })).entries).toEqual([]);
  });

  test('is itself in the trail, with what was looked for', async () => {
    await search({ subject: caseIds[1] ?? '', action: 'case.read' });
    const [last] = await owner<{ subjects: string[]; details: object; purpose: string }>(
      "SELECT subjects, details, purpose FROM audit.entries WHERE action = 'audit.searched' ORDER BY at DESC LIMIT 1",
    );
    expect(last).toEqual({
      subjects: [caseIds[1]],
      details: { action: 'case.read' },
      purpose: 'control',
    });
  });

  test.each([
    ['a name instead of an act', { action: 'Lecture du dossier' }],
    ['a page that is none', { after: "1' OR true" }],
    ['a day that is none', { since: 'hier' }],
  ])('refuses %s', async (_, query) => {
    expect((await call('auditSearch', 'david', { query })).status).toBe(400);
  });
});

test.each(['nadia', 'paul', 'diane', 'rene', 'anne'] as Somebody[])(
  'the base itself gives nothing of the trail to %s',
  async (who) => {
    const token = at.world.tokens[who];
    for (const sql of [
      'SELECT * FROM access.search_trail(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 10)',
      "SELECT * FROM access.find_professionals('a')",
      'SELECT * FROM access.trail_state()',
    ]) {
      const { rows } = await at.database.transaction(
        { role: 'raccroche_app', settings: { 'raccroche.session': token, 'raccroche.purpose': 'control' } },
        (transaction) => transaction.query(sql),
      );
      expect(rows).toEqual([]);
    }
  },
);

test('a professional is found by the beginning of a word of the name, or by the very address', async () => {
  const find = async (q: string) =>
    ((await call('auditPeople', 'david', { query: { q } })).body.people as { displayName: string }[]).map(
      ({ displayName }) => displayName,
    );
  expect(await find('NAD')).toEqual(['nadia']);
  expect(await find('nadia@exemple.test')).toEqual(['nadia']);
  expect(await find('%%')).toEqual([]);
});

test('the state of the trail: its lines, no seal yet, no verification yet', async () => {
  const { body } = await call('trailState', 'david');
  const [counted] = await owner<{ n: number }>('SELECT count(*) AS n FROM audit.entries');
  expect(body).toMatchObject({ entries: counted?.n, seals: 0, sealed: null, verified: null });
  await owner(
    "INSERT INTO audit.seals (day, statement, signature, key_id) VALUES (current_date, 's', 'x', 'abcd')",
  );
  expect((await call('trailState', 'david')).body).toMatchObject({ seals: 1, sealed: { keyId: 'abcd' } });
});

test('the terms are told in words, the register and the impact assessment whole', async () => {
  const { body } = await call('retentionTerms', 'david');
  const classes = body.classes as { code: string; term: string | null }[];
  expect(classes.find(({ code }) => code === 'access.use')?.term).toBe('90 jours');
  const { body: pages } = await call('processingPages', 'david');
  expect(pages.register).toContain('# Registre du traitement');
  expect(pages.impact).toContain('90 jours');
});
