import { systemClock } from '../../kernel/clock.ts';
import { openProviderSession } from '../../modules/access/index.ts';
import type { Database } from '../../platform/postgres/database.ts';

type Identity = Parameters<typeof openProviderSession>[1];
type Arrival = Parameters<typeof openProviderSession>[2];

/** Signs in somebody as if a provider had just vouched for them. Gives the session token. */
export function arrive(
  database: Database,
  who: { readonly subject: string; readonly email?: string } & Partial<Identity>,
  arrival: Arrival = {},
): Promise<string> {
  return openProviderSession(
    database,
    {
      issuer: 'https://fournisseur.test',
      email: `${who.subject}@exemple.test`,
      displayName: who.subject,
      siret: null,
      idp: null,
      sid: null,
      acr: 'eidas1',
      authTime: systemClock.now(),
      strong: false,
      tokens: { idToken: 'x' },
      ...who,
    },
    arrival,
  );
}
