import { copyFileSync, linkSync, rmSync } from 'node:fs';

/**
 * A second name for the same bytes where the file systems allow it, else a copy; what was there goes. Only for files that nobody writes into
 * any more: whoever has others to write puts a new file in the place of the name.
 */
export function giveSecondName(file: string, name: string): void {
  rmSync(name, { force: true });
  try {
    linkSync(file, name);
  } catch {
    copyFileSync(file, name);
  }
}
