import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Entry } from '../entry.ts';
import { getPublishable, readListed } from '../publication/read-published.ts';
import type { Manifest } from './manifest.ts';
import { readManifest } from './open-campaign.ts';

/** What a finished campaign says of itself, for whoever decides of it. */
export interface CampaignDescription {
  readonly manifest: Manifest;
  /** SHA-256 of `manifest.json`: what a publication is known by. */
  readonly sha256: string;
  /** Lists that have somebody. */
  readonly departments: number;
  /** People on each list, by code; empty for a campaign that left no summary. */
  readonly listed: ReadonlyMap<string, number>;
  readonly sources: readonly SourceTold[];
  readonly difference: DifferenceTold | null;
}

const SummaryTold = z.object({
  departments: z.record(z.string(), z.object({ listed: z.number() })),
  sources: z.array(
    z.object({
      source: z.string(),
      files: z.number(),
      rows: z.number(),
      rejects: z.number(),
      latestExtraction: z.string().nullable(),
      freshness: z.string(),
    }),
  ),
});
export type SourceTold = z.infer<typeof SummaryTold>['sources'][number];

const DifferenceHead = z.object({
  previous: z.object({ asOf: z.string() }),
  counts: z.object({
    nouveaux: z.number(),
    maintenus: z.number(),
    sortis: z.number(),
    transférés: z.number(),
  }),
});
export interface DifferenceTold {
  readonly previousAsOf: string;
  readonly counts: z.infer<typeof DifferenceHead>['counts'];
  /** Those who left, by why; the most first. */
  readonly causes: readonly { readonly label: string; readonly count: number }[];
}

/** Throws a RaccrocheError for a folder that is no finished campaign, or is damaged. */
export async function describeCampaign(folder: string): Promise<CampaignDescription> {
  const manifest = readManifest(folder);
  const sha256 = createHash('sha256')
    .update(readFileSync(join(folder, 'manifest.json')))
    .digest('hex');
  const path = join(folder, 'summary.json');
  const told = existsSync(path) ? SummaryTold.safeParse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
  const listed = new Map(
    Object.entries(told?.data?.departments ?? {}).map(([code, { listed: count }]) => [code, count]),
  );
  const departments = [...listed.values()].filter((count) => count > 0).length;
  return {
    manifest,
    sha256,
    departments,
    listed,
    sources: told?.data?.sources ?? [],
    difference: await readDifference(join(folder, 'difference.json')),
  };
}

/** `difference.json`, line by line (see difference.ts): a country's is too long to be held whole. */
async function readDifference(path: string): Promise<DifferenceTold | null> {
  if (!existsSync(path)) return null;
  const properties: string[] = [];
  const causes = new Map<string, number>();
  let inHead = true;
  let isLeft = false;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const list = /^"(nouveaux|maintenus|sortis|transférés)": \[/.exec(line)?.[1];
    if (list !== undefined) {
      inHead = false;
      isLeft = list === 'sortis';
    } else if (inHead && line.startsWith('"')) properties.push(line.replace(/,$/, ''));
    else if (isLeft && line.startsWith('{')) {
      const { label } = JSON.parse(line.replace(/,$/, '')) as { label: string };
      causes.set(label, (causes.get(label) ?? 0) + 1);
    }
  }
  const { previous, counts } = DifferenceHead.parse(JSON.parse(`{${properties.join(',')}}`));
  return {
    previousAsOf: previous.asOf,
    counts,
    causes: [...causes]
      .map(([label, count]) => ({ label, count }))
      .sort((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1)),
  };
}

/** Lines that a file's sender has to mend, by sentence. */
export interface RejectReason {
  readonly message: string;
  readonly count: number;
}

/** Why lines of each delivered file were rejected, by its path; the most frequent first. */
export async function readRejectReasons(
  folder: string,
): Promise<ReadonlyMap<string, readonly RejectReason[]>> {
  const path = join(folder, 'rejects', 'rejets.csv');
  const byFile = new Map<string, Map<string, number>>();
  if (existsSync(path))
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const cells = line.split(';');
      if (cells.at(-1) !== 'rejet') continue;
      // The sentence is the last but one; the position, the field and the code come before it.
      const file = (cells[0] ?? '').replace(/^"|"$/g, '');
      const message = (cells.at(-2) ?? '').replace(/^"|"$/g, '').replaceAll('""', '"');
      const counts = byFile.get(file) ?? new Map<string, number>();
      counts.set(message, (counts.get(message) ?? 0) + 1);
      byFile.set(file, counts);
    }
  return new Map(
    [...byFile].map(([file, counts]) => [
      file,
      [...counts]
        .map(([message, count]) => ({ message, count }))
        .sort((one, other) => other.count - one.count || (one.message < other.message ? -1 : 1)),
    ]),
  );
}

/** An entry of a campaign's lists, drawn at random. */
export interface DrawnEntry {
  readonly department: string;
  readonly entry: Entry;
}

/**
 * Draws `count` entries of a finished campaign's lists, every one as likely; `seed` decides which. Throws a RaccrocheError for lists
 * that are withheld or not what the manifest says.
 */
export async function drawEntries(
  folder: string,
  count: number,
  seed: string,
): Promise<readonly DrawnEntry[]> {
  let drawn: { readonly rank: string; readonly department: string; readonly entry: Entry }[] = [];
  for await (const { department, entry, json } of readListed(await getPublishable(folder))) {
    const rank = createHash('sha256').update(`${seed} ${entry.siei}`).digest('hex');
    if (drawn.length === count && rank >= (drawn.at(-1)?.rank ?? '')) continue;
    drawn = [...drawn, { rank, department, entry: JSON.parse(json) as Entry }]
      .sort((one, other) => (one.rank < other.rank ? -1 : 1))
      .slice(0, count);
  }
  return drawn.map(({ department, entry }) => ({ department, entry }));
}
