import { describe, expect, test } from 'vitest';
import { enterAs, signIn, violations } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();

describe('more than a day allows', () => {
  test('is asked for where one is stopped, granted by the co-leader with a reason, and told', async () => {
    const asking = await open();
    await signIn(asking, 'Nadia');
    const refusal = { status: 429, code: 'quota_reached', title: '', reference: 'r1' };
    await asking.route('**/api/cases?**', (route) =>
      route.fulfill({ status: 429, contentType: 'application/problem+json', body: JSON.stringify(refusal) }),
    );
    // As if nothing were left: the names of the demonstration are too few to use up a day.
    await asking.route('**/api/quotas', async (route) => {
      const response = await route.fetch();
      const { allowances } = (await response.json()) as { allowances: { kind: string; left: number }[] };
      const used = allowances.map((one) => (one.kind === 'listing' ? { ...one, left: 0 } : one));
      await route.fulfill({ json: { allowances: used } });
    });
    await asking.goto('/liste');
    await asking.getByText('C’est assez pour aujourd’hui').waitFor();
    await asking.getByLabel('Pour quoi faire ?').selectOption('absence');
    await asking.getByRole('button', { name: 'Demander à en faire plus' }).click();
    await asking.getByText('Votre demande est partie').waitFor();
    expect(await violations(asking)).toEqual([]);

    const answering = await open();
    await signIn(answering, 'Fatou');
    await answering.locator('summary', { hasText: 'nouvel avertissement' }).click();
    await answering.getByRole('link', { name: /^Avertissements/ }).click();
    await answering.getByText('pour tenir les dossiers d’une personne absente').waitFor();
    await answering.getByRole('button', { name: /^Répondre à Nadia/ }).click();
    const form = answering.getByRole('form', { name: /^Répondre à Nadia/ });
    await form.getByLabel(/^De plus/).fill('500');
    await form.getByLabel(/^Pourquoi/).fill('Deux collègues absents cette semaine.');
    expect(await violations(answering)).toEqual([]);
    await form.getByRole('button', { name: 'Répondre', exact: true }).click();
    await answering.getByText(/500 de plus, ce jour-là par Fatou/).waitFor();

    await asking.goto('/avertissements');
    await asking.getByText('Plus est accordé, pour ce jour seul.').waitFor();
    await asking.getByText('nouveau', { exact: true }).waitFor();
    // Once read it is new no more.
    await asking.goto('/avertissements');
    await asking.getByText('Plus est accordé, pour ce jour seul.').waitFor();
    expect(await asking.getByText('nouveau', { exact: true }).count()).toBe(0);
  });
});

/** A request of somebody called so, as the server tells it. */
const request = (index: number, familyName: string, wanted = 'access') => ({
  requestId: `00000000-0000-4000-8000-00000000000${index}`,
  wanted,
  case: {
    caseId: `00000000-0000-4000-9000-00000000000${index}`,
    version: 1,
    familyName,
    firstNames: ['Awa'],
  },
  askedOn: '2025-11-20',
  expiresOn: '2025-12-04',
  askedBy: 'Marc',
  forPlatform: 'Plateforme d’Arras',
});

describe('a list that has pages', () => {
  /** Answers the first page, then the page after `mark`; what is asked of each. */
  async function paged(who: string, path: string, pages: readonly [object, object], mark: string) {
    const page = await open();
    await enterAs(page, who);
    await page.route(`**/api/${path}**`, (route) => {
      const isSecond = new URL(route.request().url()).searchParams.get('after') === mark;
      return route.fulfill({ json: pages[isSecond ? 1 : 0] });
    });
    return page;
  }

  test('requests of other platforms: the next ones are brought, below those that are there', async () => {
    const [first, second] = [request(1, 'Premier'), request(2, 'Second')];
    const page = await paged(
      'Nadia',
      'case-requests',
      [
        { requests: [first], next: first.requestId },
        { requests: [second], next: null },
      ],
      first.requestId,
    );
    await page.goto('/ma-journee');
    await page.getByRole('link', { name: 'Premier Awa' }).waitFor();
    expect(await page.getByRole('link', { name: 'Second Awa' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Les suivantes' }).click();
    await page.getByRole('link', { name: 'Second Awa' }).waitFor();
    await page.getByRole('link', { name: 'Premier Awa' }).waitFor();
    expect(await page.getByRole('button', { name: 'Les suivantes' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  test('notices of others: the older ones too', async () => {
    const notice = (noticeId: number, familyName: string) => ({
      noticeId,
      kind: 'found',
      caseId: '00000000-0000-4000-9000-000000000001',
      familyName,
      firstNames: ['Awa'],
      at: '2025-11-20T10:00:00.000Z',
      askedBy: '00000000-0000-4000-9000-000000000002',
      seenAt: null,
    });
    const page = await paged(
      'Nadia',
      'case-notices',
      [
        { notices: [notice(9, 'Recent')], next: 9 },
        { notices: [notice(3, 'Ancien')], next: null },
      ],
      '9',
    );
    await page.goto('/ma-journee');
    await page.getByRole('link', { name: 'Awa Recent' }).waitFor();
    await page.getByRole('button', { name: 'Plus anciens' }).click();
    await page.getByRole('link', { name: 'Awa Ancien' }).waitFor();
    expect(await page.getByRole('button', { name: 'Plus anciens' }).count()).toBe(0);
  });

  test('what is asked of the coordination: access is granted, a transfer is not hers to grant', async () => {
    const [access, transfer] = [request(1, 'Premier'), request(2, 'Second', 'transfer')];
    const page = await paged(
      'Diane',
      'department-requests',
      [
        { requests: [access], next: access.requestId },
        { requests: [transfer], next: null },
      ],
      access.requestId,
    );
    const answered: unknown[] = [];
    await page.route('**/api/department-requests/*/answer', (route) => {
      answered.push(route.request().postDataJSON());
      return route.fulfill({ json: { answered: true } });
    });
    await page.goto('/avertissements');
    await page.getByRole('heading', { name: /^Demandes à la coordination/ }).waitFor();
    await page.getByRole('button', { name: 'Les suivantes' }).click();
    await page.getByText('le dossier rejoindra celle qui la prendra').waitFor();
    expect(await page.getByRole('button', { name: 'Transférer' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Accorder' }).click();
    await page.getByText('Accès accordé ; l’autre plateforme est prévenue.').waitFor();
    expect(answered).toEqual([{ answer: 'granted' }]);
  });
});
