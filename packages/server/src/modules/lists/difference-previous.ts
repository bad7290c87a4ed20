import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { FileBuffer } from '../../platform/files/whole-file.ts';
import { linesOfList } from './list-lines.ts';
import { LIST_CODES } from './place-departments.ts';

/** What a previous campaign says of itself in each of its lists. */
export interface PreviousCampaign {
  readonly campaign: string;
  readonly asOf: string;
  readonly ruleSet: { readonly id: string; readonly version: string };
}

/** One list of the previous campaign: its département and the numbers on it. */
export interface PreviousList {
  readonly about: PreviousCampaign;
  readonly department: string;
  readonly numbers: readonly string[];
}

const Head = z.object({
  campaign: z.string(),
  asOf: z.iso.date(),
  ruleSet: z.object({ id: z.string(), version: z.string() }),
  department: z.enum(LIST_CODES as [string, ...string[]]),
  count: z.number().int(),
});

/**
 * Reads `lists/DD/liste-DD.json` of a previous OUT, one list at a time, line by line (see json.ts): some megabytes.
 * Throws a RaccrocheError when there is no list, or when one is not whole.
 */
export function* readPreviousLists(out: string): Generator<PreviousList> {
  const folder = join(out, 'lists');
  const codes = existsSync(folder)
    ? readdirSync(folder)
        .filter((code) => LIST_CODES.includes(code))
        .sort()
    : [];
  if (codes.length === 0) {
    throw new RaccrocheError(
      'no_previous_lists',
      `« ${out} » ne contient pas de listes. Donnez à --previous le dossier d’une campagne publiée.`,
      EXIT_CODES.usage,
    );
  }
  const room = new FileBuffer();
  for (const code of codes) yield readList(join(folder, code, `liste-${code}.json`), room);
}

/** Throws what `readPreviousLists` would, before anything is done. */
export function requirePreviousLists(out: string): void {
  for (const _list of readPreviousLists(out)) return;
}

function readList(path: string, room: FileBuffer): PreviousList {
  const properties: string[] = [];
  const numbers: string[] = [];
  try {
    const text = room.read(path);
    for (const { start, end, siei } of linesOfList(text)) {
      if (siei !== undefined) {
        numbers.push(siei);
        continue;
      }
      const line = text.toString('utf8', start, end);
      if (!line.startsWith('"entries"') && line.startsWith('"')) properties.push(line.replace(/,?\r?$/, ''));
    }
    const { count, department, ...about } = Head.parse(JSON.parse(`{${properties.join(',')}}`));
    if (count !== numbers.length) throw new Error(`${numbers.length} entries, ${count} told`);
    return { about, department, numbers };
  } catch {
    throw new RaccrocheError(
      'previous_list_damaged',
      `« ${path} » manque, est abîmé ou vient d’une autre version. Redonnez à --previous un dossier de campagne entier.`,
      EXIT_CODES.invalid,
    );
  }
}
