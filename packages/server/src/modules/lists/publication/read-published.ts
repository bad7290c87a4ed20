import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import { hashFile } from '../campaign/hash-file.ts';
import type { Manifest } from '../campaign/manifest.ts';
import { readManifest } from '../campaign/open-campaign.ts';
import type { Entry } from '../entry.ts';

/** What an entry tells before its checks and the rows where it was read: all that a publication looks at. */
export type ListedPerson = Omit<Entry, 'checks' | 'records'>;

/** An entry of a list, with the line of `liste-DD.json` that tells it. */
export interface ListedEntry {
  readonly department: string;
  readonly entry: ListedPerson;
  readonly json: string;
}

/** A finished campaign whose lists may be published. */
export interface PublishableCampaign {
  readonly folder: string;
  readonly manifest: Manifest;
  /** SHA-256 of `manifest.json`, which holds those of everything else: the campaign's identity. */
  readonly sha256: string;
}

/** Throws a RaccrocheError for a folder that is no finished campaign, or whose lists are withheld. */
export async function getPublishable(folder: string): Promise<PublishableCampaign> {
  const manifest = readManifest(folder);
  if (manifest.withheld)
    throw new RaccrocheError(
      'lists_withheld',
      'Les listes de cette campagne sont retenues : il manque une source. Rien n’est publié.',
      EXIT_CODES.withheld,
    );
  return { folder, manifest, sha256: await hashFile(join(folder, 'manifest.json')) };
}

const JSON_LIST = /^lists\/([^/]+)\/liste-[^/]+\.json$/;

/** Every entry of every list. Throws a RaccrocheError when a list is not what the manifest says of it. */
export async function* readListed(campaign: PublishableCampaign): AsyncGenerator<ListedEntry> {
  for (const { path, sha256 } of campaign.manifest.outputs) {
    const department = JSON_LIST.exec(path)?.[1];
    if (department === undefined) continue;
    const file = join(campaign.folder, path);
    if ((await hashFile(file).catch(() => undefined)) !== sha256)
      throw new RaccrocheError(
        'list_damaged',
        `« ${file} » manque ou a changé depuis la campagne. Rien n’est publié ; « raccroche campaign verify » dit le reste.`,
        EXIT_CODES.invalid,
      );
    for await (const line of createInterface({ input: createReadStream(file) })) {
      if (!line.startsWith('{"siei"')) continue;
      const json = line.replace(/,$/, '');
      yield { department, entry: readPerson(json), json };
    }
  }
}

/**
 * Checks and rows are two thirds of a line, and stand last: the rest alone is parsed. A quote inside a string is escaped, so that the
 * mark is the name of a property; and `flags`, the last one before it, tells that nothing else was cut off.
 */
export function readPerson(json: string): ListedPerson {
  const end = json.indexOf(CHECKS);
  const person = end > 0 ? parseWhole(`${json.slice(0, end)}}`) : undefined;
  return person?.flags === undefined ? (JSON.parse(json) as ListedPerson) : person;
}
const CHECKS = ',"checks":';

function parseWhole(json: string): ListedPerson | undefined {
  try {
    return JSON.parse(json) as ListedPerson;
  } catch {
    return undefined;
  }
}
