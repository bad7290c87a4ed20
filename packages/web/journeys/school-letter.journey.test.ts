import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { overflows, PHONE, signIn, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

interface School {
  readonly school: { readonly hasEmail: boolean; readonly hasHead: boolean } | null;
  readonly questions: readonly object[];
}

/** Somebody to verify whose school nobody can write to by e-mail, as the API says. */
async function findCase(page: Page): Promise<string | undefined> {
  const read = async <T>(path: string) => (await page.request.get(path)).json() as Promise<T>;
  const { platforms } = await read<{ platforms: { platformId: string }[] }>('/api/me');
  const of = `platform=${platforms[0]?.platformId ?? ''}&verification=to_verify&limit=100`;
  const { cases } = await read<{ cases: { caseId: string }[] }>(`/api/cases?${of}`);
  for (const { caseId } of cases) {
    const { school, questions } = await read<School>(`/api/cases/${caseId}/school`);
    if (school && !school.hasEmail && !school.hasHead && questions.length === 0) return caseId;
  }
  return undefined;
}

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
