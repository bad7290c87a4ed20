import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DELIVERIES, parseSemicolonCsv, type RuleSetId } from './expectations.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const COMMAND = join(ROOT, 'packages/server/bin/raccroche.mjs');
const MAX_OUTPUT_BYTES = 16 * 2 ** 20;

const NULLABLE_TEXT = z.string().nullish();

const ENTRY = z.looseObject({
  siei: z.string(),
  familyName: NULLABLE_TEXT,
  usageName: NULLABLE_TEXT,
  firstNames: z.array(z.string()),
  birthDate: z.string(),
  age: z.number(),
  minor: z.boolean(),
  leftOn: NULLABLE_TEXT,
  reason: z.string(),
  missionLocale: z.string(),
  knownSituations: z.array(z.string()),
  flags: z.array(z.string()),
  checks: z.array(z.looseObject({ check: z.string(), passed: z.boolean() })),
  records: z.array(z.looseObject({ file: z.string(), position: z.coerce.string() })),
});
export type ListEntry = z.infer<typeof ENTRY>;

const LIST = z.looseObject({ asOf: z.string(), department: z.string(), entries: z.array(ENTRY) });

const SUMMARY = z.looseObject({
  listed: z.number(),
  persons: z.number(),
  records: z.number(),
  rows: z.number(),
  rejects: z.number(),
  removedUnder16: z.number(),
  rejectedFiles: z.number(),
  departments: z.record(z.string(), z.number()),
  litiges: z.number(),
});

export interface PublishedEntry {
  readonly list: string;
  readonly entry: ListEntry;
  /** Its records as expected.csv writes them: `file@position`. */
  readonly rows: readonly string[];
}

/** One line of rejets.csv; `position` is '' for a whole file. */
export interface PublishedIssue {
  readonly file: string;
  readonly position: string;
  readonly field: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

export interface PublishedCampaign {
  readonly out: string;
  readonly summary: z.infer<typeof SUMMARY>;
  /** Codes of the lists that were written, also the empty ones. */
  readonly lists: readonly string[];
  readonly entries: readonly PublishedEntry[];
  readonly issues: readonly PublishedIssue[];
}

/** The file as delivered: what is inside an archive is not named by the expectations. */
function deliveredFile(file: string): string {
  return file.replace(/(\.zip)[^a-z].*$/, '$1');
}

function runCommand(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: ROOT, maxBuffer: MAX_OUTPUT_BYTES };
    execFile(process.execPath, [COMMAND, ...args], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`raccroche ${args.join(' ')}\n${error.message}\n${stderr}\n${stdout}`));
      else resolve(stdout);
    });
  });
}

function readEntries(out: string, list: string): PublishedEntry[] {
  const text = readFileSync(join(out, 'lists', list, `liste-${list}.json`), 'utf8');
  return LIST.parse(JSON.parse(text)).entries.map((entry) => ({
    list,
    entry,
    rows: entry.records.map((record) => `${deliveredFile(record.file)}@${record.position}`),
  }));
}

function readIssues(out: string): PublishedIssue[] {
  const text = readFileSync(join(out, 'rejects', 'rejets.csv'), 'utf8');
  return parseSemicolonCsv(text).map((row) => ({
    file: deliveredFile(row.fichier ?? ''),
    position: row.position ?? '',
    field: row.champ ?? '',
    code: row.code ?? '',
    severity: row.gravite ?? '',
    message: row.message ?? '',
  }));
}

/**
 * Runs the real command line as an operator would, in a child process, and reads what it published.
 * The folder is under the system's temporary one: give it back with `discard`.
 * Throws with everything that the command said when its exit status is not 0.
 */
export async function runCampaign(ruleSet: RuleSetId, asOf: string): Promise<PublishedCampaign> {
  const folder = mkdtempSync(join(tmpdir(), 'raccroche-acceptance-'));
  const out = join(folder, 'out');
  const stdout = await runCommand([
    ...['campaign', 'run', '--deliveries', DELIVERIES, '--as-of', asOf, '--rules', ruleSet],
    ...['--registry', join(folder, 'registry'), '--out', out, '--json'],
  ]);
  const lists = readdirSync(join(out, 'lists')).sort();
  return {
    out,
    summary: SUMMARY.parse(JSON.parse(stdout)),
    lists,
    entries: lists.flatMap((list) => readEntries(out, list)),
    issues: readIssues(out),
  };
}

/** Removes what a campaign wrote. */
export function discard(campaign: PublishedCampaign | undefined): void {
  if (campaign) rmSync(dirname(campaign.out), { recursive: true, force: true });
}
