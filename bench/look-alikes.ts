/**
 * What linkage makes of invented regions whose truth is known, by seed: people split, persons mixed, people wrongly listed,
 * missed, or listed twice.
 * Run: npx tsx bench/look-alikes.ts [--people COUNT] [SEED …]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFrance } from '@raccroche/synthetic';
import { measureQuality } from '../packages/server/src/app/quality/measure-quality.ts';
import { runCampaign } from '../packages/server/src/modules/lists/index.ts';
import { silentProgress } from '../packages/server/src/platform/terminal/progress.ts';

const AS_OF = '2025-11-15';
const RULES = 'siei-2011';
/** That of the demonstration, then three others. */
const SEEDS = [20251115, 1, 2, 3];

const words = process.argv.slice(2);
const at = words.indexOf('--people');
const people = at < 0 ? 4500 : Number(words[at + 1]);
const given = words.filter((_, index) => at < 0 || (index !== at && index !== at + 1)).map(Number);

process.stdout.write('seed       split mixed links litiges wrongly missed twice\n');
for (const seed of given.length > 0 ? given : SEEDS) {
  const folder = mkdtempSync(join(tmpdir(), 'look-alikes-'));
  try {
    const region = await writeFrance({
      seed,
      asOf: AS_OF,
      out: folder,
      people,
      departments: ['59', '62'],
      senders: 'establishments',
      faults: 'named',
      threads: 1,
    });
    const out = join(folder, 'campagne');
    const result = await runCampaign(
      {
        deliveries: region.deliveries,
        asOf: AS_OF,
        ruleSetId: RULES,
        registry: join(folder, 'registre'),
        memoryBytes: 2 * 2 ** 30,
        threads: 2,
        out,
        allowMissing: ['school', 'agriculture', 'cfa', 'exams', 'mission_locale'],
      },
      silentProgress,
    );
    const machine = { memoryBytes: 2 * 2 ** 30, threads: 2 };
    const request = { campaign: out, truth: region.truth, ...machine };
    const { linkage, lists } = await measureQuality(request, silentProgress);
    const cells = [linkage.split, linkage.mixed, result.lookAlikes ?? '-', result.litiges];
    const figures = [...cells, lists.wronglyListed.count, lists.missed.count, lists.listedTwice];
    process.stdout.write(
      `${String(seed).padEnd(11)}${figures.map((cell) => String(cell).padEnd(6)).join('')}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
