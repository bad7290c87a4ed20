import { Command } from 'commander';
import { addBlockCommand } from './commands/block.ts';
import { addClusterCommand } from './commands/cluster.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addFindCommand } from './commands/find.ts';
import { addIndexCommand } from './commands/index-records.ts';
import { addPlanCommand } from './commands/plan.ts';
import { addPredictCommand } from './commands/predict.ts';
import { addProfileCommand } from './commands/profile.ts';
import { addReportCommand } from './commands/report.ts';
import { addTrainCommand } from './commands/train.ts';
import { addUpdateCommand } from './commands/update.ts';

const EXAMPLES = `
Examples:
  raccroche-linkage profile people.csv
  raccroche-linkage train people.csv --out model.json            a model from the columns, no label needed
  raccroche-linkage predict people.csv --model model.json --threshold 0 --out pairs.csv
  raccroche-linkage cluster people.csv --model model.json --out clusters.csv
  raccroche-linkage plan people.csv --model model.json --out to-label.csv --plan plan.json
  raccroche-linkage evaluate --labels to-label.csv --plan plan.json
  raccroche-linkage train a.csv b.csv --link-type link_only --out model.json
  raccroche-linkage index people.csv --model model.json --out people.duckdb
  raccroche-linkage find --index people.duckdb --record '{"first_name": "Marie", "surname": "Durand"}'
  raccroche-linkage update changed.csv --index people.duckdb --deletes gone.csv

Exit codes: 0 done, 1 a defect of the program, 2 something to mend, 130 interrupted.`;

/** The command line. `signal` is aborted by Ctrl-C. */
export function buildProgram(signal: AbortSignal): Command {
  const program = new Command('raccroche-linkage')
    .description('Probabilistic record linkage: which records are of one person.')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', EXAMPLES);
  for (const add of [
    addProfileCommand,
    addBlockCommand,
    addTrainCommand,
    addPredictCommand,
    addClusterCommand,
    addEvaluateCommand,
    addPlanCommand,
    addReportCommand,
    addIndexCommand,
    addFindCommand,
    addUpdateCommand,
  ]) {
    add(program, signal);
  }
  for (const command of program.commands) command.exitOverride();
  return program;
}
