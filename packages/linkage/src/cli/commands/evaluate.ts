import type { Command } from 'commander';
import { type Evaluation, evaluateLinkage } from '../../evaluation/evaluate.ts';
import type { GroupRate, GroupReport } from '../../evaluation/group-rates.ts';
import {
  type EstimatedFigure,
  estimateFromReview,
  type ReviewEstimate,
} from '../../evaluation/review-estimate.ts';
import type { ThresholdCriterion } from '../../evaluation/thresholds.ts';
import { addClusterOptions, type ClusterChoices, clusterScored } from '../clustered.ts';
import {
  addEngineOptions,
  addGuardOptions,
  type EngineChoices,
  type GuardChoices,
  parseNames,
} from '../options.ts';
import { readAnswers } from '../reviewed.ts';
import { type Run, readModel, withEngine } from '../run.ts';
import { lowestScore, reading, scoreFiles } from '../scored.ts';
import { UsageError } from '../usage-error.ts';
import { tableText } from './profile.ts';

interface Choices extends EngineChoices, GuardChoices, ClusterChoices {
  readonly model?: string;
  readonly label?: string;
  readonly labels?: string;
  readonly plan?: string;
  readonly groups?: readonly string[];
  readonly json?: boolean;
}

export function addEvaluateCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('evaluate [files...]')
    .description('precision, recall and what is missed or wrong, where the truth is known or was asked for')
    .option('--model <file>', 'trained model')
    .option('--label <column>', 'column that holds the entity of each record')
    .option('--labels <file>', 'sheet of the command plan, filled; in place of --label')
    .option('--plan <file>', 'its plan: precision and recall are estimated from it, without the records')
    .option('--groups <columns>', 'columns by which missed and wrong links are told apart', parseNames)
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES);
  addGuardOptions(addEngineOptions(addClusterOptions(command))).action((files: string[], choices: Choices) =>
    withEngine(choices, signal, async (run) => {
      const { labels, plan } = choices;
      const found =
        labels !== undefined && plan !== undefined
          ? await estimated(run, labels, plan)
          : await evaluated(run, files, choices);
      process.stdout.write(choices.json ? `${JSON.stringify(found.figures, null, 2)}\n` : found.text);
    }),
  );
}

const EXAMPLES = `
Examples:
  raccroche-linkage evaluate people.csv --model model.json --label person
  raccroche-linkage evaluate --labels to-label.csv --plan plan.json`;

interface Found {
  readonly figures: object;
  readonly text: string;
}

/** From a column that knows the truth of every record. */
async function evaluated(run: Run, files: readonly string[], choices: Choices): Promise<Found> {
  const { label, groups = [], threshold } = choices;
  if (files.length === 0 || choices.model === undefined || label === undefined)
    throw new UsageError('give files, --model and --label; or --labels and --plan, of the command plan');
  const given = await readModel(run, choices.model);
  const model = reading(given, [label], groups, choices.apartBy);
  const scored = await scoreFiles(run, files, model, { ...choices, from: lowestScore(threshold) });
  const { table: clusters } = await clusterScored(run, scored, model, choices);
  const { session, pairs } = scored;
  const evaluation = await evaluateLinkage(session, model, {
    labels: { kind: 'clusters', column: label },
    pairs,
    clusters,
    threshold,
    groups,
  });
  return { figures: evaluation, text: evaluationText(evaluation) };
}

/** From the pairs that people labelled: each stands for those of its band. */
async function estimated(run: Run, labels: string, planFile: string): Promise<Found> {
  const { plan, answers } = await readAnswers(run, labels, planFile);
  const bands = plan?.bands ?? [];
  const unanswered = bands.filter((band) => !answers.some((answer) => answer.band === band.number));
  if (unanswered.length > 0) {
    const asked = unanswered.map(({ from, to }) => `${from} to ${to}`).join('; ');
    throw new UsageError(`no pair is labelled of these weights: ${asked}. Label one of each, at least`);
  }
  const estimate = estimateFromReview(bands, answers);
  return {
    figures: { threshold: plan?.threshold, ...estimate },
    text: estimateText(estimate, plan?.threshold),
  };
}

function estimateText(estimate: ReviewEstimate, threshold = 0): string {
  const row = (name: string, { value, interval }: EstimatedFigure, digits: number): readonly string[] => [
    name,
    value.toFixed(digits),
    `${interval.low.toFixed(digits)} to ${interval.high.toFixed(digits)}`,
  ];
  const rows = [
    [`at weight ${threshold}`, 'estimate', '95 % between'],
    row('precision', estimate.precision, 4),
    row('recall, of the scored pairs', estimate.recall, 4),
    row('F1', estimate.f1, 4),
    row('matches', estimate.matches, 0),
  ];
  return `${tableText(rows)}${estimate.answers} labelled pairs; what the blocking rules miss is not in it\n`;
}

const share = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(4));

function evaluationText({ atThreshold, chosen, blocking, clusters, groups }: Evaluation): string {
  const rows = [
    ['', 'weight', 'precision', 'recall', 'F1'],
    [
      'pairs, threshold given',
      String(atThreshold.weight),
      share(atThreshold.precision),
      share(atThreshold.recall),
      share(atThreshold.f1),
    ],
    ...chosen.map(({ criterion, point }) => [
      `pairs, ${criterionText(criterion)}, chosen on the labels (optimistic)`,
      point.weight.toFixed(2),
      share(point.precision),
      share(point.recall),
      share(point.f1),
    ]),
    ...(clusters === undefined
      ? []
      : [
          [
            'pairs of the clusters',
            '',
            share(clusters.pairwise.precision),
            share(clusters.pairwise.recall),
            share(clusters.pairwise.f1),
          ],
        ]),
  ];
  return `${tableText(rows)}${share(blocking.recall)} of the true pairs are found by the blocking rules\n${groups.map(groupText).join('')}`;
}

/** Whom the model serves less well: links missed and wrong, by a column. */
function groupText({ column, groups }: GroupReport): string {
  const rate = ({ count, of, rate: value }: GroupRate): string => `${count} of ${of} (${share(value)})`;
  const rows = groups.map(({ group, records, missed, wrong }) => [
    group ?? '(missing)',
    String(records),
    rate(missed),
    rate(wrong),
  ]);
  return `\n${tableText([[column, 'records', 'missed', 'wrong'], ...rows])}`;
}

function criterionText(criterion: ThresholdCriterion): string {
  switch (criterion.kind) {
    case 'f':
      return `best F${criterion.beta}`;
    case 'precision':
      return `precision of ${criterion.atLeast}`;
    case 'cost':
      return `a wrong link as dear as ${criterion.falsePositive / criterion.falseNegative} missed`;
  }
}
