/**
 * A month's delta: the campaign after one whose folder is given as `--previous`, worked out anew and incrementally, with where
 * the time goes. Of the deliveries, files that hold 2 % of the bytes come again with a row less. Both ways must give the same
 * files, and tables with the same rows. `npx tsx bench/incremental.ts FRANCE [--memory 4GB] [--share 0.02] [--keep FOLDER]`, FRANCE being what `raccroche synthetic write`
 * left. CPU times, user and system; each campaign runs in its own process.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { campaignContent } from '../packages/server/src/modules/lists/campaign/testing/data-content.ts';
import { parseMemory, runCampaign } from '../packages/server/src/modules/lists/index.ts';
import { syncToDisk } from '../packages/server/src/platform/files/text-file.ts';
import { CAMPAIGN_NODE_FLAGS } from '../packages/server/src/platform/terminal/node-flags.ts';
import type { Progress, ProgressState } from '../packages/server/src/platform/terminal/progress.ts';

const AS_OF = '2025-11-15';
const A_MONTH_LATER = '2025-12-15';
const KEY = '0123456789abcdef'.repeat(4);

const print = (text: string) => process.stdout.write(`${text}\n`);
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** CPU time from one word of the campaign to the next, by what it says: of its stages, and of the steps within. */
function timesBy(told: (state: ProgressState) => string) {
  const spent = new Map<string, number>();
  let [at, start] = ['prepare', cpuSeconds()];
  const turn = (next: string) => {
    const now = cpuSeconds();
    spent.set(at, (spent.get(at) ?? 0) + now - start);
    [at, start] = [next, now];
  };
  return {
    update: (state: ProgressState) => (told(state) === at ? undefined : turn(told(state))),
    turn,
    spent,
  };
}

function stageTimes() {
  const stages = timesBy(({ stage }) => stage);
  const steps = timesBy(({ stage, step = '' }) => `${stage} ${step}`);
  const progress: Progress = {
    update: (state) => {
      stages.update(state);
      steps.update(state);
    },
    note: print,
    stop: () => {
      stages.turn('end');
      steps.turn('end');
    },
  };
  return { progress, stages: stages.spent, steps: steps.spent };
}

const listed = (spent: ReadonlyMap<string, number>, least: number) =>
  [...spent]
    .filter(([, cpu]) => cpu >= least)
    .map(([name, cpu]) => `${name} ${cpu.toFixed(1)}`)
    .join(', ');

interface Run {
  readonly deliveries: string;
  readonly asOf: string;
  readonly out: string;
  readonly registry: string;
  readonly memory: string;
  readonly previous?: string;
  readonly incremental?: boolean;
}

async function runOne(run: Run): Promise<void> {
  const { progress, stages, steps } = stageTimes();
  const [start, begun] = [cpuSeconds(), performance.now()];
  const { rows, files, carried } = await runCampaign(
    {
      ...run,
      ruleSetId: 'siei-2011',
      registryKey: KEY,
      memoryBytes: parseMemory(run.memory),
      threads: 2,
      allowMissing: [],
    },
    progress,
  );
  const [all, clock] = [cpuSeconds() - start, (performance.now() - begun) / 1000];
  print(
    `  ${clock.toFixed(1)} s, CPU ${all.toFixed(1)} s (${listed(stages, 0.1)}); ${rows} rows, ${carried ?? 0} of ${files} files taken over`,
  );
  print(`  steps: ${listed(steps, all / 100)}`);
}

function runApart(label: string, run: Run): void {
  print(label);
  if (existsSync(join(run.out, 'manifest.json'))) {
    print('  done before');
    return;
  }
  const self = fileURLToPath(import.meta.url);
  const { status } = spawnSync(
    process.execPath,
    [...CAMPAIGN_NODE_FLAGS, '--import', 'tsx', self, JSON.stringify(run)],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error(`${label} failed`);
}

/** Copies the deliveries; files that hold `share` of the bytes, drawn by the hash of their paths, lose their last line. */
function nextMonth(deliveries: string, into: string, share: number): void {
  cpSync(deliveries, into, { recursive: true });
  const files = filesUnder(into).map((path) => ({ path, bytes: statSync(join(into, path)).size }));
  const drawn = files
    .filter(({ path }) => /\.(csv|jsonl)$/.test(path))
    .map((file) => ({ ...file, draw: createHash('sha256').update(file.path).digest('hex') }))
    .sort((a, b) => (a.draw < b.draw ? -1 : 1));
  let left = share * files.reduce((sum, { bytes }) => sum + bytes, 0);
  let changed = 0;
  for (const { path, bytes } of drawn) {
    if (bytes > left) continue;
    const content = readFileSync(join(into, path));
    writeFileSync(join(into, path), content.subarray(0, content.lastIndexOf(0x0a, content.length - 2) + 1));
    left -= bytes;
    changed += 1;
  }
  print(`${changed} files of ${files.length} come again with a row less`);
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** What differs between two campaigns: files by their bytes, tables by their rows, however they are kept. */
async function differences(one: string, other: string): Promise<string[]> {
  const [left, right] = [await campaignContent(one), await campaignContent(other)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (name) => left[name] !== right[name],
  );
}

async function measure(
  france: string,
  work: string,
  { memory, share }: { memory: string; share: number },
): Promise<void> {
  const deliveries = join(france, 'deliveries');
  const before = join(work, 'before');
  const common = { memory, previous: before };
  runApart('the campaign before, in full', {
    deliveries,
    asOf: AS_OF,
    out: before,
    registry: join(work, 'registry'),
    memory,
  });
  const changed = join(work, 'deliveries');
  if (!existsSync(changed)) nextMonth(deliveries, changed, share);
  for (const asOf of [AS_OF, A_MONTH_LATER]) {
    const outs = [false, true].map((incremental) => {
      const name = `${asOf}-${incremental ? 'incremental' : 'full'}`;
      const registry = join(work, `registry-${name}`);
      cpSync(join(work, 'registry'), registry, { recursive: true });
      // As a month later: a campaign would else wait for the disk to take what was copied here.
      for (const path of filesUnder(registry)) syncToDisk(join(registry, path));
      const out = join(work, name);
      const run = { ...common, deliveries: changed, asOf, out, registry, incremental };
      runApart(`${share * 100} % changed, at ${asOf}, ${incremental ? 'incremental' : 'in full'}`, run);
      return out;
    });
    const [full = '', incremental = ''] = outs;
    const wrong = await differences(full, incremental);
    if (wrong.length > 0) throw new Error(`not the same: ${wrong.slice(0, 5).join(', ')}`);
    print('  the same files and rows');
  }
}

const [first = ''] = process.argv.slice(2);
if (first.startsWith('{')) await runOne(JSON.parse(first) as Run);
else {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      memory: { type: 'string', default: '4GB' },
      share: { type: 'string', default: '0.02' },
      keep: { type: 'string' },
    },
  });
  const work = values.keep ?? mkdtempSync(join(tmpdir(), 'bench-incremental-'));
  try {
    await measure(positionals[0] ?? '', work, { memory: values.memory, share: Number(values.share) });
  } finally {
    if (values.keep === undefined) rmSync(work, { recursive: true, force: true });
  }
}
