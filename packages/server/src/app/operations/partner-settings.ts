import { join } from 'node:path';
import { RaccrocheError } from '../../kernel/errors.ts';
import { postOut, type Reach } from '../../platform/http/post-out.ts';
import { readServiceKey } from '../../platform/secrets/service-key.ts';
import type { Configuration } from './configuration.ts';

/**
 * What exchanges with partners' systems need, for the API and for the worker: `RACCROCHE_KEY_FILE` (`var/cle`, drawn at the first start)
 * and `RACCROCHE_DELIVERIES_INBOX` (`var/depots`). The demonstration has its own, and may call this very machine. Undefined, and told on
 * the standard error, where no file is named and none can be written: nothing else of the service depends on it.
 * Throws a RaccrocheError `bad_key`.
 */
export function readPartnerSettings(
  { keyFile, inbox, privateWebhooks }: Pick<Configuration, 'keyFile' | 'inbox' | 'privateWebhooks'>,
  cwd: string,
  demo = false,
) {
  const folder = demo ? join(cwd, 'var', 'demo') : join(cwd, 'var');
  const reach: Reach = demo ? 'anywhere' : privateWebhooks ? 'private' : 'public';
  const named = demo ? undefined : keyFile;
  try {
    return {
      serviceKey: readServiceKey(named ?? join(folder, 'cle')),
      inbox: (demo ? undefined : inbox) ?? join(folder, 'depots'),
      reach,
      post: postOut,
    };
  } catch (error) {
    if (named !== undefined || error instanceof RaccrocheError) throw error;
    process.stderr.write(
      'Les partenaires ne sont pas avertis : aucune clé du service (RACCROCHE_KEY_FILE), et « var » ne peut pas être écrit.\n',
    );
    return undefined;
  }
}
