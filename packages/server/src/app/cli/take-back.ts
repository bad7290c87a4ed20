import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { todayOf } from '../../kernel/today.ts';
import { type TakingBackResult, takeBack } from '../../modules/cases/index.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';

const HELP = `
Seule la dernière publication se reprend, tant qu’aucune autre campagne n’est publiée. Ce qu’elle avait ouvert est retiré, ce
qu’elle avait fermé, signalé ou transféré redevient comme avant ; les dossiers où quelqu’un a agi depuis sont gardés tels quels,
leur histoire le dit, et leurs numéros sont donnés ici. Tout ou rien ; la campagne peut être publiée de nouveau.

Exemples :
  raccroche campaign take-back 12 --reason "zones inversées" --dry-run
  raccroche campaign take-back 12 --reason "zones inversées"`;
const [REASON_MIN, REASON_MAX] = [5, 300];

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError('C’est le numéro que « publish » a donné.');
  return Number(text);
}

function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason.length < REASON_MIN || reason.length > REASON_MAX)
    throw new InvalidArgumentError(`De ${REASON_MIN} à ${REASON_MAX} caractères.`);
  return reason;
}

/** Adds `take-back` to the commands on campaigns. */
export function addTakeBackCommand(program: Command): void {
  const campaign = program.commands.find((command) => command.name() === 'campaign');
  campaign
    ?.command('take-back')
    .argument('<numéro>', 'celui que « publish » a donné', numberOf)
    .description('reprendre une publication : tout redevient comme avant elle')
    .requiredOption('--reason <texte>', 'pourquoi ; gardé avec la publication', reasonOf)
    .option('--dry-run', 'compter ce qui serait fait, sans rien changer')
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .addHelpText('after', HELP)
    .action(async (publication: number, options: { reason: string; dryRun?: boolean; json?: boolean }) => {
      const { reason, dryRun: isTrial = false, json } = options;
      const result = await withStore(async (database) => {
        await requireMigrated(database);
        return takeBack(database, publication, todayOf(systemClock), { reason, isTrial });
      });
      process.stdout.write(`${json ? JSON.stringify(result) : takingBackText(result, isTrial)}\n`);
    });
}

function takingBackText(result: TakingBackResult, isTrial: boolean): string {
  const { publication, alreadyTakenBack, withdrawn, restored, kept } = result;
  if (alreadyTakenBack) return `La publication n° ${publication} était déjà reprise : rien n’a changé.`;
  const head = isTrial
    ? `Essai, rien n’est changé. Reprendre la publication n° ${publication} :`
    : `Publication n° ${publication} reprise.`;
  return [
    head,
    `  ${withdrawn} dossiers retirés : elle les avait ouverts`,
    `  ${restored} dossiers comme avant elle`,
    `  ${kept.length} dossiers gardés tels quels : quelqu’un y a agi depuis`,
    ...kept.map((siei) => `    ${siei}`),
  ].join('\n');
}
