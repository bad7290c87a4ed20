import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { drawBytes, drawSecret } from './draw-secret.ts';

const KEY = /^[0-9a-f]{64}$/;
const NAME_BYTES = 6;

/**
 * The service's own key, 32 bytes, in hexadecimal in a file that only its owner reads; drawn when there is none. Programs that
 * start together end with the same. Throws a RaccrocheError `bad_key` for a file that holds none.
 */
export function readServiceKey(path: string): Buffer {
  if (!existsSync(path)) drawKey(path);
  const text = readFileSync(path, 'utf8').trim();
  if (!KEY.test(text))
    throw new RaccrocheError(
      'bad_key',
      'Le fichier de RACCROCHE_KEY_FILE ne contient pas une clé : 64 chiffres hexadécimaux, par exemple « openssl rand -hex 32 ».',
      EXIT_CODES.usage,
    );
  return Buffer.from(text, 'hex');
}

/** Written whole beside it, then given its name unless another program was first. */
function drawKey(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const own = `${path}.${drawBytes(NAME_BYTES).toString('hex')}`;
  writeFileSync(own, `${drawSecret()}\n`, { mode: 0o600 });
  try {
    linkSync(own, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(own);
  }
}
