import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineMemoryLimit, openCampaign } from '../../modules/lists/index.ts';
import type { Progress } from '../../platform/terminal/progress.ts';
import { loadTruth, measureCauses, measureGroups, measureLinkage, measureLists } from './measure.ts';
import { getTruth, requireSameDeliveries } from './open-quality.ts';
import type { QualityReport } from './quality-report.ts';
import { nameGroupGaps } from './rates.ts';
import { countBySender, nameGroupHarms } from './same-sender.ts';

export interface QualityRequest {
  readonly campaign: string;
  readonly truth: string;
  readonly memoryBytes: number;
  readonly threads: number;
}

/**
 * Holds a finished campaign on an invented country against what truly happened. Throws a RaccrocheError when the campaign is
 * not whole, or the truth is not its own.
 */
export async function measureQuality(request: QualityRequest, progress: Progress): Promise<QualityReport> {
  const { spillFolder, remove } = openSpillFolder();
  const { database, manifest } = await openCampaign(request.campaign, {
    memoryLimit: engineMemoryLimit(request.memoryBytes),
    threads: request.threads,
    spillFolder,
  });
  try {
    const { settings, ruleSet } = getTruth(request.truth, manifest);
    const { asOf } = manifest;
    const source = { folder: request.truth, ruleSet, asOf };
    await loadTruth(database, source, (_step, index, total) =>
      progress.update({
        stage: 'quality',
        label: 'Face à la vérité',
        done: index + 1,
        total,
        unit: 'étapes',
      }),
    );
    await requireSameDeliveries(database, settings);
    const { seed, people, senders, faults } = settings;
    const groups = await measureGroups(database);
    return {
      format: 'raccroche-quality/1',
      campaign: manifest.campaign,
      asOf,
      ruleSet,
      country: { seed, people, senders, faults },
      withheld: manifest.withheld,
      linkage: await measureLinkage(database),
      lists: await measureLists(database),
      causes: await measureCauses(database, source),
      groups,
      nameGroupGaps: nameGroupGaps(groups.name_group),
      nameGroupHarms: nameGroupHarms(await countBySender(database)),
    };
  } finally {
    database.close();
    progress.stop();
    remove();
  }
}

/** A folder for what does not fit in memory; gone when the measure ends, or the process. */
function openSpillFolder(): { readonly spillFolder: string; readonly remove: () => void } {
  const spillFolder = mkdtempSync(join(tmpdir(), 'raccroche-qualite-'));
  const remove = () => {
    process.removeListener('exit', remove);
    rmSync(spillFolder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return { spillFolder, remove };
}
