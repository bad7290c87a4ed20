import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../../kernel/clock.ts';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { todayOf } from '../../kernel/today.ts';
import {
  checkSeals,
  readSealKey,
  readSeals,
  Seal,
  type SealReport,
  sealVerifiedTrail,
  type TrailReport,
  verifyTrail,
} from '../../modules/audit/index.ts';
import { keepSeal } from '../operations/sealing.ts';
import { purgeTrailOf } from '../operations/trail-purge.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';
import { termsHere } from './privacy.ts';

const FAULT_SENTENCES = {
  changed: 'le contenu n’est plus celui qui a été écrit',
  missing: 'une ligne a été retirée',
  cut: 'la fin a été coupée',
} as const satisfies Record<TrailReport['faults'][number]['fault'], string>;
const SEAL_SENTENCES = {
  forged: 'ce sceau n’est pas de cette clé, ou a été touché',
  rewritten: 'ce qui était scellé a été réécrit depuis',
  start_not_sealed: 'la chaîne commence là où aucun sceau ne le dit',
} as const satisfies Record<SealReport['faults'][number]['fault'], string>;
const SEAL_FILE = /^sceau-\d{4}-\d{2}-\d{2}\.json$/;

const HELP = `
Sans clé, « verify » recalcule les empreintes ; avec --public-key, il contrôle aussi les sceaux des jours passés.
Gardez les sceaux hors de la base (--out) et la clé privée hors de la machine qui porte la base.

Exemples :
  raccroche audit seal --key sceau.pem --out sceaux
  raccroche audit verify --public-key sceau-public.pem --seals sceaux
  raccroche audit purge --public-key sceau-public.pem --dry-run`;

interface VerifyOptions {
  readonly json?: boolean;
  readonly publicKey?: string;
  readonly seals?: string;
}

/** Adds `audit verify` and `audit seal`. */
export function addAuditCommands(program: Command, setExitCode: (code: number) => void): void {
  const audit = program
    .command('audit')
    .description('la trace des consultations et des modifications')
    .addHelpText('after', HELP);
  audit
    .command('verify')
    .description('recalcule toutes les empreintes de la trace')
    .option('--json', 'un seul objet JSON sur la sortie standard')
    .option('--public-key <fichier>', 'la clé publique des sceaux, en PEM')
    .option('--seals <dossier>', 'avec --public-key, des sceaux gardés hors de la base')
    .action(async (options: VerifyOptions) => {
      if (!(await verify(options))) setExitCode(EXIT_CODES.invalid);
    });
  audit
    .command('seal')
    .description('signe où en est la trace aujourd’hui ; à lancer chaque jour')
    .requiredOption('--key <fichier>', 'la clé privée Ed25519, en PEM')
    .option('--out <dossier>', 'écrit aussi le sceau dans ce dossier, à garder ailleurs')
    .action(seal);
  audit
    .command('purge')
    .description('retire de la trace ce dont la durée est échue, jusqu’à un sceau signé')
    .requiredOption('--public-key <fichier>', 'la clé publique des sceaux, en PEM')
    .option('--dry-run', 'dit ce qui serait retiré, sans rien retirer')
    .action(purgeHere);
}

async function verify({ json, publicKey, seals }: VerifyOptions): Promise<boolean> {
  if (seals !== undefined && publicKey === undefined)
    throw new RaccrocheError('bad_key', '--seals demande --public-key.', EXIT_CODES.usage);
  const key = publicKey === undefined ? undefined : readSealKey(readText(publicKey), 'public');
  const kept = seals === undefined ? [] : readSealFolder(seals);
  const { trail, sealed } = await withStore(async (database) => {
    await requireMigrated(database);
    return database.transaction({ snapshot: true }, async (transaction) => ({
      trail: await verifyTrail(transaction),
      sealed: key && (await checkSeals(transaction, [...(await readSeals(transaction)), ...kept], key)),
    }));
  });
  const ok = trail.faults.length === 0 && (sealed?.faults ?? []).length === 0;
  const text = [reportText(trail), ...(sealed ? [sealsText(sealed)] : [])].join('\n');
  process.stdout.write(json ? `${JSON.stringify({ ok, ...trail, seals: sealed ?? null })}\n` : `${text}\n`);
  return ok;
}

async function seal({ key, out }: { key: string; out?: string }): Promise<void> {
  const privateKey = readSealKey(readText(key), 'private');
  const made = await withStore(async (database) => {
    await requireMigrated(database);
    return database.transaction({}, (transaction) => sealVerifiedTrail(transaction, privateKey));
  });
  if (made && out !== undefined) keepSeal(out, made);
  process.stdout.write(
    made ? `La trace est scellée au ${made.day}, par la clé ${made.keyId}.\n` : 'Ce jour a déjà son sceau.\n',
  );
}

async function purgeHere({ publicKey, dryRun }: { publicKey: string; dryRun?: boolean }): Promise<void> {
  const key = readSealKey(readText(publicKey), 'public');
  const today = todayOf(systemClock);
  const terms = termsHere();
  const { removed, until } = await withStore(async (database) => {
    await requireMigrated(database);
    return purgeTrailOf(database, { today, terms, publicKey: key, dryRun });
  });
  process.stdout.write(
    until === null
      ? 'Rien à retirer : aucun sceau n’est aussi vieux que la durée de la trace.\n'
      : `${dryRun ? 'Seraient retirées' : 'Retirées'} : ${removed} lignes. La trace commence au sceau du ${until}.\n`,
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new RaccrocheError('bad_key', `« ${path} » ne se laisse pas lire.`, EXIT_CODES.usage);
  }
}

function readSealFolder(folder: string): readonly Seal[] {
  const files = readdirSync(folder)
    .filter((name) => SEAL_FILE.test(name))
    .sort();
  return files.map((name) => {
    const parsed = Seal.safeParse(JSON.parse(readText(join(folder, name))));
    if (parsed.success) return parsed.data;
    throw new RaccrocheError('bad_seal', `« ${name} » n’est pas un sceau.`, EXIT_CODES.invalid);
  });
}

function reportText({ entries, chains, since, faults }: TrailReport): string {
  const from = since === null ? '' : ` Elle commence au sceau du ${since} : contrôlez-le avec --public-key.`;
  if (faults.length === 0) return `La trace est intacte : ${entries} lignes, ${chains} chaînes.${from}`;
  const lines = faults.map(
    ({ chain, position, fault }) => `  chaîne ${chain}, ligne ${position} : ${FAULT_SENTENCES[fault]}`,
  );
  return `La trace a été altérée. Ce qui suit ces lignes, dans leur chaîne, ne prouve plus rien :\n${lines.join('\n')}`;
}

function sealsText({ seals, faults }: SealReport): string {
  if (faults.length === 0) return `Les sceaux tiennent : ${seals}.`;
  const lines = faults.map(
    ({ day, fault, chain }) =>
      `  ${day}${chain === undefined ? '' : `, chaîne ${chain}`} : ${SEAL_SENTENCES[fault]}`,
  );
  return `Des sceaux ne tiennent pas :\n${lines.join('\n')}`;
}
