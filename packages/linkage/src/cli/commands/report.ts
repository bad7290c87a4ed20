import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { type Evaluation, evaluateLinkage } from '../../evaluation/evaluate.ts';
import { unlinkables } from '../../evaluation/unlinkables.ts';
import { gatherClusters } from '../../report/gather-clusters.ts';
import { pairsNearThreshold, picturePairs } from '../../report/gather-pairs.ts';
import { countOutcomes, scoredByRule, weightHistogram } from '../../report/gather-run.ts';
import { linkageReport } from '../../report/report.ts';
import type { Language } from '../../report/words.ts';
import { addClusterOptions, type ClusterChoices, clusterScored } from '../clustered.ts';
import {
  addEngineOptions,
  addGuardOptions,
  type EngineChoices,
  type GuardChoices,
  parseNumber,
} from '../options.ts';
import { readModel, withEngine } from '../run.ts';
import { lowestScore, reading, scoreFiles } from '../scored.ts';

interface Choices extends EngineChoices, GuardChoices, ClusterChoices {
  readonly model: string;
  readonly out: string;
  readonly label?: string;
  readonly review?: number;
  readonly values?: boolean;
  readonly language: Language;
}

/** Pairs shown on each side of the threshold. */
const PAIRS_SHOWN = 6;

export function addReportCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('report <files...>')
    .description('one HTML page of a model and what it finds: weights, clusters, curves; opens offline')
    .requiredOption('--model <file>', 'trained model')
    .requiredOption('--out <file>', 'where to write the page')
    .option('--label <column>', 'column that holds the entity of each record: adds curves and errors')
    .option('--review <weight>', 'match weight from which somebody decides', parseNumber)
    .option('--values', 'show pairs near the threshold with their values (personal data)')
    .addOption(new Option('--language <language>', 'of the page').choices(['en', 'fr']).default('en'));
  addGuardOptions(addEngineOptions(addClusterOptions(command))).action((files: string[], choices: Choices) =>
    withEngine(choices, signal, async (run) => {
      const given = await readModel(run, choices.model);
      const { label, threshold, review, language } = choices;
      const model = reading(given, label === undefined ? [] : [label], choices.apartBy);
      const scored = await scoreFiles(run, files, model, { ...choices, from: lowestScore(threshold) });
      const { session, pairs, count } = scored;
      const { table: clusters } = await clusterScored(run, scored, model, choices);
      const thresholds = { same: threshold, ...(review === undefined ? {} : { review }) };
      let evaluation: Evaluation | undefined;
      if (label !== undefined) {
        const labels = { kind: 'clusters', column: label } as const;
        evaluation = await evaluateLinkage(session, model, { labels, pairs, clusters, threshold });
      }
      const shown = choices.values ? await pairsNearThreshold(session, pairs, threshold, PAIRS_SHOWN) : [];
      const page = linkageReport({
        language,
        model,
        run: { records: session.recordCount, possiblePairs: session.possiblePairs, scoredPairs: count },
        thresholds,
        outcomes: await countOutcomes(session, pairs, thresholds),
        histogram: await weightHistogram(session, pairs),
        blocking: await scoredByRule(session, model, pairs),
        unlinkables: await unlinkables(session, model),
        clusters: await gatherClusters(session, model, { clusters, pairs, threshold }),
        ...(evaluation === undefined ? {} : { evaluation }),
        ...(choices.values ? { pairs: await picturePairs(session, model, shown) } : {}),
      });
      writeFileSync(choices.out, page);
      run.tell(`report in ${choices.out}`);
    }),
  );
}
