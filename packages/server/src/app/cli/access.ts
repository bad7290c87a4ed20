import { type Command, InvalidArgumentError } from 'commander';
import {
  type KindUse,
  MEASURED_DAYS,
  measureUse,
  readQuotas,
  setQuota,
  warnOfConfirmations,
  warnOfEndings,
} from '../../modules/access/index.ts';
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
    .description('montre ce qu’une personne peut faire en un jour, le mesure, ou le change')
    .option('--set <limite=nombre>', 'par exemple consultation=500', parseQuota)
    .option('--measure', 'dit ce que chaque rôle fait vraiment en un jour, et la limite qui en découle')
    .action(async ({ set, measure = false }: { set?: NewQuota; measure?: boolean }) => {
      const { quotas, uses } = await withStore(async (database) => {
        await requireMigrated(database);
        return database.transaction({}, async (transaction) => {
          if (set) await setQuota(transaction, set);
          return {
            quotas: await readQuotas(transaction),
            uses: measure ? await measureUse(transaction) : [],
          };
        });
      });
      process.stdout.write(quotas.map(({ kind, perDay }) => `${kind} : ${perDay} par jour\n`).join(''));
      if (measure) process.stdout.write(measureWords(uses));
    });
}

function measureWords(uses: readonly KindUse[]): string {
  const lines = [`\nLes ${MEASURED_DAYS} derniers jours, par personne et par jour où elle l’a fait :`];
  for (const { kind, roles, suggested } of uses) {
    lines.push(`${kind} :`);
    for (const { role, days, median, most } of roles)
      lines.push(`  ${role} : médiane ${median}, 99 jours sur 100 sous ${most} (${days} jours mesurés)`);
    lines.push(
      suggested === null
        ? '  Trop peu de jours mesurés pour proposer une limite.'
        : `  Proposé : raccroche access quotas --set ${kind}=${suggested}`,
    );
  }
  if (uses.length === 0) lines.push('  Rien n’a été mesuré.');
  return `${lines.join('\n')}\n`;
}

function parseQuota(text: string): NewQuota {
  const [, kind, number] = /^(\w+)=([1-9]\d{0,8})$/.exec(text) ?? [];
  if (kind === undefined || number === undefined)
    throw new InvalidArgumentError('Écrivez limite=nombre, comme consultation=500.');
  return { kind, perDay: Number(number) };
}
