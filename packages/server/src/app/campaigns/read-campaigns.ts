import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CampaignList,
  type DeliveredFile,
  FileKindLabels,
  type FinishedCampaign,
  type SourceFamily,
  SourceFamilyLabels,
  SourceLabels,
} from '@raccroche/contract';
import {
  type CampaignDescription,
  describeCampaign,
  getListName,
  LIST_CODES,
  type Publication,
  type RejectReason,
  readRejectReasons,
} from '../../modules/lists/index.ts';
import { listDeliveries } from '../../modules/sources/index.ts';
import type { CampaignFolders } from './folders.ts';
import { senderMessage } from './sender-message.ts';

interface Known extends CampaignDescription {
  readonly name: string;
}

/** Finished campaigns of the folder, the latest first. One that is damaged is left out: « raccroche campaign verify » tells why. */
export async function listFinished({ campaigns }: CampaignFolders): Promise<readonly Known[]> {
  const names = existsSync(campaigns)
    ? readdirSync(campaigns, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(campaigns, entry.name, 'manifest.json')))
        .map(({ name }) => name)
    : [];
  const known: Known[] = [];
  for (const name of names.sort()) {
    const described = await describeCampaign(join(campaigns, name)).catch(() => undefined);
    if (described) known.push({ name, ...described });
  }
  const key = ({ manifest }: Known) => `${manifest.asOf} ${manifest.finishedAt}`;
  return known.sort((one, other) => (key(one) < key(other) ? 1 : -1));
}

/** Not taken back. */
const stands = ({ takenBack }: Publication) => takenBack === null || takenBack.at === null;

/** Codes of the lists that were published of a campaign; null: all of them, or none. */
function publishedLists(published: readonly Publication[]): string[] | null {
  if (published.length === 0 || published.some(({ departments }) => departments === null)) return null;
  return published.flatMap(({ departments }) => departments ?? []).sort();
}

/** As the screen tells it. `publications`: the latest last. */
export function toFinished(
  { name, manifest, sha256, departments, difference }: Known,
  publications: readonly Publication[],
): FinishedCampaign {
  const count = (what: string) => manifest.counts[what] ?? 0;
  const acts = publications.filter((one) => one.sha256 === sha256);
  const published = acts.filter(stands);
  const latest = publications.findLast(stands);
  return {
    name,
    campaign: manifest.campaign,
    asOf: manifest.asOf,
    rules: manifest.ruleSet.id,
    finishedAt: manifest.finishedAt,
    missing: manifest.missing.map((family) => SourceFamilyLabels[family as SourceFamily] ?? family),
    withheld: manifest.withheld,
    listed: count('listed'),
    persons: count('persons'),
    rows: count('rows'),
    rejects: count('rejects'),
    litiges: count('litiges'),
    departments,
    publishedAt: published.at(-1)?.at ?? null,
    publishedLists: publishedLists(published),
    publications: acts.map(({ sha256: _, asOf: __, ...act }) => act),
    isOlder:
      latest !== undefined &&
      latest.sha256 !== sha256 &&
      (manifest.asOf < latest.asOf || published.length > 0),
    difference: difference && {
      previousAsOf: difference.previousAsOf,
      entered: difference.counts.nouveaux,
      stayed: difference.counts.maintenus,
      left: difference.counts.sortis,
      moved: difference.counts.transférés,
      causes: [...difference.causes],
    },
  };
}

/** The lists of a campaign, and of the départements with cases that it has none of; those that were published are told so. */
export function listsOf(
  { sha256, manifest, listed }: CampaignDescription,
  followed: ReadonlyMap<string, number>,
  publications: readonly Publication[],
): CampaignList[] {
  const published = publications.filter((one) => one.sha256 === sha256 && stands(one));
  const isWhole = published.some(({ departments }) => departments === null);
  const done = new Set(publishedLists(published));
  const written = manifest.outputs.flatMap(({ path }) => /^lists\/([^/]+)\/liste-/.exec(path)?.[1] ?? []);
  const codes = new Set([...written, ...listed.keys(), ...followed.keys()]);
  return LIST_CODES.filter((code) => codes.has(code)).map((code) => ({
    code,
    name: getListName(code),
    listed: listed.get(code) ?? (written.includes(code) ? null : 0),
    followed: followed.get(code) ?? 0,
    isPublished: isWhole || done.has(code),
  }));
}

/** Above this a file put there again counts as another: reading it to find out would hold the screen up. */
const HASHED_MAX = 16 * 2 ** 20;

/** Is it the very file that the campaign read? Of an older day and the same size it is; else its content tells. */
function isAsRead(
  path: string,
  read: { readonly bytes: number; readonly sha256: string },
  startedAt: number,
) {
  const { size, mtime } = statSync(path);
  if (size !== read.bytes) return false;
  if (mtime.getTime() <= startedAt) return true;
  return size <= HASHED_MAX && createHash('sha256').update(readFileSync(path)).digest('hex') === read.sha256;
}

type Input = CampaignDescription['manifest']['inputs'][number];
type ReadFile = Input & { readonly paths: readonly string[] };

/** What a campaign read, by the file that holds it: of an archive, all that it holds, counted together. */
function inputsByFile(campaign: Known | undefined): ReadonlyMap<string, ReadFile> {
  const files = new Map<string, ReadFile>();
  for (const input of campaign?.manifest.inputs ?? []) {
    const path = /^.*?\.(?:zip|gz)(?=\/)/i.exec(input.path)?.[0] ?? input.path;
    const known = files.get(path);
    files.set(path, {
      ...input,
      path,
      paths: [...(known?.paths ?? []), input.path],
      rejected: input.rejected || (known?.rejected ?? false),
      rows: input.rows + (known?.rows ?? 0),
      rejects: input.rejects + (known?.rejects ?? 0),
    });
  }
  return files;
}

/** What was received, as the latest campaign read it, held against the one before. */
export async function readDelivered({ deliveries, campaigns }: CampaignFolders) {
  const [latest, before] = await listFinished({ deliveries, campaigns, memory: '' });
  const reasons =
    latest === undefined
      ? new Map<string, readonly RejectReason[]>()
      : await readRejectReasons(join(campaigns, latest.name));
  const readAs = inputsByFile(latest);
  const readBefore = inputsByFile(before);
  const startedAt = latest === undefined ? 0 : Date.parse(latest.manifest.startedAt);
  const found = existsSync(deliveries) ? listDeliveries({ deliveries }) : [];
  const files = found.map(({ path, absolutePath }): DeliveredFile => {
    const { size, mtime } = statSync(absolutePath);
    const read = readAs.get(path);
    return {
      path,
      bytes: size,
      changedOn: mtime.toISOString().slice(0, 10),
      read:
        read !== undefined && isAsRead(absolutePath, read, startedAt)
          ? {
              kind: FileKindLabels[read.kind as keyof typeof FileKindLabels] ?? 'format inconnu',
              rejected: read.rejected,
              rows: read.rows,
              rejects: read.rejects,
              rowsBefore: readBefore.get(path)?.rows ?? null,
              message: senderMessage(
                read,
                read.paths.flatMap((one) => reasons.get(one) ?? []),
              ),
            }
          : null,
    };
  });
  const sourcesBefore = new Map(before?.sources.map(({ source, rows }) => [source, rows]));
  return {
    readBy: latest?.name ?? null,
    sources: (latest?.sources ?? []).map(({ source, ...told }) => ({
      ...told,
      source: SourceLabels[source as keyof typeof SourceLabels] ?? source,
      rowsBefore: sourcesBefore.get(source) ?? null,
    })),
    files,
  };
}
