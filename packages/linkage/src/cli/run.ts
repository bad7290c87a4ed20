import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Engine, openEngine } from '../engine/engine.ts';
import { interruptible } from '../engine/interruptible.ts';
import { noting } from '../engine/noting.ts';
import { csvInput, parquetInput } from '../io/inputs.ts';
import type { LinkType, Model } from '../model/model.ts';
import { isModelFile, readModelFile } from '../model/model-file.ts';
import type { LinkInput } from '../records/record-tables.ts';
import { readSplinkModel } from '../splink/read-model.ts';
import type { EngineChoices } from './options.ts';
import { UsageError } from './usage-error.ts';

/** What a command works with. */
export interface Run {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** Tells what goes on, on standard error. */
  tell(text: string): void;
}

/** Opens an engine, does the work, and closes it whatever happens; Ctrl-C ends the statement that runs. */
export async function withEngine(
  choices: EngineChoices,
  signal: AbortSignal,
  work: (run: Run) => Promise<void>,
): Promise<void> {
  const spillFolder = mkdtempSync(join(tmpdir(), 'linkage-'));
  const { memory, threads, database, sql } = choices;
  const opened = await openEngine({
    memoryLimit: memory,
    threads,
    spillFolder,
    ...(database === undefined ? {} : { file: database }),
  });
  const statements: string[] = [];
  const ending = interruptible(opened, signal);
  const engine = sql === undefined ? ending : noting(ending, (one) => statements.push(one));
  try {
    await work({ engine, signal, tell: (text) => void process.stderr.write(`${text}\n`) });
  } finally {
    opened.close();
    rmSync(spillFolder, { recursive: true, force: true });
    if (sql !== undefined) writeFileSync(sql, `${statements.join(';\n\n')};\n`);
  }
}

/** Inputs from paths: Parquet by its ending, else CSV with every column as text. Several are named by their files. */
export function inputsOf(paths: readonly string[], several = paths.length > 1): readonly LinkInput[] {
  const names = paths.map((path) => basename(path).replace(/\.[^.]+$/, ''));
  if (new Set(names).size < names.length)
    throw new UsageError('two files have the same name: inputs are told apart by it');
  return paths.map((path, index) => {
    if (!existsSync(path)) throw new UsageError(`there is no file ${path}`);
    const name = several ? { name: names[index] ?? '' } : {};
    return path.endsWith('.parquet') ? parquetInput(path, name) : csvInput(path, name);
  });
}

/** A file as what follows FROM. */
export function relationOf(path: string): string {
  return inputsOf([path])[0]?.relation ?? '';
}

/** Reads a model: our own file, or one saved by Splink. */
export async function readModel(run: Run, path: string): Promise<Model> {
  const text = readText(path);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON: give a model written by train, or saved by Splink`);
  }
  if (isModelFile(parsed)) return readModelFile(text);
  const { model, notices } = await readSplinkModel(run.engine, parsed);
  for (const notice of notices) run.tell(`${path}: ${notice}`);
  return model;
}

export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
}

/** The link type that the number of inputs allows. */
export function checkedLinkType(linkType: LinkType, inputs: number): LinkType {
  if (linkType === 'dedupe_only' && inputs > 1) {
    throw new UsageError('several files: say --link-type link_only or link_and_dedupe');
  }
  if (linkType === 'link_only' && inputs < 2) throw new UsageError('link_only needs two files or more');
  return linkType;
}
