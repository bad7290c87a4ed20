import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { FAILURE_MODES, type FailureMode } from './failure-modes.ts';
import { addTallies, type FailureTallies } from './failures.ts';
import { csvText } from './files/csv.ts';
import { addCounts, type MarginalCounts } from './marginals/marginals.ts';
import { type Marginal, marginalsOf } from './marginals/targets.ts';
import { checkOptions, type FranceOptions } from './options.ts';
import { deliverDeaths } from './senders/insee-deaths.ts';
import { readTruthSettings, writeTruthSettings } from './truth/truth-settings.ts';
import { type PartResult, PartWriter } from './write-part.ts';

export interface FranceRequest extends FranceOptions {
  /** Worker threads; 1 works in the caller's own. They change nothing in what is written. */
  readonly threads: number;
  readonly onPart?: (done: { readonly people: number; readonly rows: number }) => void;
}

export interface France {
  readonly deliveries: string;
  readonly truth: string;
  readonly people: number;
  /** Rows that senders wrote, the unusable ones too. */
  readonly rows: number;
  readonly marginals: readonly Marginal[];
}

/**
 * Writes an invented country: what each sender delivers, in its own format and with its failings, and the truth. The two
 * folders are written anew. The same options give the same bytes, whatever the threads. Throws RangeError for options
 * that are none.
 */
export async function writeFrance(request: FranceRequest): Promise<France> {
  const { threads, onPart, ...options } = request;
  checkOptions(options);
  const deliveries = join(options.out, 'deliveries');
  const truth = join(options.out, 'truth');
  for (const folder of [deliveries, truth]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const writer = new PartWriter(options);
  const parts = [...writer.parts()];
  // The largest first, so that no thread is left alone with one at the end.
  const queue = [...parts].sort(([, one], [, other]) => other - one).map(([academy]) => academy);
  const done = (result: PartResult) => onPart?.({ people: result.people, rows: result.rows });
  const results =
    threads <= 1 || queue.length <= 1
      ? queue.map((academy) => tell(writer.write(academy), done))
      : await writeInWorkers(options, queue, Math.min(threads, queue.length), done);
  const inOrder = parts.map(([academy]) => findResult(results, academy));
  const counts = addCounts(inOrder.map(({ marginals }) => marginals));
  const deaths = await deliverDeaths(options, new Set(inOrder.flatMap(({ dyingLater }) => dyingLater)));
  writeSummary(truth, addTallies([...inOrder, deaths].map(({ failures }) => failures)), counts);
  writeTruthSettings(truth, options);
  const rows = counts.rows + deaths.rows;
  return { deliveries, truth, people: counts.people, rows, marginals: marginalsOf(counts, options.asOf) };
}

const COUNTS_FILE = 'counts.json';

/** The figures of the country whose truth is in a folder; undefined when there is none, or none that is whole. */
export function readMarginals(truth: string): readonly Marginal[] | undefined {
  const settings = readTruthSettings(truth);
  if (settings === undefined) return undefined;
  const counts = JSON.parse(readFileSync(join(truth, COUNTS_FILE), 'utf8')) as MarginalCounts;
  return marginalsOf(counts, settings.asOf);
}

function tell(result: PartResult, done: (result: PartResult) => void): PartResult {
  done(result);
  return result;
}

function findResult(results: readonly PartResult[], academy: string): PartResult {
  const found = results.find((one) => one.academy === academy);
  if (found === undefined) throw new Error(`no result for ${academy}`);
  return found;
}

/** Workers take the next part when they are done with one. The first error ends all. */
async function writeInWorkers(
  options: FranceOptions,
  queue: readonly string[],
  threads: number,
  done: (result: PartResult) => void,
): Promise<PartResult[]> {
  const waiting = [...queue];
  const results: PartResult[] = [];
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./write-worker.mjs', import.meta.url), { workerData: options }),
  );
  const run = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const next = (): void => {
        const academy = waiting.shift();
        if (academy === undefined) resolve();
        else worker.postMessage(academy);
      };
      worker.on('message', (result: PartResult) => {
        results.push(tell(result, done));
        next();
      });
      worker.on('error', reject);
      next();
    });
  try {
    await Promise.all(workers.map(run));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

/** What went wrong how often, beside the rate that was asked for; and what was counted of the people. */
function writeSummary(truth: string, failures: FailureTallies, counts: MarginalCounts): void {
  const modes = Object.keys(FAILURE_MODES) as FailureMode[];
  const rows = modes.map((mode) => {
    const { rate, source } = FAILURE_MODES[mode];
    return [mode, rate, failures[mode].occasions, failures[mode].hits, source];
  });
  const header = ['mode', 'rate', 'occasions', 'hits', 'source'];
  writeFileSync(join(truth, 'failure-modes.csv'), csvText(header, rows, { lineEnd: '\n' }));
  writeFileSync(join(truth, COUNTS_FILE), `${JSON.stringify(counts, null, 2)}\n`);
}
