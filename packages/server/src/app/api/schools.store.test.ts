import { expect, test } from 'vitest';
import { sendDueMessages, sendSchoolQuestions } from '../../modules/contacts/index.ts';
import type { CarriedMessage } from '../../platform/mail/carrier.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { call } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, purposeOf, SCHOOL, type Somebody } from '../testing/test-world.ts';

const OTHER_SCHOOL = '0620002B';
const served = useServedWorld([
  ...people(9),
  ...people(1, 10).map((one) => ({ ...one, commune: ARRAS_COMMUNE })),
]);

const caseOf = async (number: number) => {
  const [row] = await served.owner<{ case_id: string; version: number }>(
    'SELECT case_id, version FROM cases.cases WHERE siei = $1',
    [`TEST${String(number).padStart(6, '0')}AA`],
  );
  if (!row) throw new Error('nobody of that number');
  return { caseId: row.case_id, version: row.version };
};
const ask = async (number: number, who: Somebody = 'nadia') => {
  const { caseId, version } = await caseOf(number);
  return served.call('askSchool', who, { params: { caseId }, body: { version } });
};
/** What left, with what opens its link. */
const mails: (CarriedMessage & { token: string })[] = [];
const send = async (atOnce = true) => {
  await sendSchoolQuestions(served.database, { atOnce });
  mails.length = 0;
  await sendDueMessages(
    served.database,
    async (message) => {
      mails.push({ ...message, token: /#([0-9a-f]{64})/.exec(message.body)?.[1] ?? '' });
    },
    { origin: 'https://raccroche.exemple.test' },
  );
  return mails.map(({ token }) => token);
};
interface Opened {
  readonly school: string | null;
  readonly pupils: { readonly questionId: string; readonly familyName: string }[];
}
const open = async (token: string) =>
  (await call(served.server.api, 'openSchoolLink', { body: { token } })).body as unknown as Opened;
const answer = (token: string, questionId: string, given: object) =>
  call(served.server.api, 'answerSchoolLink', { body: { token, questionId, ...given } });
const setEmail = (uai: string) =>
  served.owner("INSERT INTO contacts.schools (uai, email) VALUES ($1, 'ecole@exemple.test')", [uai]);

test('a school that nobody can write to is told, and nothing is asked; its head and its coordinator give the address', async () => {
  await served.owner('UPDATE cases.cases SET origin_uai = $1 WHERE siei = $2', [
    OTHER_SCHOOL,
    'TEST000008AA',
  ]);
  const refused = await ask(8);
  expect(refused).toMatchObject({ status: 422, body: { code: 'not_possible' } });
  expect(refused.body.detail).toMatch(/Appelez-le, ou écrivez-lui par courrier/);
  const set = (who: Somebody, uai: string, email: string | null = 'Ecole@Exemple.test') =>
    served.call('setSchoolContact', who, { body: { uai, email } });
  expect((await set('nadia', SCHOOL)).status).toBe(403);
  expect((await set('hugo', OTHER_SCHOOL)).status).toBe(403);
  expect((await set('ines', OTHER_SCHOOL)).status).toBe(403);
  expect((await set('hugo', SCHOOL, 'ecole')).status).toBe(400);
  expect((await set('hugo', SCHOOL)).status).toBe(200);
  expect((await set('diane', OTHER_SCHOOL)).status).toBe(200);
  expect((await served.call('schoolContacts', 'hugo')).body.schools).toMatchObject([
    { uai: SCHOOL, email: 'ecole@exemple.test' },
  ]);
  await set('diane', OTHER_SCHOOL, null);
  expect(await served.owner('SELECT uai FROM contacts.schools')).toEqual([{ uai: SCHOOL }]);
});

test('questions to one school leave as one message, without a name; the link shows those asked about alone', async () => {
  expect((await ask(0)).body).toMatchObject({ verification: 'to_verify', verifyAfter: '2025-11-30' });
  expect((await ask(1, 'paul')).status).toBe(200);
  expect((await ask(10, 'amine')).status).toBe(200);
  // Asked once is enough, and whoever waits is out of the series.
  expect((await ask(0)).body.code).toBe('not_possible');
  const series = await served.call('nextToVerify', 'nadia', { query: { platform: served.world.lens } });
  expect(series.body).toMatchObject({ deferred: 2 });
  const [token = ''] = await send();
  expect(mails).toMatchObject([{ channel: 'email', address: 'ecole@exemple.test' }]);
  expect(mails[0]?.body).toContain('la plateforme arras et la plateforme lens'.slice(3));
  expect(mails[0]?.body).not.toMatch(/NOM0|Awa/);
  const { school, pupils } = await open(token);
  expect(school).toBe(`établissement ${SCHOOL}`);
  expect(pupils.map(({ familyName }) => familyName).sort()).toEqual(['NOM000000', 'NOM000001', 'NOM000010']);
  expect(Object.keys(pupils[0] ?? {}).sort()).toEqual([
    'askedBy',
    'familyName',
    'firstNames',
    'lastTraining',
    'leftOn',
    'platform',
    'questionId',
  ]);
  // Of what opens the link the base has a hash.
  const kept = await served.owner(
    `SELECT m.body, encode(t.token_hash, 'hex') AS hash FROM contacts.messages m, contacts.school_link_tokens t`,
  );
  expect(JSON.stringify(kept)).not.toContain(token);
  expect(JSON.stringify(served.server.log)).not.toContain(token);
  expect(await send()).toEqual([]);
});

test('an answer comes back as an event that proposes, and decides nothing; the same again changes nothing', async () => {
  await ask(2);
  const [token = ''] = await send();
  const [pupil] = (await open(token)).pupils;
  const id = pupil?.questionId ?? '';
  expect((await answer(token, id, { answer: 'graduated', place: 'Lens' })).status).toBe(400);
  expect((await answer(token, id, { answer: 'enrolled_elsewhere', place: 'CFA de Lens' })).body).toEqual({
    remaining: 0,
  });
  const { caseId, version } = await caseOf(2);
  expect((await answer(token, id, { answer: 'enrolled_elsewhere', place: 'CFA de Lens' })).status).toBe(200);
  expect((await caseOf(2)).version).toBe(version);
  const detail = (await served.call('caseDetail', 'nadia', { params: { caseId } })).body as {
    timeline: unknown[];
  };
  expect(detail).toMatchObject({ verification: 'to_verify', verifyAfter: null });
  expect(detail.timeline.at(-1)).toMatchObject({
    kind: 'school_answered',
    actor: null,
    details: { school: SCHOOL, answer: 'enrolled_elsewhere', place: 'CFA de Lens' },
  });
  const list = async () =>
    (await served.call('schoolAnswers', 'nadia', { query: { platform: served.world.lens } })).body
      .answers as object[];
  expect(await list()).toMatchObject([
    { answer: 'enrolled_elsewhere', place: 'CFA de Lens', case: { caseId, version } },
  ]);
  expect(
    (await served.call('schoolAnswers', 'amine', { query: { platform: served.world.lens } })).body.answers,
  ).toEqual([]);
  // A slip is corrected within ten minutes; afterwards only thanks are left, and no name.
  expect(await open(token)).toEqual({ school: null, expiresAt: null, pupils: [] });
  expect((await answer(token, id, { answer: 'moved', place: 'Lille' })).status).toBe(200);
  await served.owner(
    "UPDATE contacts.school_questions SET answered_at = now() - INTERVAL '11 minutes' WHERE question_id = $1",
    [id],
  );
  expect((await answer(token, id, { answer: 'graduated' })).body.code).toBe('not_possible');
  const body = { questionId: id };
  expect((await served.call('seeSchoolAnswer', 'amine', { body })).body).toEqual({ seen: false });
  expect((await served.call('seeSchoolAnswer', 'nadia', { body })).body).toEqual({ seen: true });
  expect(await list()).toEqual([]);
});

test('a question that is taken back, or of no use any more, is asked of nobody', async () => {
  const asked = await ask(3);
  const { caseId } = await caseOf(3);
  await served.call('undo', 'nadia', { params: { caseId }, body: { version: asked.body.version } });
  expect(await send()).toEqual([]);
  // Asked again, then the platform finds out by itself: the link shows nobody, and takes no answer.
  await ask(3);
  const [token = ''] = await send();
  const [pupil] = (await open(token)).pupils;
  const { version } = await caseOf(3);
  await served.call('verify', 'nadia', { params: { caseId }, body: { version, decision: 'confirm' } });
  expect((await open(token)).pupils).toEqual([]);
  expect((await answer(token, pupil?.questionId ?? '', { answer: 'no_news' })).body.code).toBe(
    'not_possible',
  );
  const { questions } = (await served.call('caseSchool', 'nadia', { params: { caseId } })).body as {
    questions: { state: string }[];
  };
  expect(questions.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
});

test('a link opens its own questions: not another’s, not once over, not when guessed', async () => {
  await ask(4);
  const [one = ''] = await send();
  await served.owner('UPDATE cases.cases SET origin_uai = $1 WHERE siei = $2', [
    OTHER_SCHOOL,
    'TEST000005AA',
  ]);
  await setEmail(OTHER_SCHOOL);
  await ask(5);
  const [other = ''] = await send();
  const [pupil] = (await open(one)).pupils;
  const [theirs] = (await open(other)).pupils;
  expect([pupil?.familyName, theirs?.familyName]).toEqual(['NOM000004', 'NOM000005']);
  const refused = await answer(one, theirs?.questionId ?? '', { answer: 'no_news' });
  expect(refused).toMatchObject({ status: 422, body: { code: 'not_possible' } });
  // What is guessed is told as what is over: the answer gives nothing away.
  const guessed = 'ab'.repeat(32);
  expect(await open(guessed)).toEqual({ school: null, expiresAt: null, pupils: [] });
  expect((await answer(guessed, pupil?.questionId ?? '', { answer: 'no_news' })).body.detail).toBe(
    refused.body.detail,
  );
  expect((await call(served.server.api, 'openSchoolLink', { body: { token: "' OR 1=1 --" } })).status).toBe(
    400,
  );
  await served.owner(
    `UPDATE contacts.school_links SET expires_at = now() WHERE link_id = (
       SELECT link_id FROM contacts.school_questions WHERE question_id = $1)`,
    [pupil?.questionId],
  );
  expect(await open(one)).toEqual(await open(guessed));
  expect((await answer(one, pupil?.questionId ?? '', { answer: 'no_news' })).status).toBe(422);
});

test('one message a day, one reminder after a week, and no third', async () => {
  await ask(6);
  // A message left today already: this one waits for tomorrow.
  expect(await send(false)).toEqual([]);
  await served.owner(
    "UPDATE contacts.school_links SET made_at = made_at - INTERVAL '8 days', reminded_at = now()",
  );
  const [first = ''] = await send(false);
  await served.owner(
    "UPDATE contacts.school_links SET made_at = made_at - INTERVAL '8 days' WHERE reminded_at IS NULL",
  );
  const [second = ''] = await send(false);
  expect(mails[0]?.subject).toMatch(/^Rappel/);
  // Either message opens it.
  expect(await open(first)).toEqual(await open(second));
  expect(await send(false)).toEqual([]);
});

test('the head sees who is asked about first, answers for those and for any other, and for no other school’s', async () => {
  await ask(7);
  const pupils = async () =>
    (await served.call('schoolPupils', 'hugo')).body.pupils as {
      caseId: string;
      askedAt: string | null;
      mayAnswer: boolean;
      answer: string | null;
    }[];
  const { caseId } = await caseOf(7);
  const before = await pupils();
  expect(before.filter(({ askedAt }) => askedAt !== null).map((one) => one.caseId)).toContain(caseId);
  expect(before.at(0)?.askedAt).not.toBeNull();
  const say = (about: string, given: object, who: Somebody = 'hugo') =>
    served.call('answerAsHead', who, { body: { caseId: about, ...given } });
  expect((await say(caseId, { answer: 'no_news' }, 'nadia')).status).toBe(403);
  expect((await say(caseId, { answer: 'no_news' })).status).toBe(200);
  expect((await pupils()).find((one) => one.caseId === caseId)).toMatchObject({
    askedAt: null,
    answer: 'no_news',
  });
  // Of their own accord, and corrected at once.
  const other = (await caseOf(0)).caseId;
  await served.owner('DELETE FROM contacts.school_questions WHERE case_id = $1', [other]);
  expect((await say(other, { answer: 'moved', place: 'Lille' })).status).toBe(200);
  expect((await say(other, { answer: 'graduated' })).status).toBe(200);
  expect(
    await served.owner('SELECT answer, asked_by FROM contacts.school_questions WHERE case_id = $1', [other]),
  ).toEqual([{ answer: 'graduated', asked_by: null }]);
  const elsewhere = await caseOf(5);
  expect((await say(elsewhere.caseId, { answer: 'no_news' })).body.code).toBe('not_possible');
  const verified = await caseOf(3);
  expect((await say(verified.caseId, { answer: 'no_news' })).body.code).toBe('not_possible');
});

test('the trail has each view and each answer under the name of the link’s school', async () => {
  const lines = await served.owner<{ action: string; purpose: string; subjects: string[] }>(
    `SELECT action, purpose, subjects FROM audit.entries WHERE actor = 'school:${SCHOOL}' ORDER BY position`,
  );
  expect(new Set(lines.map(({ action }) => action))).toEqual(
    new Set(['school_link.opened', 'school_question.answered']),
  );
  expect(lines.every(({ purpose, subjects }) => purpose === 'schooling' && subjects.length > 0)).toBe(true);
  expect(JSON.stringify(lines)).not.toMatch(/NOM0|Lille|[0-9a-f]{64}/);
});

test('by SQL as the application’s role: no link, no hash, no address; questions of one’s own platform alone', async () => {
  const as = (who: Somebody, sql: string, parameters: readonly unknown[] = []) =>
    served.database.transaction(
      {
        role: 'raccroche_app',
        settings: { 'raccroche.session': served.world.tokens[who], 'raccroche.purpose': purposeOf(who) },
      },
      (transaction) => transaction.query(sql, parameters),
    );
  const refused = (promise: Promise<unknown>) =>
    expect(promise).rejects.toThrow(/permission denied|row-level security/);
  for (const sql of [
    'SELECT FROM contacts.school_links',
    'SELECT FROM contacts.school_link_tokens',
    'SELECT FROM contacts.schools',
    "UPDATE contacts.school_questions SET answer = 'graduated'",
    'DELETE FROM contacts.school_questions',
    "SELECT contacts.keep_answer(gen_random_uuid(), 'graduated', NULL, NULL)",
    "SELECT contacts.tell_case(c, 'x', 'graduated', NULL, NULL) FROM cases.cases c",
  ])
    await refused(as('nadia', sql));
  const seen = async (who: Somebody) => (await as(who, 'SELECT FROM contacts.school_questions')).rowCount;
  expect(await seen('nadia')).toBeGreaterThan(3);
  expect([await seen('amine'), await seen('lea'), await seen('hugo'), await seen('olga')]).toEqual([
    1, 0, 0, 0,
  ]);
  const elsewhere = await caseOf(10);
  await refused(
    as('nadia', 'INSERT INTO contacts.school_questions (case_id, case_version, uai) VALUES ($1, 1, $2)', [
      elsewhere.caseId,
      SCHOOL,
    ]),
  );
});
