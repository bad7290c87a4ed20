import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { planReview } from '../../evaluation/clerical-plan.ts';
import { planFileOf, writePlanFile } from '../../evaluation/plan-file.ts';
import { reviewSheetSql, SCORE_COLUMN } from '../../evaluation/review-sheet.ts';
import { outputFormatOf, writeRows } from '../../io/outputs.ts';
import { inputColumns } from '../../records/record-tables.ts';
import {
  addEngineOptions,
  addGuardOptions,
  type EngineChoices,
  type GuardChoices,
  parseCount,
  parseNames,
  parseNumber,
} from '../options.ts';
import { readModel, withEngine } from '../run.ts';
import { lowestScore, reading, scoreFiles } from '../scored.ts';

interface Choices extends EngineChoices, GuardChoices {
  readonly model: string;
  readonly out: string;
  readonly plan: string;
  readonly size: number;
  readonly threshold: number;
  readonly seed: number;
  readonly show?: readonly string[];
}

const EXAMPLES = `
Examples:
  raccroche-linkage plan people.csv --model model.json --size 200 --out to-label.csv --plan plan.json
  (somebody fills ${SCORE_COLUMN} in to-label.csv: 1 one person, 0 two persons)
  raccroche-linkage evaluate --labels to-label.csv --plan plan.json
  raccroche-linkage train people.csv --model model.json --labels to-label.csv --plan plan.json --out better.json`;

export function addPlanCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('plan <files...>')
    .description('which pairs to label next: a sheet of pairs side by side, to be filled by somebody')
    .requiredOption('--model <file>', 'trained model')
    .requiredOption('--out <file>', 'where to write the sheet: .csv, .parquet or .json (personal data)')
    .requiredOption('--plan <file>', 'where to write what evaluate and train need to read the sheet back')
    .option('--size <pairs>', 'pairs to label', parseCount, 200)
    .option('--threshold <weight>', 'match weight (log2) that is to be judged', parseNumber, 0)
    .option('--show <columns>', 'columns of the sheet beside those that the model reads', parseNames)
    .option('--seed <n>', 'of the draw', parseCount, 1)
    .addHelpText('after', EXAMPLES);
  addGuardOptions(addEngineOptions(command)).action((files: string[], choices: Choices) =>
    withEngine(choices, signal, async (run) => {
      outputFormatOf(choices.out);
      const { threshold, size, seed, show } = choices;
      const given = await readModel(run, choices.model);
      const model = reading(given, show);
      const { session, pairs } = await scoreFiles(run, files, model, {
        ...choices,
        from: lowestScore(threshold),
      });
      const plan = await planReview(session, model, { pairs, threshold, size, seed });
      const columns = [...new Set([...inputColumns(given, []), ...(show ?? [])])];
      await writeRows(run.engine, reviewSheetSql(session, model, plan, columns), choices.out);
      writeFileSync(choices.plan, writePlanFile(planFileOf(plan)));
      run.tell(
        `${plan.pairs.length} pairs to label in ${choices.out}: fill ${SCORE_COLUMN} with 1 (one person) or 0 (two), then evaluate --labels ${choices.out} --plan ${choices.plan}`,
      );
    }),
  );
}
