import { expect, test } from 'vitest';
import {
  enqueueMessage,
  type NewMessage,
  sendDueMessages,
  withdrawMessages,
} from '../../modules/contacts/index.ts';
import { type CarriedMessage, MessageRefused } from '../../platform/mail/carrier.ts';
import type { Transaction } from '../../platform/postgres/database.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, purposeOf, type Somebody } from '../testing/test-world.ts';

const served = useServedWorld([
  ...people(6),
  ...people(1, 10).map((one) => ({ ...one, commune: ARRAS_COMMUNE })),
]);

const caseOf = async (number: number): Promise<string> => {
  const [row] = await served.owner<{ case_id: string }>('SELECT case_id FROM cases.cases WHERE siei = $1', [
    `TEST${String(number).padStart(6, '0')}AA`,
  ]);
  return row?.case_id ?? '';
};
/** As the application's role for somebody, as an act of theirs would. */
const as = <T>(who: Somebody, work: (transaction: Transaction) => Promise<T>) =>
  served.database.transaction(
    {
      role: 'raccroche_app',
      settings: { 'raccroche.session': served.world.tokens[who], 'raccroche.purpose': purposeOf(who) },
    },
    work,
  );
const message = (key: string, more: Partial<NewMessage> = {}): NewMessage => ({
  key,
  kind: 'appointment_invitation',
  channel: 'email',
  address: 'awa@exemple.test',
  subject: 'Votre rendez-vous',
  body: 'Bonjour Awa,',
  platformId: served.world.lens,
  ...more,
});
const carried: CarriedMessage[] = [];
const send = (refusal?: Error) =>
  sendDueMessages(served.database, async (one) => {
    if (refusal) throw refusal;
    carried.push(one);
  });
const NOTHING = { sent: 0, withdrawn: 0, failed: 0, again: 0 };

test('a message leaves once, with the act that gave cause for it, and is read with the case', async () => {
  const caseId = await caseOf(0);
  const undo = new Error('undo');
  const undone = as('nadia', async (transaction) => {
    await enqueueMessage(transaction, message('a/0', { caseId }));
    throw undo;
  });
  await expect(undone).rejects.toBe(undo);
  expect(await send()).toEqual(NOTHING);

  const attachment = { name: 'x.ics', type: 'text/calendar', text: 'BEGIN:VCALENDAR' };
  await as('nadia', async (transaction) => {
    expect(await enqueueMessage(transaction, message('a/1', { caseId, attachment }))).toMatch(
      /^[0-9a-f-]{36}$/,
    );
    // The same cause again, at once or later, is the same message.
    expect(await enqueueMessage(transaction, message('a/1', { caseId }))).toBeUndefined();
  });
  expect(await send()).toEqual({ ...NOTHING, sent: 1 });
  expect(await send()).toEqual(NOTHING);
  expect(carried).toMatchObject([{ channel: 'email', address: 'awa@exemple.test', attachment }]);
  const read = await served.call('caseMessages', 'nadia', { params: { caseId } });
  expect(read.body.messages).toMatchObject([
    { kind: 'appointment_invitation', state: 'sent', leavesAt: null, askedBy: served.world.ids.nadia },
  ]);
  expect((await served.call('caseMessages', 'amine', { params: { caseId } })).status).toBe(404);
});

test('one for later waits for its time, and may be withdrawn until then', async () => {
  const caseId = await caseOf(1);
  const notBefore = '2099-01-01T00:00:00.000Z';
  await as('nadia', (transaction) => enqueueMessage(transaction, message('later', { caseId, notBefore })));
  expect(await send()).toEqual(NOTHING);
  expect(await as('amine', (transaction) => withdrawMessages(transaction, ['later']))).toBe(0);
  expect(await as('paul', (transaction) => withdrawMessages(transaction, ['later']))).toBe(1);
  expect(await as('paul', (transaction) => withdrawMessages(transaction, ['later']))).toBe(0);
});

const ENDS: readonly (readonly [string, string])[] = [
  [
    'closed',
    "UPDATE cases.cases SET pathway = 'closed', outcome = 'training', closed_on = '2025-11-20' WHERE case_id = $1",
  ],
  [
    'restricted',
    `INSERT INTO privacy.requests (kind, case_id, received_on, answered_on, answer, recorded_by)
     SELECT 'objection', $1, '2025-11-01', '2025-11-02', 'granted', person_id FROM access.people LIMIT 1`,
  ],
  [
    'perhaps of somebody dead',
    `UPDATE lists.published_entries SET entry = jsonb_set(entry, '{flags}', '["death_to_check"]')
     WHERE siei = (SELECT siei FROM cases.cases WHERE case_id = $1)`,
  ],
];
test.each(ENDS.map((end, index) => [...end, index] as const))(
  'nothing leaves about a case that is %s by then',
  async (word, sql, index) => {
    const caseId = await caseOf(2 + index);
    await as('nadia', async (transaction) => {
      await enqueueMessage(transaction, message(word, { caseId }));
      await enqueueMessage(transaction, message(`${word} off`, { caseId, kind: 'appointment_cancelled' }));
    });
    await served.owner(sql, [caseId]);
    // That it does not take place is told of a closed case too.
    const isTold = word === 'closed';
    expect(await send()).toEqual({ ...NOTHING, sent: isTold ? 1 : 0, withdrawn: isTold ? 1 : 2 });
    expect(await served.owner('SELECT state FROM contacts.messages WHERE key = $1', [word])).toEqual([
      { state: 'withdrawn' },
    ]);
  },
);

test('a server that does not answer is tried again later and less and less; one that refuses is not', async () => {
  await as('nadia', (transaction) => enqueueMessage(transaction, message('hard')));
  const minutes: number[] = [];
  for (let attempt = 1; attempt < 6; attempt += 1) {
    expect(await send(new Error('nobody answers awa@exemple.test'))).toEqual({ ...NOTHING, again: 1 });
    expect(await send()).toEqual(NOTHING);
    const [row] = await served.owner<{ minutes: number }>(
      `UPDATE contacts.messages m SET not_before = now() FROM contacts.messages old
       WHERE m.key = 'hard' AND old.key = 'hard'
       RETURNING round(extract(epoch FROM old.not_before - now()) / 60)::INT AS minutes`,
    );
    minutes.push(row?.minutes ?? 0);
  }
  expect(minutes).toEqual([5, 15, 45, 135, 405]);
  expect(await send(new Error('still nobody'))).toEqual({ ...NOTHING, failed: 1 });

  await as('nadia', (transaction) => enqueueMessage(transaction, message('refused')));
  expect(await send(new MessageRefused())).toEqual({ ...NOTHING, failed: 1 });
  expect(
    await served.owner('SELECT key, failure FROM contacts.messages WHERE failure IS NOT NULL ORDER BY key'),
  ).toEqual([
    { key: 'hard', failure: 'unreachable' },
    { key: 'refused', failure: 'refused' },
  ]);
});

test('a message that somebody is sending is taken by nobody else', async () => {
  await as('nadia', (transaction) => enqueueMessage(transaction, message('slow')));
  const inside: unknown[] = [];
  await sendDueMessages(served.database, async () => {
    inside.push(await send());
  });
  expect(inside).toEqual([NOTHING]);
});

test('the trail tells what left, of what kind, and no word of it', async () => {
  const told = await served.owner<{ action: string; details: object; subjects: string[] }>(
    "SELECT action, details, subjects FROM audit.entries WHERE actor = 'program:messenger' ORDER BY position",
  );
  expect(told[0]).toMatchObject({
    action: 'message.sent',
    details: { kind: 'appointment_invitation', channel: 'email' },
  });
  expect(told[0]?.subjects).toHaveLength(2);
  expect(JSON.stringify(told)).not.toMatch(/exemple\.test|Bonjour/);
});

test('by SQL as the application’s role: of one’s own platform, in one’s own name, never changed', async () => {
  const refused = (promise: Promise<unknown>) =>
    expect(promise).rejects.toThrow(/permission denied|row-level security/);
  const [own, elsewhere] = [await caseOf(0), await caseOf(10)];
  const add = (who: Somebody, key: string, more: Partial<NewMessage>) =>
    as(who, (transaction) => enqueueMessage(transaction, message(key, more)));
  await refused(add('nadia', 'x1', { caseId: elsewhere }));
  await refused(add('nadia', 'x2', { caseId: elsewhere, platformId: served.world.arras }));
  await refused(add('amine', 'x3', { caseId: own }));
  await refused(add('diane', 'x4', { caseId: own }));
  await refused(add('hugo', 'x5', { caseId: own }));
  const seen = (who: Somebody) =>
    as(who, async (transaction) => (await transaction.query('SELECT FROM contacts.messages')).rowCount);
  expect(await seen('nadia')).toBeGreaterThan(3);
  expect(await seen('amine')).toBe(0);
  expect(await seen('hugo')).toBe(0);
  for (const sql of [
    "UPDATE contacts.messages SET body = 'x'",
    "UPDATE contacts.messages SET address = 'x'",
    'DELETE FROM contacts.messages',
    "SELECT contacts.settle(gen_random_uuid(), 'sent', NULL)",
    'SELECT contacts.may_write_about(gen_random_uuid())',
    'SELECT contacts.may_call_off(gen_random_uuid())',
  ])
    await refused(as('nadia', (transaction) => transaction.query(sql)));
  await as('nadia', (transaction) => enqueueMessage(transaction, message('mine', { caseId: own })));
  await refused(
    as('nadia', (transaction) =>
      transaction.query("UPDATE contacts.messages SET state = 'sent', settled_at = now() WHERE key = 'mine'"),
    ),
  );
});
