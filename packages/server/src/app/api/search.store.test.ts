import type { CaseDetail } from '@raccroche/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actsOn } from '../testing/case-acts.ts';
import { type OpenedWorld, openPublishedWorld } from '../testing/published-world.ts';
import { createTestApi, type TestApi } from '../testing/test-api.ts';
import { people } from '../testing/test-campaign.ts';
import { ARRAS_COMMUNE, FREE_COMMUNE, type Somebody } from '../testing/test-world.ts';

let published: OpenedWorld;
let server: TestApi;
let on: ReturnType<typeof actsOn>;
const named = (number: number, familyName: string, firstName: string, birthDate = '2005-03-04') => ({
  siei: `NAME${String(number).padStart(6, '0')}AA`,
  familyName,
  firstName,
  birthDate,
});
/** More than are looked at closer, who all stand before ROBINOT Zoe. */
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    named(100 + index, 'ROBERT', `Paul${LETTERS[index % 26] ?? ''}`),
  );
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
beforeAll(async () => {
  published = await openPublishedWorld([
    ...people(30),
    named(1, 'Diallo', 'Awa', '2008-05-06'),
    named(2, 'DIALLO', 'Binta'),
    named(3, 'Thibault', 'Jérémy'),
    named(4, 'Le Gall', 'Noël'),
    { ...named(5, 'Diallo', 'Omar'), commune: ARRAS_COMMUNE },
    { ...named(6, 'Diallo', 'Fanta'), commune: FREE_COMMUNE },
    named(7, 'MARTIN', 'Awa'),
    named(8, 'MERTIN', 'Paul'),
    ...many(120),
    named(9, 'ROBINOT', 'Zoe', '2009-01-02'),
  ]);
  server = createTestApi(published.database);
  on = actsOn(server, published);
});
afterAll(async () => {
  await server.api.close();
  await published.close();
});

const search = async (q: string, who: Somebody = 'nadia') => {
  const { status, body } = await on.call('search', who, { query: { q } });
  expect(status).toBe(200);
  const found = body.found as { case: { familyName: string; firstNames: string[] }; exact: boolean }[];
  return found.map((one) => `${one.case.firstNames[0] ?? ''} ${one.case.familyName}`);
};

describe('search finds', () => {
  test.each([
    ['diallo awa', ['Awa Diallo']],
    ['awa diallo', ['Awa Diallo']],
    ['Dialo', ['Awa Diallo', 'Binta DIALLO']],
    ['awa dia 2008', ['Awa Diallo']],
    ['diallo 06/05/2008', ['Awa Diallo']],
    ['tibo', ['Jérémy Thibault']],
    ['jeremi thibaud', ['Jérémy Thibault']],
    ['legall', ['Noël Le Gall']],
    ['noel le gall', ['Noël Le Gall']],
    ['idallo', ['Awa Diallo', 'Binta DIALLO']],
    ['name000003aa', ['Jérémy Thibault']],
    ['zzzz', []],
    // Somebody else bears the word as it was written.
    ['mertin awa', ['Awa MARTIN']],
    ['mertin paul', ['Paul MERTIN']],
    ['mertin', ['Paul MERTIN']],
    // Three letters make no mistake.
    ['mertin ewa', []],
    ['jsremy thibault', ['Jérémy Thibault']],
    // Both with a mistake in their first half.
    ['ehibault jsremy', ['Jérémy Thibault']],
    // One of the last of many who answer as well.
    ['rob 2009', ['Zoe ROBINOT']],
    ['rob zoe', ['Zoe ROBINOT']],
    ['rob 02/01/2009', ['Zoe ROBINOT']],
  ])('« %s »', async (q, expected) => {
    expect(await search(q)).toEqual(expected);
  });

  test('the first by name of those who answer as well', async () => {
    const found = await search('rob');
    expect(found).toHaveLength(20);
    expect(found.map((name) => name.slice(4, 5)).join('')).toBe('aaaaabbbbbcccccddddd');
  });

  test('those whom one may see, and nobody else', async () => {
    expect(await search('diallo', 'amine')).toEqual(['Omar Diallo']);
    expect(await search('diallo', 'lea')).toEqual([]);
    expect(await search('diallo', 'diane')).toHaveLength(4);
    expect(await search('name000005aa', 'nadia')).toEqual([]);
  });

  test('by telephone, also one that was added; who shares it is told', async () => {
    expect(await search('03 21 00 00 00')).toHaveLength(20);
    const [thibault] = [await on.caseOf('NAME000003AA')];
    await on.act('markContact', thibault.caseId, { mark: 'added', kind: 'phone', value: '06 00 00 00 03' });
    expect(await search('+33 6 00 00 00 03')).toEqual(['Jérémy Thibault']);
    const { samePhone } = (await on.open(thibault.caseId)) satisfies CaseDetail;
    expect(samePhone.every(({ phone, caseId }) => phone === '0321000000' && caseId !== thibault.caseId)).toBe(
      true,
    );
    expect(samePhone).toHaveLength(20);
  });

  test('the trail tells whom, never what was typed', async () => {
    await search('diallo awa');
    const { rows } = await published.database.transaction({}, (transaction) =>
      transaction.query<{ line: string }>(
        "SELECT e::TEXT AS line FROM audit.entries e WHERE action = 'case.searched' ORDER BY at DESC LIMIT 1",
      ),
    );
    expect(rows[0]?.line).not.toMatch(/diallo/i);
    expect(rows[0]?.line).toContain((await on.caseOf('NAME000001AA')).caseId);
  });
});
