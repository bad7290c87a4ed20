import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './repository.ts';

const DEPCRUISE = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** One import that a rule forbids. Paths are relative to the folder that was looked at. */
export interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

export interface Cruise {
  readonly violations: readonly Violation[];
  /** Every import seen, as `from -> to`. */
  readonly edges: ReadonlySet<string>;
  /** Source files of ours that were read. */
  readonly sources: readonly string[];
}

interface CruiseReport {
  readonly summary: { readonly violations: readonly Violation[] };
  readonly modules: readonly { source: string; dependencies: readonly { resolved: string }[] }[];
}

/** Looks at `folder`/packages with the walls of this repository, by the same command as `npm run check`. Throws when it cannot run. */
export function cruise(folder: string): Cruise {
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const run = spawnSync(
    process.execPath,
    [DEPCRUISE, '--config', config, '--output-type', 'json', 'packages'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (!run.stdout.startsWith('{')) throw new Error(`dependency-cruiser did not run: ${run.stderr}`);
  const report = JSON.parse(run.stdout) as CruiseReport;
  return {
    violations: report.summary.violations,
    edges: new Set(
      report.modules.flatMap(({ source, dependencies }) =>
        dependencies.map(({ resolved }) => `${source} -> ${resolved}`),
      ),
    ),
    sources: report.modules.map(({ source }) => source).filter((source) => source.startsWith('packages/')),
  };
}
