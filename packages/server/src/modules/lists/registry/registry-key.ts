import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import { replaceTextFile } from '../../../platform/files/text-file.ts';

const KEY_FILE = 'cle.hex';
const KEY_BYTES = 32;
/** Only the owner of the registry reads its key. */
const KEY_MODE = 0o600;

/** What the registry's one secret is used for; each use has its own key, so that none weakens another. */
export interface RegistryKey {
  /** Enciphers counters into numbers: 32 bytes. */
  readonly cipherKey: Uint8Array;
  /** Goes before every text that is hashed into a recognition key: 64 hex digits. */
  readonly hashSecret: string;
  /** Key of the hashes that codes of deaths are: 32 bytes. */
  readonly deathSecret: Uint8Array;
  /** Key of the hashes that tell states of the registry apart: 32 bytes. */
  readonly fingerprintSecret: Uint8Array;
  /** Writes the key file when there is none. */
  save(): void;
}

/**
 * The key of the registry in `folder`: the one it holds, else `given` (64 hex digits), else a new one drawn at random.
 * Throws a RaccrocheError when `given` is malformed or is not the registry's, or when the key file is damaged.
 */
export function openRegistryKey(folder: string, given?: string): RegistryKey {
  const path = join(folder, KEY_FILE);
  const held = existsSync(path)
    ? readKey(readFileSync(path, 'utf8'), 'registry_key_damaged', path)
    : undefined;
  const asked =
    given === undefined ? undefined : readKey(given, 'registry_key_malformed', 'la clé du registre');
  if (held && asked && !held.equals(asked)) {
    throw new RaccrocheError(
      'registry_key_differs',
      `Le registre « ${folder} » a déjà une autre clé. Retirez celle que vous donnez, ou donnez un autre dossier à --registry.`,
      EXIT_CODES.usage,
    );
  }
  const secret = held ?? asked ?? randomBytes(KEY_BYTES);
  return {
    cipherKey: derive(secret, 'raccroche siei cipher 1'),
    hashSecret: derive(secret, 'raccroche siei recognition 1').toString('hex'),
    deathSecret: derive(secret, 'raccroche death code 1'),
    fingerprintSecret: derive(secret, 'raccroche registry fingerprint 1'),
    save() {
      if (!held) replaceTextFile(path, `${secret.toString('hex')}\n`, KEY_MODE);
    },
  };
}

function readKey(text: string, code: string, where: string): Buffer {
  const hex = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(hex)) {
    throw new RaccrocheError(
      code,
      `Clé illisible (${where}). Attendu : ${KEY_BYTES * 2} chiffres hexadécimaux.`,
      EXIT_CODES.usage,
    );
  }
  return Buffer.from(hex, 'hex');
}

function derive(secret: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', use, KEY_BYTES));
}
