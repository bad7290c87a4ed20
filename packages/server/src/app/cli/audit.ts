import type { Command } from 'commander';
import { EXIT_CODES } from '../../kernel/errors.ts';
import { type TrailReport, verifyTrail } from '../../modules/audit/index.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';

const FAULT_SENTENCES = {
  changed: 'le contenu n’est plus celui qui a été écrit',
  missing: 'une ligne a été retirée',
  cut: 'la fin a été coupée',
} as const satisfies Record<TrailReport['faults'][number]['fault'], string>;

/** Adds `audit verify`. */
export function addAuditCommands(program: Command, setExitCode: (code: number) => void): void {
  const audit = program.command('audit').description('la trace des consultations et des modifications');
  audit
    .command('verify')
    .description('recalcule toutes les empreintes de la trace')
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .action(async (options: { json?: boolean }) => {
      const report = await withStore(async (database) => {
        await requireMigrated(database);
        return database.transaction({ snapshot: true }, verifyTrail);
      });
      const ok = report.faults.length === 0;
      process.stdout.write(
        options.json ? `${JSON.stringify({ ok, ...report })}\n` : `${reportText(report)}\n`,
      );
      if (!ok) setExitCode(EXIT_CODES.invalid);
    });
}

function reportText({ entries, chains, faults }: TrailReport): string {
  if (faults.length === 0) return `La trace est intacte : ${entries} lignes, ${chains} chaînes.`;
  const lines = faults.map(
    ({ chain, position, fault }) => `  chaîne ${chain}, ligne ${position} : ${FAULT_SENTENCES[fault]}`,
  );
  return `La trace a été altérée. Ce qui suit ces lignes, dans leur chaîne, ne prouve plus rien :\n${lines.join('\n')}`;
}
