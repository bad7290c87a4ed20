import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { z } from 'zod';

/** The program, as an operator's shell would start it. */
export const PROGRAM = join(import.meta.dirname, '..', 'packages', 'server', 'bin', 'raccroche.mjs');
/** A new registry under this key gives the same numbers each time. */
export const KEYED_ENVIRONMENT = { ...process.env, RACCROCHE_REGISTRY_KEY: '0123456789abcdef'.repeat(4) };
const MAX_OUTPUT_BYTES = 16 * 2 ** 20;

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command to its end and gives what it said, whatever its exit code. */
export function raccroche(...args: readonly string[]): Said {
  return raccrocheIn(process.cwd(), ...args);
}

/** The same from a working folder, where the embedded base is (`var/base`). */
export function raccrocheIn(folder: string, ...args: readonly string[]): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: KEYED_ENVIRONMENT,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  return { code: status, stdout, stderr };
}

/** The one object that a command printed with `--json`. Throws when there is anything else on standard output. */
export function printed<Shape extends z.ZodType>(shape: Shape, { stdout, stderr }: Said): z.infer<Shape> {
  const lines = stdout.split('\n').filter((line) => line !== '');
  if (lines.length !== 1) throw new Error(`${lines.length} lines on standard output\n${stderr}`);
  return shape.parse(JSON.parse(lines[0] ?? ''));
}

/** SHA-256 of every file under `folder`, by path; of a manifest without its times. */
export function digest(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => {
        const bytes = readFileSync(path);
        const content = path.endsWith('manifest.json')
          ? bytes.toString('utf8').replace(/"(startedAt|finishedAt)": "[^"]*"/g, '')
          : bytes;
        return [relative(folder, path), createHash('sha256').update(content).digest('hex')];
      }),
  );
}
