import { SESSION_ROUTES } from '@raccroche/contract';
import { z } from 'zod';
import { systemClock } from '../../kernel/clock.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import {
  endSession,
  endSessionAddress,
  endSessionsOf,
  type IdentityProvider,
  openProviderSession,
  renewSession,
  replacementOf,
} from '../../modules/access/index.ts';
import { drawSecret } from '../../platform/secrets/draw-secret.ts';
import type { ApiContext, OpenHandlers, SessionHandlers } from './handler-types.ts';

/** Kept by the browser alone while somebody is at the provider. */
const Pending = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  strong: z.boolean(),
  returnTo: SESSION_ROUTES.signIn.query.shape.returnTo,
  invitation: SESSION_ROUTES.signIn.query.shape.invitation,
  replaces: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

export const SIGN_IN_HANDLERS: OpenHandlers<
  'signIn' | 'signInCallback' | 'backChannelLogout' | 'frontChannelLogout' | 'signedOut'
> = {
  async signIn(context, { query: { returnTo, strong, invitation } }, browser) {
    const { url, pending } = await providerOf(context).begin({ strong });
    const replaces = browser.token === undefined ? undefined : replacementOf(browser.token);
    const kept: z.output<typeof Pending> = { ...pending, returnTo, invitation, replaces };
    browser.setPending(Buffer.from(JSON.stringify(kept)).toString('base64url'));
    return { location: url };
  },
  async signInCallback(context, { query }, browser) {
    const provider = providerOf(context);
    const pending = readPending(browser.pending);
    browser.setPending(null);
    const identity = await provider.finish(query, pending);
    if (pending.strong && !identity.strong)
      throw new RaccrocheError(
        'stronger_sign_in_needed',
        'Votre fournisseur d’identité n’a pas confirmé de second facteur. Activez-le chez lui, puis recommencez.',
      );
    browser.setSession(await openProviderSession(context.database, identity, pending));
    return { location: pending.returnTo };
  },
  async backChannelLogout(context, { body }) {
    const provider = providerOf(context);
    // Tokens are dated by the provider's clock: it is compared with the machine's, whatever the program works with.
    const notice = await provider.readLogout(body.logout_token, systemClock.now());
    return { ended: await endSessionsOf(context.database, provider.issuer, notice) };
  },
  // In a frame of another site no cookie comes along: the session is named by the provider's own number for it.
  async frontChannelLogout(context, { query: { iss, sid } }) {
    const provider = providerOf(context);
    if (iss !== provider.issuer)
      throw new RaccrocheError('sign_in_failed', 'Ce n’est pas le fournisseur d’identité de ce service.');
    const issuedAt = Math.floor(Date.parse(systemClock.now()) / 1000);
    await endSessionsOf(context.database, provider.issuer, { sid, issuedAt });
    return { text: '<!doctype html><title>Raccroche</title>' };
  },
  // The session was ended before leaving: nothing depends on what comes back.
  signedOut: async () => ({ location: '/' }),
};

export const SESSION_HANDLERS: SessionHandlers = {
  async signOut({ database, provider, token }, browser) {
    const state = drawSecret();
    const location = await endSessionAddress(database, provider, token, state);
    await endSession(database, token);
    browser.setSession(null);
    return { signedOut: true, location };
  },
  renewSession: async ({ database, provider, token }) => ({
    expiresAt: await renewSession(database, provider, token),
  }),
};

function providerOf({ provider }: ApiContext): IdentityProvider {
  if (provider === undefined)
    throw new RaccrocheError('not_ready', 'Aucun fournisseur d’identité n’est réglé sur ce service.');
  return provider;
}

function readPending(kept: string | undefined): z.output<typeof Pending> {
  try {
    return Pending.parse(JSON.parse(Buffer.from(kept ?? '', 'base64url').toString('utf8')));
  } catch {
    throw new RaccrocheError(
      'sign_in_failed',
      'Cette connexion n’a pas commencé dans ce navigateur, ou il y a trop longtemps. Recommencez depuis la page d’accueil.',
    );
  }
}
