import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FranceOptions } from '../options.ts';

const FORMAT = 'raccroche-truth/1';
const SETTINGS_FILE = 'settings.json';

/** Which country a truth is about: what was asked of `writeFrance`. */
export type TruthSettings = Omit<FranceOptions, 'out'>;

/** Written last: a truth that has its settings is whole. */
export function writeTruthSettings(truthFolder: string, { out: _out, ...settings }: FranceOptions): void {
  const text = JSON.stringify({ format: FORMAT, ...settings }, null, 2);
  writeFileSync(join(truthFolder, SETTINGS_FILE), `${text}\n`);
}

/** The settings of a truth; undefined when the folder holds none, or one of another version. */
export function readTruthSettings(truthFolder: string): TruthSettings | undefined {
  const path = join(truthFolder, SETTINGS_FILE);
  if (!existsSync(path)) return undefined;
  const { format, ...settings } = JSON.parse(readFileSync(path, 'utf8')) as TruthSettings & {
    format?: string;
  };
  return format === FORMAT ? settings : undefined;
}
