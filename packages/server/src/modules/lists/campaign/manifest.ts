import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { hashFile, type WrittenHashes } from './hash-file.ts';

/** How the tables of `data/` are laid out. A table that is laid out otherwise, under a name that was there, raises it. */
export const DATA_LAYOUT = 4;

/** `manifest.json`: what a campaign read and wrote. Everything but `startedAt` and `finishedAt` is the same for the same inputs. */
export const Manifest = z.object({
  format: z.literal('raccroche-campaign/1'),
  campaign: z.string(),
  asOf: z.string(),
  ruleSet: z.object({ id: z.string(), version: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  product: z.object({ name: z.string(), version: z.string() }),
  /** `DATA_LAYOUT` of the version that sealed it; told since the second. */
  layout: z.number().int().optional(),
  /** SHA-256 of the program texts that the stages ran: what another one left is not taken over. Told since campaigns are incremental. */
  program: z
    .object({
      reading: z.string(),
      linkage: z.string(),
      eligibility: z.string().optional(),
      numbering: z.string().optional(),
      listing: z.string().optional(),
    })
    .optional(),
  /** Fingerprint of the registry of numbers as the campaign left it. Told since numbers are held over. */
  registry: z.string().optional(),
  engine: z.object({ name: z.string(), version: z.string() }),
  allowMissing: z.array(z.string()),
  missing: z.array(z.string()),
  withheld: z.boolean(),
  counts: z.record(z.string(), z.number()),
  inputs: z.array(
    z.object({
      path: z.string(),
      sha256: z.string(),
      bytes: z.number(),
      kind: z.string().nullable(),
      rejected: z.boolean(),
      rows: z.number(),
      records: z.number(),
      rejects: z.number(),
      removedUnder16: z.number(),
      outOfScope: z.number(),
    }),
  ),
  /** The file of people's decisions, when one was given. */
  decisions: z
    .object({ file: z.string(), sha256: z.string(), given: z.number(), applied: z.number() })
    .optional(),
  /** The estimated model that judged resemblances: on how many ways of writing persons, and whether in an earlier campaign. */
  model: z.object({ variants: z.number(), held: z.boolean() }).optional(),
  outputs: z.array(
    z.object({ path: z.string(), sha256: z.string(), bytes: z.number(), rows: z.number().optional() }),
  ),
  startedAt: z.string(),
  finishedAt: z.string(),
});
export type Manifest = z.infer<typeof Manifest>;
export type ManifestOutput = Manifest['outputs'][number];

/** Every file under `folder`, as paths with `/`, sorted. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Hash and size of every output under `folder`; `rowsOf` adds the rows of those that have some. Of what is in `written` the hash is known. */
export async function describeOutputs(
  folder: string,
  rowsOf: ReadonlyMap<string, number>,
  written: WrittenHashes,
): Promise<ManifestOutput[]> {
  const outputs: ManifestOutput[] = [];
  for (const path of listFiles(folder)) {
    if (path === 'manifest.json') continue;
    const file = join(folder, path);
    const rows = rowsOf.get(path);
    outputs.push({
      path,
      sha256: written.find(file) ?? (await hashFile(file)),
      bytes: statSync(file).size,
      ...(rows === undefined ? {} : { rows }),
    });
  }
  return outputs;
}

export function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
