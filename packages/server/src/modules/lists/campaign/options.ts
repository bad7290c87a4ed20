import { REQUIRED_FAMILIES, type RequiredFamily } from '@raccroche/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type CivilDate, parseCivilDate } from '../../../kernel/civil-date.ts';

/** What a campaign is asked to do. Paths are as the operator wrote them. */
export interface CampaignOptions {
  readonly deliveries: string;
  readonly asOf: CivilDate;
  readonly ruleSetId: string;
  /** Campaign to compare with, and whose work is taken over where nothing changed. */
  readonly previous?: string | undefined;
  /** False: all is worked out anew, also with a previous campaign. True by default; the results are the same. */
  readonly incremental?: boolean | undefined;
  /** True: the model of resemblances is estimated anew, also with a previous campaign. */
  readonly retrain?: boolean | undefined;
  /** CSV of what people decided of litiges. */
  readonly decisions?: string | undefined;
  readonly registry: string;
  /** 64 hex digits for a new registry; drawn at random without one. */
  readonly registryKey?: string | undefined;
  readonly memoryBytes: number;
  readonly threads: number;
  readonly out: string;
  readonly allowMissing: readonly RequiredFamily[];
}

const BYTES_OF_UNIT: Readonly<Record<string, number>> = {
  MB: 2 ** 20,
  MO: 2 ** 20,
  GB: 2 ** 30,
  GO: 2 ** 30,
};
/** Below this the engine cannot even sort a département. */
const MIN_MEMORY_BYTES = 512 * 2 ** 20;

/** Reads `4GB`, `512MB` (or Go, Mo) as bytes. Throws InvalidArgumentError in French. */
export function parseMemory(text: string): number {
  const match = /^(\d+(?:[.,]\d+)?)\s*([MG][BO])$/i.exec(text.trim());
  const bytes = match
    ? Number((match[1] ?? '').replace(',', '.')) * (BYTES_OF_UNIT[(match[2] ?? '').toUpperCase()] ?? 0)
    : 0;
  if (!(bytes >= MIN_MEMORY_BYTES))
    throw new InvalidArgumentError('Écrivez par exemple 4GB ; au moins 512MB.');
  return Math.floor(bytes);
}

export function parseThreads(text: string): number {
  const threads = Number(text);
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new InvalidArgumentError('Écrivez un nombre de 1 à 256.');
  return threads;
}

/** Adds what a campaign may take of the machine. */
export function withResources(command: Command): Command {
  return command
    .addOption(
      new Option('--memory <taille>', 'mémoire à ne pas dépasser')
        .argParser(parseMemory)
        .default(parseMemory('4GB'), '4GB'),
    )
    .option('--threads <n>', 'fils d’exécution', parseThreads, 2);
}

export function parseAsOf(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (!date) throw new InvalidArgumentError('Écrivez la date aaaa-mm-jj, par exemple 2025-11-15.');
  return date;
}

const FAMILY_ALIASES: Readonly<Record<string, RequiredFamily>> = {
  ecole: 'school',
  scolaire: 'school',
  examens: 'exams',
  ml: 'mission_locale',
  mission: 'mission_locale',
};

/** Adds one `--allow-missing` value (or several, separated by commas; `all` for every kind) to those already read. */
export function parseAllowMissing(text: string, previous: readonly RequiredFamily[]): RequiredFamily[] {
  const found = new Set(previous);
  for (const word of text.toLowerCase().split(',')) {
    const name = word.trim().replaceAll('-', '_');
    if (name === 'all') for (const family of REQUIRED_FAMILIES) found.add(family);
    else {
      const family = FAMILY_ALIASES[name] ?? REQUIRED_FAMILIES.find((known) => known === name);
      if (!family)
        throw new InvalidArgumentError(`Valeurs possibles : ${REQUIRED_FAMILIES.join(', ')}, all.`);
      found.add(family);
    }
  }
  return REQUIRED_FAMILIES.filter((family) => found.has(family));
}

/**
 * Memory given to DuckDB: the rest is for Node, its buffers, and what DuckDB holds outside its own accounts, which grows with
 * what it may hold. Measured on a whole country: given 6.8 GiB, the process took 8.7; given 5.8, up to 8.04.
 */
export function engineMemoryLimit(memoryBytes: number): string {
  const besideEngine = Math.min(1.2 * 2 ** 30 + memoryBytes / 6, memoryBytes * 0.45);
  return `${Math.floor((memoryBytes - besideEngine) / 2 ** 20)}MiB`;
}
