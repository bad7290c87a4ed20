import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import type { DeliveredFile } from './fingerprint.ts';
import { readManifest } from './open-campaign.ts';

/** Work in progress inside OUT: hidden, and gone when the campaign is sealed. */
const WORK_FOLDER = '.travail';
const MANIFEST = 'manifest.json';

export interface OutputFolder {
  readonly out: string;
  /** Everything that is not yet a result. */
  readonly work: string;
  /** Results on their way: same layout as OUT. */
  readonly final: string;
  /**
   * Moves the results into OUT, the manifest last: OUT holds a manifest exactly when it is whole.
   * After a kill between two moves, called again, it moves what is left; when nothing is, it does nothing.
   */
  publish(): void;
  /** Removes the work folder. */
  clear(): void;
}

/** All that a campaign may write into OUT beside its manifest. */
const RESULTS = [
  'data',
  'difference.json',
  'lists',
  'litiges',
  'rejects',
  'reports',
  'summary.json',
] as const;

export function openOutputFolder(out: string): OutputFolder {
  const work = join(out, WORK_FOLDER);
  const final = join(work, 'final');
  mkdirSync(work, { recursive: true });
  return {
    out,
    work,
    final,
    publish() {
      if (!existsSync(join(final, MANIFEST))) return;
      // The old manifest goes first: from here to the new one, OUT says that it is not whole.
      rmSync(join(out, MANIFEST), { force: true });
      const wanted = new Set(readManifest(final).outputs.map(({ path }) => path.split('/')[0]));
      for (const name of RESULTS) {
        const moves = existsSync(join(final, name));
        // What an earlier run left and this one does not write, or what is about to be replaced.
        if (moves || !wanted.has(name)) rmSync(join(out, name), { recursive: true, force: true });
        if (moves) renameSync(join(final, name), join(out, name));
      }
      renameSync(join(final, MANIFEST), join(out, MANIFEST));
    },
    clear() {
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/**
 * Refuses an OUT that holds somebody else's files, or a finished campaign of another question or other files:
 * a published list is never overwritten by a different one. The same campaign may be run again in place.
 */
export function refuseOtherCampaign(
  out: string,
  wanted: { campaign: string; files: readonly DeliveredFile[] },
): void {
  if (!existsSync(out)) return;
  if (!statSync(out).isDirectory()) {
    throw new RaccrocheError(
      'out_not_a_folder',
      `« ${out} » est un fichier : donnez un dossier à --out.`,
      EXIT_CODES.usage,
    );
  }
  const names = readdirSync(out).filter((name) => name !== WORK_FOLDER);
  // A seal killed between two moves leaves results without a manifest, beside its work folder.
  if (names.length === 0 || (!names.includes(MANIFEST) && existsSync(join(out, WORK_FOLDER)))) return;
  if (!names.includes(MANIFEST)) {
    throw new RaccrocheError(
      'out_not_empty',
      `« ${out} » n’est pas vide et n’est pas une campagne. Donnez un dossier vide ou nouveau à --out.`,
      EXIT_CODES.usage,
    );
  }
  const { campaign, inputs } = readManifest(out);
  // A file of an archive bears the archive's path before its own; a file that could not be read has no hash and no size.
  const sameInputs = inputs.every(({ path, bytes, sha256 }) =>
    wanted.files.some(
      (file) =>
        (file.bytes === bytes || sha256 === '') && (path === file.path || path.startsWith(`${file.path}/`)),
    ),
  );
  if (campaign !== wanted.campaign || !sameInputs) {
    throw new RaccrocheError(
      'out_holds_other_campaign',
      `« ${out} » contient déjà une autre campagne (${campaign}). Donnez un autre dossier à --out.`,
      EXIT_CODES.usage,
    );
  }
}
