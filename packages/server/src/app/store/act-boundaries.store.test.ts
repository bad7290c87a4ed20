import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transaction } from '../../platform/postgres/database.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, purposeOf, type Somebody } from '../testing/test-world.ts';

const MINOR = {
  siei: 'MINOR00000AA',
  familyName: 'ZED',
  firstName: 'Zoé',
  birthDate: '2008-05-06',
  minor: true,
};
let published: OpenedWorld;
const cases = { lens: '', arras: '', minor: '' };
beforeAll(async () => {
  const elsewhere = people(1, 10).map((one) => ({ ...one, commune: ARRAS_COMMUNE }));
  published = await openPublishedWorld([...people(1), ...elsewhere, MINOR]);
  const { rows } = await published.database.transaction({}, (transaction) =>
    transaction.query<{ case_id: string; siei: string }>('SELECT case_id, siei FROM cases.cases'),
  );
  const of = (siei: string) => rows.find((row) => row.siei === siei)?.case_id ?? '';
  cases.lens = of('TEST000000AA');
  cases.arras = of('TEST000010AA');
  cases.minor = of(MINOR.siei);
});
afterAll(() => published.close());

/** Runs SQL as the application's role for somebody, as an injection in any route would. */
const as = <T>(who: Somebody, work: (transaction: Transaction) => Promise<T>) =>
  published.database.transaction(
    {
      role: 'raccroche_app',
      settings: { 'raccroche.session': published.world.tokens[who], 'raccroche.purpose': purposeOf(who) },
    },
    work,
  );
const run = (who: Somebody, sql: string, parameters: readonly unknown[] = []) =>
  as(who, (transaction) => transaction.query(sql, parameters));
const refused = (promise: Promise<unknown>) =>
  expect(promise).rejects.toThrow(/permission denied|row-level security|second person|name of another/);

const tell = async (transaction: Transaction, who: Somebody, caseId: string, kind = 'x') => {
  const { rows } = await transaction.query<{ version: number }>(
    'UPDATE cases.cases SET version = version + 1 WHERE case_id = $1 RETURNING version',
    [caseId],
  );
  await transaction.query(
    'INSERT INTO cases.events (case_id, kind, happened_at, actor, case_version) VALUES ($1, $2, now(), $3, $4)',
    [caseId, kind, published.world.ids[who], rows[0]?.version],
  );
  return rows[0]?.version;
};

describe('notes and contacts, by SQL as the application’s role', () => {
  const NOTE = `INSERT INTO cases.notes (case_id, case_version, author, text, erase_after) VALUES ($1, $2, $3, 'x', '2099-01-01')`;
  const MARK = `INSERT INTO cases.contact_marks (case_id, case_version, kind, value, mark, marked_on) VALUES ($1, $2, 'phone', '0600000000', 'added', '2025-11-20')`;

  test('are read by those of the platform alone, and never changed nor erased', async () => {
    await as('nadia', async (transaction) => {
      const version = await tell(transaction, 'nadia', cases.lens);
      await transaction.query(NOTE, [cases.lens, version, published.world.ids.nadia]);
      await transaction.query(MARK, [cases.lens, version]);
    });
    for (const table of ['notes', 'contact_marks']) {
      const seen = async (who: Somebody) => (await run(who, `SELECT FROM cases.${table}`)).rowCount;
      expect([await seen('paul'), await seen('amine'), await seen('hugo'), await seen('david')]).toEqual([
        1, 0, 0, 0,
      ]);
      await refused(run('nadia', `DELETE FROM cases.${table}`));
      await refused(run('nadia', `UPDATE cases.${table} SET case_version = 1`));
    }
  });

  test('are written in one’s own name, on one’s own platform', async () => {
    const { ids } = published.world;
    await refused(run('nadia', NOTE, [cases.lens, 1, ids.paul]));
    await refused(run('nadia', NOTE, [cases.arras, 1, ids.nadia]));
    await refused(run('diane', NOTE, [cases.lens, 1, ids.diane]));
    await refused(run('nadia', MARK, [cases.arras, 1]));
    await refused(run('diane', MARK, [cases.lens, 1]));
  });

  test('what somebody puts off is theirs alone', async () => {
    const LATER = `INSERT INTO cases.postponements VALUES ($1, $2, 'call_back', '2099-01-01')`;
    const { ids } = published.world;
    await run('nadia', LATER, [ids.nadia, cases.lens]);
    expect((await run('paul', 'SELECT FROM cases.postponements')).rowCount).toBe(0);
    await refused(run('paul', LATER, [ids.nadia, cases.minor]));
    await refused(run('nadia', LATER, [ids.nadia, cases.arras]));
  });
});

describe('a report to the département', () => {
  const CLOSE = `UPDATE cases.cases SET pathway = 'closed', outcome = 'reported_to_department', closed_by = $2 WHERE case_id = $1`;
  const ASK = 'UPDATE cases.cases SET closing_asked_by = $2 WHERE case_id = $1';

  test('cannot be closed by one hand, nor asked in the name of a colleague', async () => {
    const { ids } = published.world;
    await refused(run('nadia', CLOSE, [cases.minor, ids.nadia]));
    await refused(run('nadia', ASK, [cases.minor, ids.paul]));
    await run('nadia', ASK, [cases.minor, ids.nadia]);
    await refused(run('nadia', CLOSE, [cases.minor, ids.nadia]));
    await refused(run('nadia', CLOSE, [cases.minor, ids.paul]));
    await refused(run('paul', CLOSE, [cases.minor, ids.nadia]));
    expect((await run('paul', CLOSE, [cases.minor, ids.paul])).rowCount).toBe(1);
  });
});
