import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root of the repository. */
export const ROOT = join(import.meta.dirname, '..');

const LEFT_OUT = new Set(['node_modules', '.git', 'var', 'demo', 'coverage', 'generated']);

/** A file of the repository; `path` is relative to its root, with `/`. */
export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}

/** Files under `folder` (relative to the root) whose path matches, sorted by path, read as UTF-8. Installed and generated folders are left out. */
export function readRepository(pattern: RegExp, folder = ''): RepositoryFile[] {
  const found: RepositoryFile[] = [];
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) found.push(...readRepository(pattern, path));
    if (entry.isFile() && pattern.test(path))
      found.push({ path, text: readFileSync(join(ROOT, path), 'utf8') });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
