import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest, KEYED_ENVIRONMENT, PROGRAM, raccroche } from './command-line.ts';
import { AS_OF, DELIVERIES } from './expectations.ts';

/** A campaign ended before its end, then run again: as if it had never been interrupted, registry included. */

const root = mkdtempSync(join(tmpdir(), 'interrupted-'));
const KILLER = new URL('kill-before-rename.mjs', import.meta.url).href;

function runArguments(name: string): string[] {
  const folder = join(root, name);
  return [
    ...['campaign', 'run', '--deliveries', DELIVERIES, '--as-of', AS_OF],
    ...['--registry', join(folder, 'registre'), '--out', join(folder, 'out')],
  ];
}

function start(name: string, moment?: string): ChildProcess {
  return spawn(
    process.execPath,
    [...(moment === undefined ? [] : ['--import', KILLER]), PROGRAM, ...runArguments(name)],
    {
      env: { ...KEYED_ENVIRONMENT, ...(moment === undefined ? {} : { KILL_BEFORE_RENAME_TO: moment }) },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null; text: string }> {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, text })));
}

function filesIn(name: string): string[] {
  const out = join(root, name, 'out');
  return existsSync(out) ? readdirSync(out) : [];
}

/** OUT and the registry beside it, which keeps no lock. */
const everything = (name: string) => digest(join(root, name));

let reference: Record<string, string> = {};
beforeAll(() => {
  expect(raccroche(...runArguments('reference'))).toMatchObject({ code: 0 });
  reference = everything('reference');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** In the order in which a run comes to them: what takes its place right after the kill. */
const MOMENTS = [
  'stage-read.json',
  'stage-link.json',
  'stage-assess.json',
  // The registry's new state is written, then counts, then the campaign remembers that it does.
  'registre.json',
  'stage-number.json',
  'stage-list.json',
  'stage-seal.json',
  // Nothing published, a part of it, all of it but the manifest.
  '/out/data',
  '/out/lists',
  '/out/manifest.json',
];

describe('a killed run, run again, gives the same numbers and the same bytes', () => {
  it('killed at every turn, one after the other', { timeout: 240_000 }, async () => {
    for (const moment of MOMENTS) {
      expect(await ended(start('killed', moment)), moment).toMatchObject({ signal: 'SIGKILL' });
      expect(filesIn('killed'), moment).not.toContain('manifest.json');
    }
    expect(raccroche(...runArguments('killed'))).toMatchObject({ code: 0 });
    expect(everything('killed')).toEqual(reference);
  });

  it.each([2000])('killed after %i ms', async (afterMs) => {
    const name = `after-${afterMs}`;
    const child = start(name);
    setTimeout(() => child.kill('SIGKILL'), afterMs);
    await ended(child);
    expect(raccroche(...runArguments(name))).toMatchObject({ code: 0 });
    expect(everything(name)).toEqual(reference);
  });

  it('goes on from the last finished stage, and says so', async () => {
    await ended(start('resumed', 'stage-number.json'));
    const { stderr } = raccroche(...runArguments('resumed'));
    expect(stderr).toMatch(/Lecture des livraisons : déjà fait[\s\S]*Examen des situations : déjà fait/);
    expect(stderr).not.toMatch(/Numéros SIEI : déjà fait/);
  });
});

describe('Ctrl-C', () => {
  it.each([
    ['while the files are read', 'Lecture des livraisons'],
    ['while the lists are written', 'Numéros SIEI : terminé'],
  ])('%s: code 130, nothing published, and the same command completes', async (_moment, sign) => {
    const name = sign.replace(/\W/g, '');
    const child = start(name);
    const end = ended(child);
    child.stderr?.on('data', (part: string) => {
      if (part.includes(sign)) child.kill('SIGINT');
    });
    const { code, text } = await end;
    expect(text).toContain('Interrompu : rien n’est à moitié écrit.');
    expect(code).toBe(130);
    expect(filesIn(name)).toEqual(['.travail']);
    expect(raccroche(...runArguments(name))).toMatchObject({ code: 0 });
    expect(everything(name)).toEqual(reference);
  });

  it('during a check of files leaves nothing of them behind', async () => {
    const scratch = mkdtempSync(join(root, 'scratch-'));
    const large = join(root, 'large.csv');
    const header = 'identifiant_source;nom_famille;prenom1;date_naissance;uai;annee_scolaire;statut';
    const rows = Array.from(
      { length: 200_000 },
      (_, row) => `${row};"ESSAI";Zoé;2007-03-12;0590116F;2024;scolaire`,
    );
    writeFileSync(large, [header, ...rows].join('\n'));
    const child = spawn(process.execPath, [PROGRAM, 'delivery', 'check', large], {
      env: { ...KEYED_ENVIRONMENT, TMPDIR: scratch },
      stdio: 'ignore',
    });
    const end = ended(child);
    const watch = setInterval(() => {
      if (readdirSync(scratch).some((entry) => entry.startsWith('raccroche-'))) child.kill('SIGINT');
    }, 20);
    const { code } = await end;
    clearInterval(watch);
    expect(code).toBe(130);
    expect(readdirSync(scratch).filter((entry) => entry.startsWith('raccroche-'))).toEqual([]);
  });
});
