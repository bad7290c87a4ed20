import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ROUTES } from '@raccroche/contract';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { UnpackedBrowser } from './unpack-browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };
/** The narrowest that WCAG 2.2 (1.4.10) asks for. */
export const NARROWEST = { width: 320, height: 640 };

export interface PageOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
  /** The guided tour is offered, as to somebody who comes for the first time. */
  readonly offersTour?: boolean;
  /** What the console will complain of because the test asks for it. */
  readonly expects?: RegExp;
}

export interface OpenedPage {
  readonly page: Page;
  /** What the console and the page complained of, besides the refusals that the test asks for. */
  readonly complaints: readonly string[];
}

export function launch({ executablePath, env }: UnpackedBrowser): Promise<Browser> {
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env } as Record<string, string>,
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
  });
}

/**
 * Ends a browser whose pages may still be asking for something: a test that answers in the server's place (`route`) would be cut
 * in the middle of its answer, and the run called red with every test passed.
 */
export async function close(browser: Browser): Promise<void> {
  const routed = browser.contexts().flatMap((context) => [context, ...context.pages()]);
  await Promise.all(routed.map((one) => one.unrouteAll({ behavior: 'ignoreErrors' })));
  await browser.close();
}

/** A refusal (4xx) or a network cut on purpose is told by the browser as an error too. */
const EXPECTED = /Failed to load resource/;

/** In the page: as if the tour had been declined. A page that is not the application's keeps nothing. */
const CLOSE_TOUR = "try { localStorage.setItem('raccroche.visite', 'faite') } catch {}";

/** A page of its own, without anything of another. Times are those of Paris. */
export async function openPage(
  browser: Browser,
  address: string,
  { size = DESKTOP, dark = false, offersTour = false, expects = EXPECTED }: PageOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: size,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    hasTouch: size.width < 768,
  });
  if (!offersTour) await context.addInitScript(CLOSE_TOUR);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (
      ['error', 'warning'].includes(message.type()) &&
      !EXPECTED.test(message.text()) &&
      !expects.test(message.text())
    )
      complaints.push(message.text());
  });
  return { page, complaints };
}

/** From the sign-in page, by a press on the card. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: `Entrer comme ${name}` }).click();
  await page.locator('.account').waitFor();
}

/** As `signIn`, without the sign-in page: for who goes on to another address, which then is the first that is loaded. */
export async function enterAs(page: Page, name: string): Promise<void> {
  const { people } = (await (await page.request.get(ROUTES.demoPeople.path)).json()) as {
    people: { personId: string; displayName: string }[];
  };
  const somebody = people.find(({ displayName }) => displayName === name);
  if (somebody === undefined) throw new Error(`nobody of the demonstration is called ${name}`);
  const { personId } = somebody;
  const answer = await page.request.post(ROUTES.demoSignIn.path, { data: { personId } });
  if (!answer.ok()) throw new Error(`${name} may not come in: ${answer.status()}`);
}

/** What axe finds against WCAG 2.2 A and AA and its good practices: the rule and where. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the policy of the pages would refuse it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations: found } = await axe.run(document, {
      // Of what is in order, only that it is.
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`),
    );
  });
}

/** True when the page scrolls sideways. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
