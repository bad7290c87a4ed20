import { createHash, type Hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CivilDate } from '../calendar.ts';
import { TextFile } from './text-file.ts';

/** Where it is kept, beside the truth of a reference date, which content each file had and on which day it was made. */
export const exportsFolder = (out: string): string => join(out, 'truth', 'exports');

/**
 * The files that one part of a followed country makes, by content. A sender who has nothing new to tell does not make its file
 * again: it stands as it was made, date included, to the byte.
 */
export class Exports {
  readonly #before: ReadonlyMap<string, readonly [content: string, madeOn: CivilDate]>;
  readonly #file: TextFile;

  /** `out`: folder of this reference date; `after`: of the one before; `part`: name of the files of the truth. */
  constructor(out: string, after: string | undefined, part: string) {
    this.#before = after === undefined ? new Map() : readExports(join(exportsFolder(after), `${part}.csv`));
    this.#file = new TextFile(join(exportsFolder(out), `${part}.csv`));
    this.#file.add('name;content;made_on\n');
  }

  /** The day that a file bears which would be made on `on`: the one of before when its content is that of then. */
  dayOf(name: string, content: string, on: CivilDate): CivilDate {
    const [known, madeOn] = this.#before.get(name) ?? [];
    const day = known === content && madeOn !== undefined ? madeOn : on;
    this.#file.add(`${name};${content};${day}\n`);
    return day;
  }

  close(): void {
    this.#file.close();
  }
}

/** Hash of a content, fed piece by piece. */
export const contentHash = (): Hash => createHash('sha256');

function readExports(path: string): ReadonlyMap<string, readonly [string, CivilDate]> {
  if (!existsSync(path)) return new Map();
  const [, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', content = '', madeOn = ''] = line.split(';');
      return [name, [content, madeOn]];
    }),
  );
}
