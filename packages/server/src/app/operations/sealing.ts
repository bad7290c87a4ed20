import type { KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { readSealKey, type Seal } from '../../modules/audit/index.ts';
import type { Configuration } from './configuration.ts';

/** What the job that seals the trail works with. */
export interface Sealing {
  readonly privateKey: KeyObject;
  /** Where each seal is kept too. */
  readonly folder: string | undefined;
}

/** Undefined without a key. Throws a RaccrocheError `bad_key` for a file that is none: nothing starts. */
export function readSealing({
  sealKeyFile,
  sealsFolder,
}: Pick<Configuration, 'sealKeyFile' | 'sealsFolder'>): Sealing | undefined {
  if (sealKeyFile === undefined) return undefined;
  let pem: string;
  try {
    pem = readFileSync(sealKeyFile, 'utf8');
  } catch {
    throw new RaccrocheError(
      'bad_key',
      'RACCROCHE_SEAL_KEY_FILE désigne un fichier que le programme ne peut pas lire.',
      EXIT_CODES.usage,
    );
  }
  return { privateKey: readSealKey(pem, 'private'), folder: sealsFolder };
}

/** Writes a seal where whoever rewrites the base cannot reach it. */
export function keepSeal(folder: string, seal: Seal): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `sceau-${seal.day}.json`), `${JSON.stringify(seal)}\n`);
}
