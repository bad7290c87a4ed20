import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';
import { readCsvRecords } from '../../../platform/text/csv-records.ts';
import { hashFile } from '../campaign/hash-file.ts';
import type { PublishableCampaign } from './read-published.ts';

/** What nobody has decided: two SIEI numbers, or a number and the code of a death. */
export interface PublishedLitige {
  readonly siei1: string;
  readonly siei2: string;
  readonly reasons: readonly string[];
  readonly weight: number | null;
}

const LITIGES = 'litiges/a-trancher.csv';
const DELIMITER = ';';

/** The litiges that a finished campaign asks about; none for one that wrote none. Throws when the file is not the manifest's. */
export async function readLitiges({ folder, manifest }: PublishableCampaign): Promise<PublishedLitige[]> {
  const output = manifest.outputs.find(({ path }) => path === LITIGES);
  if (!output) return [];
  const file = join(folder, LITIGES);
  if ((await hashFile(file).catch(() => undefined)) !== output.sha256)
    throw new RaccrocheError(
      'list_damaged',
      `« ${file} » manque ou a changé depuis la campagne. Rien n’est publié.`,
      EXIT_CODES.invalid,
    );
  const rows: Record<string, string>[] = [];
  let header: readonly string[] | undefined;
  await readCsvRecords(
    createReadStream(file, { encoding: 'utf8' }),
    DELIMITER,
    {
      record(fields) {
        if (header === undefined) header = fields.map((name) => name.replace('\ufeff', ''));
        else rows.push(Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])));
      },
      malformed(line) {
        throw new RaccrocheError(
          'list_damaged',
          `« ${file} », ligne ${line} : illisible.`,
          EXIT_CODES.invalid,
        );
      },
    },
    async () => {},
  );
  return rows.map((row) => ({
    siei1: row.siei_1 ?? '',
    siei2: row.siei_2 ?? '',
    reasons: (row.litige ?? '').split(' + ').filter(Boolean),
    weight: row.poids ? Number(row.poids.replace(',', '.')) : null,
  }));
}
