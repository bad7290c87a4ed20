import { LETTER_CODE, readLetterCode, writeLetterCode } from '@raccroche/contract';
import { expect, test } from 'vitest';
import { sendDueMessages, sendSchoolQuestions } from '../../modules/contacts/index.ts';
import { useServedWorld } from '../testing/served-world.ts';
import { call } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, type Somebody } from '../testing/test-world.ts';

const FAR_SCHOOL = '0620002B';
const served = useServedWorld([
  ...people(3),
  ...people(1, 10).map((one) => ({ ...one, commune: ARRAS_COMMUNE })),
]);
const caseOf = async (number: number) => {
  const [row] = await served.owner<{ case_id: string; version: number }>(
    `UPDATE cases.cases SET origin_uai = $2 WHERE siei = $1 RETURNING case_id, version`,
    [`TEST${String(number).padStart(6, '0')}AA`, FAR_SCHOOL],
  );
  if (!row) throw new Error('nobody of that number');
  return { caseId: row.case_id, version: row.version };
};
const ask = async (number: number, letter: boolean, who: Somebody = 'nadia') => {
  const { caseId, version } = await caseOf(number);
  const { status } = await served.call('askSchool', who, { params: { caseId }, body: { version, letter } });
  return { caseId, status };
};
const print = (who: Somebody, caseId: string, headers: Record<string, string> = {}) =>
  served.call('schoolLetter', who, { params: { caseId }, headers });
const open = async (token: string) =>
  (await call(served.server.api, 'openSchoolLink', { body: { token } })).body as unknown as {
    pupils: { questionId: string; familyName: string }[];
  };
const names = async (token: string) => (await open(token)).pupils.map(({ familyName }) => familyName).sort();

test('a school without an address is asked by a letter: one code for what its platform asks, and no name on it', async () => {
  expect((await ask(0, false)).status).toBe(422);
  const { caseId } = await ask(0, true);
  await ask(1, true);
  expect((await ask(10, true, 'amine')).status).toBe(200);
  const printed = await print('nadia', caseId);
  expect(printed).toMatchObject({
    status: 200,
    body: { school: `établissement ${FAR_SCHOOL}`, uai: FAR_SCHOOL, platform: 'lens', questions: 2 },
  });
  const code = String(printed.body.secret);
  expect(code).toMatch(LETTER_CODE);
  expect(readLetterCode(writeLetterCode(code).toLowerCase())).toBe(code);
  expect(JSON.stringify(printed.body)).not.toMatch(/NOM0|Awa/);
  expect(await names(code)).toEqual(['NOM000000', 'NOM000001']);
  // Of the code the base has a hash; no log has it.
  const tokens = await served.owner<{ hash: string }>(
    "SELECT encode(token_hash, 'hex') AS hash FROM contacts.school_link_tokens",
  );
  expect(tokens).toHaveLength(1);
  expect(JSON.stringify([tokens, served.server.log])).not.toContain(code);
  const [line] = await served.owner<{ subjects: string[]; actor: string }>(
    "SELECT subjects, actor FROM audit.entries WHERE action = 'school_letter.printed'",
  );
  expect(line?.subjects).toHaveLength(2);
  expect(line?.actor).toBe(served.world.ids.nadia);
});

test('another letter adds what was asked since, and the first still answers; a colleague’s platform has its own', async () => {
  const { caseId } = await ask(2, true);
  const first = String((await print('nadia', caseId)).body.secret);
  const second = String((await print('paul', caseId)).body.secret);
  expect(second).not.toBe(first);
  expect(await names(first)).toEqual(['NOM000000', 'NOM000001', 'NOM000002']);
  expect(await names(second)).toEqual(await names(first));
  const elsewhere = await caseOf(10);
  expect((await print('nadia', elsewhere.caseId)).status).toBe(404);
  expect((await print('hugo', elsewhere.caseId)).status).toBe(403);
  expect(await names(String((await print('amine', elsewhere.caseId)).body.secret))).toEqual(['NOM000010']);
  // Their names sort alike: in the order of the questions, which is drawn.
  const question = (await open(first)).pupils.find(({ familyName }) => familyName === 'NOM000000');
  const given = { questionId: question?.questionId ?? '', answer: 'graduated' };
  const { body } = await call(served.server.api, 'answerSchoolLink', { body: { token: first, ...given } });
  expect(body).toEqual({ remaining: 2 });
});

test('a code is shown once, answers for six weeks, and may be printed again when they are over', async () => {
  const { caseId } = await caseOf(2);
  const key = { 'idempotency-key': 'letter-0001-0002-0003' };
  const code = String((await print('nadia', caseId, key)).body.secret);
  expect((await print('nadia', caseId, key)).body.secret).toBe('');
  await served.owner('UPDATE contacts.school_links SET expires_at = now()');
  expect(await names(code)).toEqual([]);
  const again = String((await print('nadia', caseId)).body.secret);
  expect(await names(again)).toEqual(['NOM000001', 'NOM000002']);
  expect(await names(code)).toEqual([]);
});

test('once the school has an address nothing is printed, and what left on paper is not sent again', async () => {
  await served.owner("INSERT INTO contacts.schools (uai, email) VALUES ($1, 'ecole@exemple.test')", [
    FAR_SCHOOL,
  ]);
  const { caseId } = await caseOf(2);
  expect((await print('nadia', caseId)).body.code).toBe('not_possible');
  expect(await sendSchoolQuestions(served.database, { atOnce: true })).toBe(0);
  const sent = await sendDueMessages(served.database, async () => undefined, {
    origin: 'https://exemple.test',
  });
  expect(sent.sent).toBe(0);
});
