import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ASSESS_DATA, LINK_DATA, NUMBER_DATA, READ_DATA } from './data-files.ts';
import { DATA_LAYOUT, type Manifest } from './manifest.ts';
import { ofAnotherVersion, openCampaign } from './open-campaign.ts';
import { verifyCampaign } from './verify.ts';
import { PRODUCT_VERSION } from './version.ts';

const FILES = [...READ_DATA, ...LINK_DATA, ...ASSESS_DATA, ...NUMBER_DATA].map(({ file }) => file);

/** The manifest of a campaign that wrote these tables and nothing else. */
function manifestOf(files: readonly string[]): Manifest {
  return {
    format: 'raccroche-campaign/1',
    campaign: '2024-11',
    asOf: '2024-11-15',
    ruleSet: { id: 'fr', version: '1', parameters: {} },
    product: { name: 'raccroche', version: '0.0.1' },
    layout: DATA_LAYOUT,
    engine: { name: 'duckdb', version: '1.0.0' },
    allowMissing: [],
    missing: [],
    withheld: false,
    counts: {},
    inputs: [],
    outputs: files.map((file) => ({ path: `data/${file}.parquet`, sha256: '', bytes: 0 })),
    startedAt: '2024-11-15T00:00:00Z',
    finishedAt: '2024-11-15T00:00:01Z',
  };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'campaign-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Seals a campaign without the tables named. */
function seal(...without: readonly string[]): void {
  const files = FILES.filter((file) => !without.includes(file));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifestOf(files)));
  mkdirSync(join(folder, 'data'));
}

describe('a campaign sealed by another version', () => {
  it('is told from a damaged one, with both versions, what it lacks and what to do', async () => {
    seal('deaths', 'decisions');
    await expect(openCampaign(folder)).rejects.toMatchObject({
      code: 'campaign_outdated',
      exitCode: 4,
      message:
        `« ${folder} » : la campagne a été produite par une version antérieure (raccroche 0.0.1), qui n’écrivait pas ` +
        'data/deaths.parquet, data/decisions.parquet ; relancez-la sur les mêmes fichiers avec raccroche ' +
        `${PRODUCT_VERSION}.`,
    });
  });

  it('is not one that has lost a table', async () => {
    seal();
    await expect(openCampaign(folder)).rejects.toMatchObject({ code: 'campaign_damaged' });
    expect(ofAnotherVersion(manifestOf(FILES))).toBeUndefined();
  });

  it.each([
    [undefined, 'antérieure'],
    [DATA_LAYOUT + 1, 'postérieure'],
  ])('is told when its tables are laid out otherwise: %s', (layout, age) => {
    expect(ofAnotherVersion({ ...manifestOf(FILES), layout })).toBe(
      `la campagne a été produite par une version ${age} (raccroche 0.0.1), dont les tables sont disposées autrement ; ` +
        `relancez-la sur les mêmes fichiers avec raccroche ${PRODUCT_VERSION}`,
    );
  });

  it('is verified as far as it can be', async () => {
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifestOf([])));
    const found = await verifyCampaign(folder);
    expect(found.find(({ check }) => check === 'hashes')?.ok).toBe(true);
    expect(found.at(-1)).toMatchObject({ check: 'content', ok: false });
    expect(found.at(-1)?.text).toMatch(
      /^contenu non vérifié : la campagne a été produite par une version antérieure/,
    );
  });
});
