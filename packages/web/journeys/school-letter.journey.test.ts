import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { overflows, PHONE, signIn, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

/** Somebody to verify whose school nobody can write to by e-mail, as the API says. */
const findCase = (page: Page): Promise<string | undefined> =>
  page.evaluate(async () => {
    const read = async (path: string) =>
      (await fetch(path, { cache: 'no-store' })).json() as Promise<unknown>;
    const { platforms } = (await read('/api/me')) as { platforms: { platformId: string }[] };
    const { cases } = (await read(
      `/api/cases?platform=${platforms[0]?.platformId ?? ''}&verification=to_verify&limit=200`,
    )) as { cases: { caseId: string }[] };
    for (const { caseId } of cases) {
      const { school, questions } = (await read(`/api/cases/${caseId}/school`)) as {
        school: { hasEmail: boolean; hasHead: boolean } | null;
        questions: object[];
      };
      if (school && !school.hasEmail && !school.hasHead && questions.length === 0) return caseId;
    }
    return undefined;
  });

test('a school without an e-mail address is asked by a letter; its code, typed on a phone, opens the questions', async () => {
  const page = await open();
  await signIn(page, 'Nadia');
  const caseId = await findCase(page);
  expect(caseId).toBeDefined();
  await page.goto(`/dossiers/${caseId ?? ''}`);
  await page.getByRole('button', { name: 'Demander par courrier' }).click();
  await page.getByRole('button', { name: 'Préparer la lettre à imprimer' }).click();
  const code = (await page.locator('.letter-code').textContent()) ?? '';
  expect(code).toMatch(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
  expect(await violations(page)).toEqual([]);

  const school = await open({ size: PHONE });
  await school.goto('/reponse-etablissement');
  const field = school.getByLabel('Le code de la lettre');
  await field.fill('00000-00000-00000-00000');
  await school.getByRole('button', { name: 'Continuer' }).tap();
  await school.getByText('Ce code ne demande rien').waitFor();
  await field.fill(code.toLowerCase().replaceAll('-', ' '));
  await school.getByRole('button', { name: 'Continuer' }).tap();
  await school.getByRole('article').waitFor();
  expect([...(await violations(school)), await overflows(school)]).toEqual([false]);
  await school.getByRole('button', { name: 'A déménagé' }).tap();
  await school.getByText('Merci, tout est répondu.').waitFor();
});
