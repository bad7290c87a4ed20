import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { answeredSheetSql, SCORE_COLUMN } from '../../evaluation/review-sheet.ts';
import type { LinkType, Model } from '../../model/model.ts';
import { writeModelFile } from '../../model/model-file.ts';
import { startEstimates } from '../../parameters/estimates.ts';
import { estimateMFromPairs } from '../../parameters/labels.ts';
import { trainModel } from '../../parameters/train.ts';
import { profileColumns } from '../../profile/profile-columns.ts';
import { type LinkSession, openSession } from '../../session.ts';
import { splinkModelText, writeSplinkModel } from '../../splink/write-model.ts';
import { suggestBlockingRules } from '../../suggest/suggest-blocking.ts';
import { suggestModel } from '../../suggest/suggest-model.ts';
import {
  addEngineOptions,
  addGuardOptions,
  addLinkTypeOption,
  type EngineChoices,
  type GuardChoices,
  guardOf,
  parseCount,
  parseNames,
  parseShare,
} from '../options.ts';
import { readAnswers } from '../reviewed.ts';
import { checkedLinkType, inputsOf, type Run, readModel, relationOf, withEngine } from '../run.ts';
import { reading } from '../scored.ts';

interface Choices extends EngineChoices, GuardChoices {
  readonly model?: string;
  readonly out: string;
  readonly linkType: LinkType;
  readonly id?: string;
  readonly ignore?: readonly string[];
  readonly targetRecall: number;
  readonly pairBudget: number;
  readonly seed: number;
  readonly labels?: string;
  readonly plan?: string;
  readonly keepRepeated?: boolean;
  readonly splink?: boolean;
}

export function addTrainCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('train <files...>')
    .description(
      'estimate the parameters of a model, without a label or with some; without --model, one is made from the columns',
    )
    .requiredOption('--out <file>', 'where to write the trained model')
    .option('--model <file>', 'comparisons and blocking rules: a model file, or one saved by Splink')
    .option('--id <column>', 'column that identifies a row (told from the columns by default)')
    .option('--ignore <columns>', 'columns not to compare, separated by commas', parseNames)
    .option(
      '--target-recall <share>',
      'share of likely matches that the suggested rules should find',
      parseShare,
      0.999,
    )
    .option('--pair-budget <pairs>', 'pairs that the suggested rules may find', parseCount, 30_000_000)
    .option('--seed <n>', 'of the random pairs', parseCount, 1)
    .option(
      '--labels <file>',
      'pairs that people labelled (a sheet of the command plan): m is taken from them',
    )
    .option('--plan <file>', 'the plan of these labels: says how many pairs each stands for')
    .option('--keep-repeated', 'leave evidence as it is that different persons tell twice')
    .option('--splink', 'write the model as Splink saves it');
  addLinkTypeOption(addGuardOptions(addEngineOptions(command))).action((files: string[], choices: Choices) =>
    withEngine(choices, signal, async (run) => {
      const model =
        choices.model === undefined
          ? await suggested(run, files, choices)
          : await readModel(run, choices.model);
      const opened = { inputs: inputsOf(files), model: reading(model, choices.divideBy) };
      const session = await openSession(run.engine, opened);
      run.tell(`${session.recordCount} records, ${session.possiblePairs} possible pairs`);
      const guard = guardOf(choices, run.tell);
      const repeated = choices.keepRepeated === true ? 'kept' : 'taken_back';
      const training = await trainModel(session, model, { seed: choices.seed, guard, repeated });
      for (const { comparison, level, message } of training.warnings) {
        const where = [comparison, level].filter((one) => one !== undefined).join(', ');
        run.tell(`Beware: ${where === '' ? '' : `${where}: `}${message}`);
      }
      for (const { comparison, level, toldBy, bits } of training.repeated) {
        run.tell(
          `${comparison}: ${level} is told again where ${toldBy.join(' and ')} agree${toldBy.length === 1 ? 's' : ''}, ${bits.toFixed(1)} bits are taken back there`,
        );
      }
      const { labels } = choices;
      const trained =
        labels === undefined
          ? training.model
          : await withLabels(run, session, training.model, { ...choices, labels });
      const text = choices.splink ? splinkModelText(writeSplinkModel(trained)) : writeModelFile(trained);
      writeFileSync(choices.out, text);
      run.tell(
        `${training.candidatePairs} candidate pairs, ${training.em.iterations} rounds, ${Math.round(training.em.matches)} matches expected; model in ${choices.out}`,
      );
    }),
  );
}

/** The model with m as labelled pairs have it; each stands for as many as the plan says. */
async function withLabels(
  run: Run,
  session: LinkSession,
  model: Model,
  { labels, plan: file }: Pick<Choices, 'plan'> & { readonly labels: string },
): Promise<Model> {
  const { plan, answers } = await readAnswers(run, labels, file);
  const estimates = await estimateMFromPairs(session, startEstimates(model), {
    relation: answeredSheetSql(relationOf(labels), plan, answers),
    scoreColumn: SCORE_COLUMN,
    weightColumn: 'label_weight',
  });
  run.tell(`m is taken from the labels of ${labels}`);
  return estimates.model;
}

async function suggested(run: Run, files: readonly string[], choices: Choices): Promise<Model> {
  const inputs = inputsOf(files);
  const linkType = checkedLinkType(choices.linkType, inputs.length);
  const relation = inputs.map((input) => `SELECT * FROM ${input.relation}`).join(' UNION ALL BY NAME ');
  const profiles = await profileColumns(run.engine, { relation: `(${relation})` });
  const { model, choices: columns } = suggestModel(profiles, {
    linkType,
    ...(choices.id === undefined ? {} : { idColumn: choices.id }),
    ...(choices.ignore === undefined ? {} : { ignore: choices.ignore }),
  });
  for (const { column, comparison, reason } of columns) {
    run.tell(
      `${column}: ${comparison === undefined ? 'not compared' : `compared as ${comparison}`}, ${reason}`,
    );
  }
  const session = await openSession(run.engine, { inputs, model });
  const { targetRecall, pairBudget } = choices;
  const blocking = await suggestBlockingRules(session, model, { targetRecall, pairBudget });
  for (const { label, pairs } of blocking.rules) run.tell(`blocking: ${label}, ${pairs} pairs`);
  for (const note of blocking.notes) run.tell(note);
  return { ...model, blockingRules: blocking.rules.map(({ rule }) => rule) };
}
