import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command line as people start it. */
export const PROGRAM = fileURLToPath(new URL('../../../bin/raccroche-linkage.mjs', import.meta.url));

/** Runs it in a folder to its end: exit code, standard output, standard error. */
export function runProgram(
  folder: string,
  args: readonly string[],
): { readonly status: number | null; readonly out: string; readonly told: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, out: stdout, told: stderr };
}
