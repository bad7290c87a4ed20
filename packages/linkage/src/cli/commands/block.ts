import type { Command } from 'commander';
import { TOTAL_PAIRS } from '../../blocking/check-budget.ts';
import { countCandidatePairs, countRulePairs, type RuleCount } from '../../blocking/count-pairs.ts';
import { openSession } from '../../session.ts';
import { addEngineOptions, type EngineChoices } from '../options.ts';
import { inputsOf, readModel, withEngine } from '../run.ts';
import { tableText } from './profile.ts';

interface Choices extends EngineChoices {
  readonly model: string;
  readonly json?: boolean;
  readonly values?: boolean;
}

export function addBlockCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('block <files...>')
    .description('how many pairs the blocking rules of a model find, before anything runs')
    .requiredOption('--model <file>', 'model')
    .option('--values', 'show the values of the largest blocks (personal data)')
    .option('--json', 'one JSON object');
  addEngineOptions(command).action((files: string[], choices: Choices) =>
    withEngine(choices, signal, async (run) => {
      const model = await readModel(run, choices.model);
      const session = await openSession(run.engine, { inputs: inputsOf(files), model });
      const request = { records: session.records, linkType: model.linkType };
      const counts: RuleCount[] = [];
      for (const rule of model.blockingRules) counts.push(await countRulePairs(run.engine, request, rule));
      const { possiblePairs: possible } = session;
      // Each pair once is told by the joins themselves: not where they are what the guard refuses.
      const joinable = counts.reduce((sum, { pairs }) => sum + pairs, 0) <= TOTAL_PAIRS;
      const cumulative = joinable
        ? await countCandidatePairs(run.engine, request, model.blockingRules)
        : undefined;
      if (!joinable)
        run.tell('too many pairs to tell which rule finds one first: only upper bounds are shown');
      const shown = counts.map((one) => ({
        ...one,
        largest: one.largest.map(({ values, ...rest }) => (choices.values ? { values, ...rest } : rest)),
      }));
      if (choices.json) {
        process.stdout.write(`${JSON.stringify({ possible, rules: shown, cumulative }, null, 2)}\n`);
        return;
      }
      const rows = counts.map((one, index) => [
        `${one.upperBound ? '≤ ' : ''}${one.pairs}`,
        String(cumulative?.added[index] ?? ''),
        String(one.largest[0]?.pairs ?? 0),
        choices.values ? (one.largest[0]?.values.join(' | ') ?? '') : '',
        one.rule.sql,
      ]);
      process.stdout.write(
        tableText([['pairs', 'new', 'largest block', choices.values ? 'its value' : '', 'rule'], ...rows]),
      );
      process.stdout.write(`${possible} pairs in all\n`);
    }),
  );
}
