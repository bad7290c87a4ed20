import type { Command } from 'commander';
import { type Evaluation, evaluateLinkage } from '../../evaluation/evaluate.ts';
import type { GroupRate, GroupReport } from '../../evaluation/group-rates.ts';
import type { ThresholdCriterion } from '../../evaluation/thresholds.ts';
import { addClusterOptions, type ClusterChoices, clusterScored } from '../clustered.ts';
import {
  addEngineOptions,
  addGuardOptions,
  type EngineChoices,
  type GuardChoices,
  parseNames,
} from '../options.ts';
import { readModel, withEngine } from '../run.ts';
import { lowestScore, reading, scoreFiles } from '../scored.ts';
import { tableText } from './profile.ts';

interface Choices extends EngineChoices, GuardChoices, ClusterChoices {
  readonly model: string;
  readonly label: string;
  readonly groups?: readonly string[];
  readonly json?: boolean;
}

export function addEvaluateCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('evaluate <files...>')
    .description('precision, recall and what is missed or wrong, where the truth is known')
    .requiredOption('--model <file>', 'trained model')
    .requiredOption('--label <column>', 'column that holds the entity of each record')
    .option('--groups <columns>', 'columns by which missed and wrong links are told apart', parseNames)
    .option('--json', 'one JSON object');
  addGuardOptions(addEngineOptions(addClusterOptions(command))).action((files: string[], choices: Choices) =>
    withEngine(choices, signal, async (run) => {
      const given = await readModel(run, choices.model);
      const { label, groups = [], threshold } = choices;
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
      process.stdout.write(
        choices.json ? `${JSON.stringify(evaluation, null, 2)}\n` : evaluationText(evaluation),
      );
    }),
  );
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
