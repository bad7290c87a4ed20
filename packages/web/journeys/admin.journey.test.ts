import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { today } from '../src/client/clock.ts';
import { addDays } from '../src/words/dates.ts';
import { enterAs, PHONE } from './testing/browser.ts';
import { browserForFile } from './testing/browser-for-file.ts';

const { open } = browserForFile();
/** A campaign of the demonstration, on a machine that does other things too. */
const CAMPAIGN_MS = 240_000;

interface Named {
  readonly familyName: string;
  readonly firstNames: readonly string[];
  readonly birthDate: string;
}

async function enter(who: string, path: string, options: Parameters<typeof open>[0] = {}): Promise<Page> {
  const page = await open(options);
  await enterAs(page, who);
  await page.goto(path);
  return page;
}

/** So many days from today, as a date field takes it. */
const later = (days: number) => addDays(today(), days);

describe('a co-leader answers for who works on the platform', () => {
  test('invites somebody, is told what it opens, hands the address over, thinks better of it', async () => {
    const page = await enter('Fatou', '/reseau');
    await page.getByRole('button', { name: 'Inviter quelqu’un' }).click();
    const form = page.getByRole('form', { name: 'Inviter quelqu’un' });
    await form.getByText('Noter ce qui est fait').waitFor();
    await form.getByLabel('Rôle').selectOption({ label: 'Structure qui propose une solution' });
    await form.getByText('Aucun dossier.').waitFor();
    await form.getByLabel('Adresse électronique').fill('zoe@exemple.test');
    await form.getByLabel('Structure qui l’emploie').selectOption('Association');
    await form.getByRole('button', { name: 'Inviter', exact: true }).click();
    const address = await page.getByLabel('Adresse à remettre').inputValue();
    expect(address).toMatch(/^http:\/\/[\d.:]+\/api\/sign-in\?invitation=[0-9a-f]{64}$/);
    await page.getByRole('button', { name: 'Terminé' }).click();
    await page.getByRole('button', { name: 'Retirer l’invitation de zoe@exemple.test' }).click();
    await page.getByText('Invitation de zoe@exemple.test retirée').waitFor();
    await page.getByRole('heading', { name: 'Invitations en attente' }).waitFor({ state: 'detached' });
  });

  test('gives a second factor on the way, and finds what was typed', async () => {
    const page = await enter('Fatou', '/reseau?faire=inviter');
    const refusal = { status: 403, code: 'stronger_sign_in_needed', title: '', reference: 'r1' };
    await page.route(
      '**/api/invitations',
      (route) =>
        route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          body: JSON.stringify(refusal),
        }),
      { times: 1 },
    );
    let asked = '';
    await page.route('**/api/sign-in?**', (route) => {
      asked = route.request().url();
      const location = new URL(asked).searchParams.get('returnTo') ?? '';
      return route.fulfill({ status: 302, headers: { location } });
    });
    await page.getByLabel('Adresse électronique').fill('yann@exemple.test');
    await page.getByLabel('Structure qui l’emploie').selectOption('CIO');
    await page.getByRole('button', { name: 'Inviter', exact: true }).click();
    await page.getByText('Confirmez d’abord que c’est bien vous.').waitFor();
    await page.getByRole('button', { name: 'Confirmer mon identité' }).click();
    await page.getByText('C’est confirmé.').waitFor();
    expect(new URL(asked).searchParams.get('strong')).toBe('true');
    expect(await page.getByLabel('Adresse électronique').inputValue()).toBe('yann@exemple.test');
    // Taken out once: nothing of it stays in the browser.
    expect(await page.evaluate(() => sessionStorage.getItem('raccroche.saisie'))).toBeNull();
    await page.getByRole('button', { name: 'Inviter', exact: true }).click();
    await page.getByRole('heading', { name: 'Invitation faite' }).waitFor();
    await page.getByRole('button', { name: 'Terminé' }).click();
    await page.getByRole('button', { name: 'Retirer l’invitation de yann@exemple.test' }).click();
    await page.getByText('Invitation de yann@exemple.test retirée').waitFor();
  });

  test('on a phone: answers for a right once more, sets its end, and reads what taking it away does', async () => {
    const page = await enter('Fatou', '/reseau', { size: PHONE });
    await page.getByRole('button', { name: 'Toujours justifié : Olga' }).click();
    await page.getByText('Vous avez répondu du droit de Olga.').waitFor();
    await page.getByRole('button', { name: 'Durée : Olga' }).click();
    const form = page.getByRole('form', { name: 'Durée du droit de Olga' });
    await form.getByLabel('Dernier jour du droit').fill(later(400));
    await form.getByRole('button', { name: 'Fixer cette durée' }).click();
    await page.getByText(/Jusqu’au \d\d\/\d\d\/\d{4}/).waitFor();
    await page.getByRole('button', { name: 'Retirer : Olga' }).click();
    await page.getByText('Olga ne verra plus rien ici, à l’instant').waitFor();
    await page.getByRole('button', { name: 'Ne pas retirer' }).click();
  });

  test('is replaced for a week by a colleague, who is told; either ends it', async () => {
    const page = await enter('Fatou', '/reseau/remplacements');
    await page.getByRole('button', { name: 'Me faire remplacer' }).click();
    const form = page.getByRole('form', { name: 'Remplacement' });
    await form.getByLabel('Par qui').selectOption({ label: 'Thomas (CIO)' });
    await form.getByLabel('Du', { exact: true }).fill(later(3));
    await form.getByLabel('Au (compris)').fill(later(10));
    await form.getByRole('button', { name: 'Enregistrer le remplacement' }).click();
    await page.getByText('Thomas vous remplacera').waitFor();
    const thomas = await enter('Thomas', '/reseau/remplacements');
    await thomas.getByText('Vous remplacerez Fatou').waitFor();
    await thomas.getByRole('button', { name: 'Y mettre fin' }).click();
    await thomas.getByText('Vous ne remplacez personne').waitFor();
  });
});

describe('the network is drawn where it is decided', () => {
  test('the région writes an act for an organisation that nobody knew, then ends it', async () => {
    const page = await enter('René', '/reseau/plateformes');
    await page.getByRole('link', { name: 'Plateforme de Calais' }).click();
    await page.getByRole('button', { name: 'Enregistrer un acte' }).click();
    const form = page.getByRole('form', { name: 'Enregistrer un acte' });
    await form.getByLabel('Structure désignée').selectOption('Une autre, à ajouter');
    await form.getByLabel('Nom de la structure').fill('E2C du Calaisis');
    await form.getByLabel('Référence de l’acte').fill('arrêté 2026-301');
    await form.getByLabel('Signé le').fill(later(-3));
    await form.getByLabel('Vaut à partir du').fill(later(0));
    await form.getByRole('button', { name: 'Enregistrer l’acte' }).click();
    await page.getByText('arrêté 2026-301').waitFor();
    await page.getByRole('button', { name: 'Fixer la fin : E2C du Calaisis' }).click();
    await page
      .getByRole('form', { name: 'Fin de la désignation' })
      .getByLabel('Dernier jour')
      .fill(later(20));
    await page.getByRole('button', { name: 'Fixer ce dernier jour' }).click();
    await page.getByText('à renouveler').waitFor();
    await page.getByRole('link', { name: 'Toutes les plateformes' }).click();
    await page.getByText('E2C du Calaisis : désignation finie le').waitFor();
  });

  test('the coordination moves communes from a day on, told from whom they are taken', async () => {
    const page = await enter('Diane', '/reseau/plateformes');
    await page.getByRole('link', { name: 'Plateforme de Lens' }).click();
    await page.getByRole('button', { name: 'Changer la zone' }).click();
    const form = page.getByRole('form', { name: 'Changer la zone' });
    await form.getByLabel('À partir du').fill(later(30));
    await form.getByText('Coller une liste').click();
    await form.getByLabel('Une commune par ligne').fill('62041 Arras\nSaint-Laurent-Blangy\nNulle-Part');
    await form.getByRole('button', { name: 'Prendre ces communes' }).click();
    await form.getByText('2 communes trouvées').waitFor();
    await form.getByText('2 communes quittent Plateforme d’Arras : Arras, Saint-Laurent-Blangy.').waitFor();
    await form.getByLabel('Chercher une commune').fill('lens');
    await form.getByLabel(/^Lens/).uncheck();
    await form.getByText('1 commune part').waitFor();
    await form.getByLabel(/^Lens/).check();
    await form.getByRole('button', { name: 'Changer la zone' }).click();
    await page.getByText('Ce qui a changé et changera').click();
    await page.getByText('Arrivent : Arras, Saint-Laurent-Blangy').waitFor();
  });

  test('an adviser sees the network and changes nothing of it', async () => {
    const page = await enter('Nadia', '/reseau');
    await page.getByText('personne-03@exemple.test').waitFor();
    expect(await page.getByRole('button', { name: /Inviter|Retirer|Durée/ }).count()).toBe(0);
    await page.goto('/reseau/plateformes');
    await page.getByRole('link', { name: 'Plateforme de Lens' }).click();
    await page.getByText('50 communes aujourd’hui').waitFor();
    expect(await page.getByRole('button', { name: /Changer|Enregistrer/ }).count()).toBe(0);
  });
});

describe('data protection', () => {
  test('finds who opened a case, by the young person and by the professional', async () => {
    const nadia = await enter('Nadia', '/liste');
    await nadia.getByRole('row').nth(1).getByRole('link').click();
    await nadia.locator('dialog h1').waitFor();
    const page = await enter('David', '/administration');
    await page.getByText('Que cherchez-vous ?').waitFor();
    await page.getByText('Par qui ?').click();
    await page.getByLabel('Nom ou adresse d’un professionnel').fill('nad');
    await page.getByRole('button', { name: 'Retrouver', exact: true }).click();
    await page.getByRole('button', { name: 'Nadia' }).click();
    await page.getByLabel('Genre d’acte').selectOption({ label: 'Dossiers ouverts' });
    const [row] = [page.getByRole('row').nth(1)];
    await row.getByText('A ouvert le dossier').waitFor();
    await row.getByRole('button').first().click();
    await page
      .getByRole('button', { name: /ne plus chercher cela/ })
      .nth(1)
      .waitFor();
    await page.getByLabel('Genre d’acte').selectOption('Recherches dans la trace');
    await page
      .getByText('Rien de tel dans la trace.')
      .or(page.getByText('A cherché dans la trace'))
      .first()
      .waitFor();
  });

  test('records a request, is told its clock, extracts, answers', async () => {
    const nadia = await enter('Nadia', '/aide');
    const read = async <T>(path: string) => (await (await nadia.request.get(path)).json()) as T;
    const { platforms } = await read<{ platforms: { platformId: string }[] }>('/api/me');
    const { cases } = await read<{ cases: Named[] }>(`/api/cases?platform=${platforms[0]?.platformId ?? ''}`);
    const one = cases[0] ?? { familyName: '', firstNames: [], birthDate: '' };
    const page = await enter('David', '/administration/demandes');
    await page.getByRole('button', { name: 'Enregistrer une demande' }).click();
    await page.getByLabel('Nom de famille').fill(one.familyName);
    await page.getByLabel('Un prénom').fill(one.firstNames[0] ?? '');
    await page.getByLabel('Date de naissance').fill(one.birthDate);
    await page.getByRole('button', { name: 'Retrouver ses dossiers' }).click();
    await page.getByRole('button', { name: /^Dossier / }).click();
    expect(page.url()).not.toContain(one.familyName);
    await page.getByLabel('J’ai vérifié').check();
    await page.getByRole('button', { name: 'Enregistrer la demande' }).click();
    await page.getByText(/réponse due le/).waitFor();
    await page.getByRole('button', { name: 'Prolonger de deux mois' }).click();
    await page.getByText(/jours, prolongée/).waitFor();
    await page.getByRole('button', { name: 'Extraire ce qui est tenu' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Télécharger' }).click();
    expect((await download).suggestedFilename()).toMatch(/^acces-[0-9a-f-]{36}\.json$/);
    await page.getByRole('button', { name: 'Répondre : accès' }).click();
    await page.getByRole('button', { name: 'Noter cette réponse' }).click();
    await page.getByText(/acceptée le/).waitFor();
  });

  test('reads the terms and takes the register', async () => {
    const page = await enter('David', '/administration/durees');
    await page.getByText('90 jours, à compter de').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Télécharger le registre' }).click();
    expect((await download).suggestedFilename()).toBe('registre.md');
  });
});

describe('the national administration', () => {
  test('gives rights over the country, and sees what the program does by itself', async () => {
    const page = await enter('Anne', '/reseau?territoire=nation:FR');
    await page.getByText('personne-11@exemple.test').waitFor();
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('link', { name: 'Travaux' }).click();
    await page.getByRole('heading', { name: 'Travaux' }).waitFor();
    await page
      .getByText(/Aucun travail|\d\strava(il|ux)/)
      .first()
      .waitFor();
    await page.goto('/administration/demandes');
    await page.getByText('Vous n’avez pas accès à « Demandes des personnes ».').waitFor();
  });

  test('reads what was received, and has a message ready for a sender', async () => {
    const page = await enter('Anne', '/administration/livraisons');
    await page.getByRole('table').waitFor();
    await page.getByLabel(/^À signaler/).check();
    await page.getByText('Message pour l’émetteur').first().click();
    await page
      .getByText(/Bonjour,[\s\S]*n’ont pas pu être prises/)
      .first()
      .waitFor();
  });

  test('runs a campaign, sees what changed, looks at twenty names, and reads what publishing does', async () => {
    const page = await enter('Anne', '/administration');
    await page.getByRole('button', { name: 'Lancer une campagne' }).click();
    const form = page.getByRole('form', { name: 'Lancer une campagne' });
    await form.getByLabel('Nom').fill('essai');
    await form.getByLabel('Date de référence').fill('2025-11-16');
    await form.getByLabel('Comparer à').selectOption({ label: 'campagne, au 15/11/2025' });
    await form.getByRole('button', { name: 'Lancer', exact: true }).click();
    await page.getByText(/Étape \d sur 6/).waitFor();
    await page.getByRole('button', { name: 'Publier essai' }).waitFor({ timeout: CAMPAIGN_MS });
    await page.getByText('Depuis la liste du 15/11/2025').waitFor();
    await page.getByRole('button', { name: 'Regarder vingt noms de essai' }).click();
    await page.getByText('la trace dira que vous les avez vus').waitFor();
    await page.getByRole('button', { name: 'Tirer vingt noms' }).click();
    await page.getByText('20 personnes tirées au sort.').waitFor();
    expect(await page.getByRole('table').getByRole('row').count()).toBe(21);
    await page.getByRole('button', { name: 'Publier essai' }).click();
    await page.getByText('Tout ou rien, et une fois').waitFor();
    await page.getByLabel('Quelques départements').check();
    await page.getByLabel('Pas-de-Calais (62)').check();
    await page.getByText('dans 1 département', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Ne pas publier' }).click();
    await page.getByRole('button', { name: 'Reprendre la publication de campagne' }).click();
    const back = page.getByRole('form', { name: 'Reprendre campagne' });
    await back.getByText('retirés : elle les avait ouverts').waitFor();
    await back.getByText('quelqu’un y a agi depuis').waitFor();
    await back.getByRole('button', { name: 'Ne pas reprendre' }).click();
    await page.getByRole('heading', { name: 'Campagnes' }).waitFor();
  }, 300_000);
});
