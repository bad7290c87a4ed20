import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFile } from './data-files.ts';
import { hashFile } from './hash-file.ts';
import type { Manifest } from './manifest.ts';
import { partNames } from './persist.ts';

/** What `findDamaged` knows a table by. */
export const tableFile = ({ file }: DataFile) => `${file}.parquet`;

/**
 * The first of the files of data whose bytes are not those that the manifest tells; of a table, also of the files that tell
 * what differs from its base, where they were sealed or stand there.
 */
export async function findDamaged(
  folder: string,
  { outputs }: Manifest,
  files: readonly string[],
): Promise<string | undefined> {
  for (const file of files) {
    const table = file.replace(/\.parquet$/, '');
    for (const part of new Set([file, ...(table === file ? [] : partNames(table))])) {
      const path = `data/${part}`;
      const sealed = outputs.find((output) => output.path === path);
      const onDisk = join(folder, path);
      const there = existsSync(onDisk);
      if (part !== file && sealed === undefined && !there) continue;
      if (sealed === undefined || !there || (await hashFile(onDisk)) !== sealed.sha256) return path;
    }
  }
  return undefined;
}
