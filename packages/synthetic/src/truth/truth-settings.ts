import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FranceOptions } from '../options.ts';

const FORMAT = 'raccroche-truth/1';
const SETTINGS_FILE = 'settings.json';

/** Which country a truth is about: what was asked of `writeFrance`, less where it went and what stood before. */
export type TruthSettings = Omit<FranceOptions, 'out' | 'after'>;

/** Written last: a truth that has its settings is whole. */
export function writeTruthSettings(truthFolder: string, options: FranceOptions): void {
  const { seed, asOf, until, people, departments, senders, faults, mortality } = options;
  const settings: TruthSettings = { seed, asOf, until, people, departments, senders, faults, mortality };
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
