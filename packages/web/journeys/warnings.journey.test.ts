import { describe, expect, test } from 'vitest';
import { signIn, violations } from './testing/browser.ts';
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
