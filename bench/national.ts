/**
 * The national campaign: how long it takes, where the time goes, and how far it is from a lower bound written by hand.
 * `npx tsx bench/national.ts FRANCE [runs = 1] [--memory 8GB] [--threads 2] [--no-bound] [--keep OUT]`, FRANCE being what
 * `raccroche synthetic write` left (`deliveries/` and `truth/`). Each measure runs in its own process, so that peaks do not mix.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseMemory, runCampaign } from '../packages/server/src/modules/lists/index.ts';
import { CAMPAIGN_NODE_FLAGS } from '../packages/server/src/platform/terminal/node-flags.ts';
import type { Progress } from '../packages/server/src/platform/terminal/progress.ts';
import { lowerBound } from './national-bound.ts';

const AS_OF = '2025-11-15';

interface Spent {
  wall: number;
  cpu: number;
}

const now = (): Spent => {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now() / 1000, cpu: (user + system) / 1e6 };
};
const since = (start: Spent): Spent => {
  const end = now();
  return { wall: end.wall - start.wall, cpu: end.cpu - start.cpu };
};
const told = ({ wall, cpu }: Spent) => `${wall.toFixed(1)} s, processeur ${cpu.toFixed(1)} s`;

/** Time between two words of the campaign is that of the first; told as it goes, for a run at the country's size is long. */
function recordingProgress() {
  let at = 'préparation';
  let start = now();
  const turn = (next: string) => {
    const spent = since(start);
    if (spent.cpu >= 0.5) print(`  ${at} : ${told(spent)}, ${peakMb()} Mo au plus`);
    at = next;
    start = now();
  };
  const progress: Progress = {
    update: ({ stage, step }) => {
      const next = step === undefined ? stage : `${stage} · ${step}`;
      if (next !== at) turn(next);
    },
    note: () => {},
    stop: () => turn('fin'),
  };
  return progress;
}

async function campaignOnce(france: string, memory: string, threads: string, kept: string): Promise<void> {
  const work = kept === '' ? mkdtempSync(join(tmpdir(), 'bench-national-')) : kept;
  const progress = recordingProgress();
  const start = now();
  try {
    await runCampaign(
      {
        deliveries: join(france, 'deliveries'),
        asOf: AS_OF,
        ruleSetId: 'siei-2011',
        registry: join(work, 'registry'),
        // The same for every run: what two versions write (`--keep`) is then compared byte for byte.
        registryKey: '5e'.repeat(32),
        memoryBytes: parseMemory(memory),
        threads: Number(threads),
        out: join(work, 'out'),
        allowMissing: [],
      },
      progress,
    );
    print(`campagne : ${told(since(start))}, ${peakMb()} Mo au plus`);
  } finally {
    if (kept === '') rmSync(work, { recursive: true, force: true });
  }
}

async function boundOnce(france: string, memory: string): Promise<void> {
  const start = now();
  const rows = await lowerBound(join(france, 'deliveries'), memory, (name) => {
    print(`  ${name} : depuis le début ${told(since(start))}`);
  });
  print(`borne : ${told(since(start))}, ${peakMb()} Mo au plus, ${rows} lignes`);
}

const peakMb = () => Math.round(process.resourceUsage().maxRSS / 1024);
const print = (text: string) => process.stdout.write(`${text}\n`);

function runApart(...args: readonly string[]): void {
  const self = fileURLToPath(import.meta.url);
  const { status } = spawnSync(process.execPath, [...CAMPAIGN_NODE_FLAGS, '--import', 'tsx', self, ...args], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`measure ${args.join(' ')} failed`);
}

function measureAll(args: readonly string[]): void {
  const given = (option: string) => (args.includes(option) ? args[args.indexOf(option) + 1] : undefined);
  const memory = given('--memory') ?? '8GB';
  const [france = '', times = ''] = args;
  const runs = /^\d+$/.test(times) ? Number(times) : 1;
  for (let run = 0; run < runs; run += 1) {
    if (!args.includes('--no-bound')) runApart('bound', france, memory);
    runApart('campaign', france, memory, given('--threads') ?? '2', given('--keep') ?? '');
  }
}

const [what = '', first = '', second = '', third = '', fourth = ''] = process.argv.slice(2);
if (what === 'campaign') await campaignOnce(first, second, third, fourth);
else if (what === 'bound') await boundOnce(first, second);
else measureAll(process.argv.slice(2));
