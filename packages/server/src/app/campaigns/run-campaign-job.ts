import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EXIT_CODES } from '../../kernel/errors.ts';
import { readDecisionsToTell } from '../../modules/cases/index.ts';
import {
  decisionFileText,
  endRun,
  noteRun,
  type RunEnd,
  STAGES,
  takeRun,
} from '../../modules/lists/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { CAMPAIGN_NODE_FLAGS } from '../../platform/terminal/node-flags.ts';
import type { CampaignFolders } from './folders.ts';

const PROGRAM = fileURLToPath(new URL('../../../bin/raccroche.mjs', import.meta.url));
const LOOK_MS = 1_000;

type Asked = NonNullable<Awaited<ReturnType<typeof takeRun>>>;

/** Stages of a running or finished campaign that are done, from the marks that they leave in its folder. */
function stagesDone(out: string): readonly string[] {
  if (existsSync(join(out, 'manifest.json'))) return STAGES;
  return STAGES.filter((stage) => existsSync(join(out, '.travail', `stage-${stage}.json`)));
}

/** What people decided of litiges, as the campaign reads it. Written once: a campaign that is taken up again has the same. */
async function writeDecisions(database: Database, path: string): Promise<void> {
  if (existsSync(path)) return;
  const decisions = await database.transaction({ role: 'raccroche_worker' }, readDecisionsToTell);
  writeFileSync(path, decisionFileText(decisions), { mode: 0o600 });
}

function argumentsOf(asked: Asked, folders: CampaignFolders, decisions: string): readonly string[] {
  const folderOf = (name: string) => join(folders.campaigns, name);
  return [
    ...['campaign', 'run', '--json', '--memory', folders.memory],
    ...['--deliveries', folders.deliveries, '--out', folderOf(asked.name)],
    ...['--as-of', asked.asOf, '--rules', asked.rules, '--decisions', decisions],
    ...(asked.previous === null ? [] : ['--previous', folderOf(asked.previous)]),
    ...asked.allowMissing.flatMap((family) => ['--allow-missing', family]),
  ];
}

interface Ended {
  readonly code: number | null;
  readonly told: string;
}

/** The end of the program, with what it printed. */
const endOf = (child: ChildProcess): Promise<Ended> =>
  new Promise((done) => {
    let told = '';
    child.stdout?.on('data', (part: Buffer) => {
      told += part.toString('utf8');
    });
    child.once('error', () => done({ code: null, told }));
    child.once('close', (code) => done({ code, told }));
  });

/** Why it failed, from the one JSON object that it prints; never a trace. */
function messageOf({ code, told }: Ended): string {
  try {
    const { message } = JSON.parse(told) as { message?: unknown };
    if (typeof message === 'string') return message;
  } catch {
    // Told below.
  }
  return code === null || code > EXIT_CODES.interrupted
    ? 'Le programme a été arrêté de l’extérieur, peut-être faute de mémoire. « Reprendre » repart de la dernière étape finie.'
    : 'Un défaut du programme. Le journal du « worker » en dit plus ; « Reprendre » repart de la dernière étape finie.';
}

/** How it ended: by somebody's wish, by the worker's, or by itself. */
function outcome(ended: Ended, why: 'cancelled' | 'closing' | undefined, stages: readonly string[]): RunEnd {
  if (ended.code === EXIT_CODES.ok) return { state: 'done', stages, message: null };
  if (ended.code === EXIT_CODES.withheld) return { state: 'withheld', stages, message: null };
  if (why === 'cancelled') return { state: 'cancelled', stages, message: null };
  if (why === 'closing') return { state: 'asked', stages, message: null };
  return { state: 'failed', stages, message: messageOf(ended) };
}

/**
 * Runs a campaign that was asked for, as a program of its own with its own limit of memory, and writes how far it is. It is stopped
 * when somebody asks, or when `closing` is told: then it throws, so that the queue gives it out again. Its own failure does not throw:
 * doing the same again would fail alike.
 */
export async function runAskedCampaign(
  database: Database,
  runId: string,
  folders: CampaignFolders,
  closing: AbortSignal,
): Promise<void> {
  const within = <T>(work: Parameters<typeof database.transaction<T>>[1]) =>
    database.transaction({ role: 'raccroche_worker' }, work);
  const asked = await within((transaction) => takeRun(transaction, runId));
  if (asked === undefined) return;
  const out = join(folders.campaigns, asked.name);
  const decisions = join(folders.campaigns, `decisions-${asked.name}.csv`);
  await writeDecisions(database, decisions);
  const child = spawn(
    process.execPath,
    [...CAMPAIGN_NODE_FLAGS, PROGRAM, ...argumentsOf(asked, folders, decisions)],
    { cwd: folders.campaigns, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let why: 'cancelled' | 'closing' | undefined;
  const end = endOf(child);
  let ended: Ended | undefined;
  while (ended === undefined) {
    ended = await Promise.race([end, wait(LOOK_MS, undefined)]);
    const stop = await within((transaction) => noteRun(transaction, runId, stagesDone(out)));
    why ??= closing.aborted ? 'closing' : stop ? 'cancelled' : undefined;
    if (why !== undefined) child.kill('SIGTERM');
  }
  const how = outcome(ended, why, stagesDone(out));
  await within((transaction) => endRun(transaction, runId, how));
  if (how.state === 'asked') throw new Error('the worker stops');
}
