import { type Command, InvalidArgumentError } from 'commander';
import { readQuotas, setQuota, warnOfConfirmations, warnOfEndings } from '../../modules/access/index.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';
import { addInstallationCommands } from './installation.ts';

interface NewQuota {
  readonly kind: string;
  readonly perDay: number;
}

/** Adds `access …`: what is done beside the application for its rights. */
export function addAccessCommands(program: Command, setExitCode: (code: number) => void): void {
  const access = program.command('access').description('les droits des personnes');
  addInstallationCommands(access, setExitCode);
  access
    .command('warn')
    .description(
      'avertit des droits et remplacements qui finissent dans 14, 7 et 1 jours, et des droits à confirmer ; suspend ceux que personne n’a confirmés',
    )
    .action(async () => {
      const { told, suspended } = await withStore(async (database) => {
        await requireMigrated(database);
        const endings = await warnOfEndings(database);
        const confirmations = await warnOfConfirmations(database);
        return { ...confirmations, told: endings + confirmations.told };
      });
      const more = suspended > 0 ? ` ${suspended} droits suspendus, que personne n’a confirmés.` : '';
      process.stdout.write(`${told} avertissements écrits.${more}\n`);
    });
  access
    .command('quotas')
    .description('montre ce qu’une personne peut faire en un jour, ou le change')
    .option('--set <limite=nombre>', 'par exemple consultation=500', parseQuota)
    .action(async ({ set }: { set?: NewQuota }) => {
      const quotas = await withStore(async (database) => {
        await requireMigrated(database);
        return database.transaction({}, async (transaction) => {
          if (set) await setQuota(transaction, set);
          return readQuotas(transaction);
        });
      });
      process.stdout.write(quotas.map(({ kind, perDay }) => `${kind} : ${perDay} par jour\n`).join(''));
    });
}

function parseQuota(text: string): NewQuota {
  const [, kind, number] = /^(\w+)=([1-9]\d{0,8})$/.exec(text) ?? [];
  if (kind === undefined || number === undefined)
    throw new InvalidArgumentError('Écrivez limite=nombre, comme consultation=500.');
  return { kind, perDay: Number(number) };
}
