import { readFileSync } from 'node:fs';
import { ORGANISATION_KINDS, type OrganisationKind, RoleLabels } from '@raccroche/contract';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { FIRST_ROLES, type FirstRole, installOrganisation, inviteFirst } from '../../modules/access/index.ts';
import type { Transaction } from '../../platform/postgres/database.ts';
import { installPlatforms, type PlatformsReport } from '../installation/install-platforms.ts';
import { PLATFORM_COLUMNS, type PlatformFile, readPlatforms } from '../installation/read-platforms.ts';
import { readTerritories } from '../installation/territories.ts';
import { requireMigrated, withStore } from '../store/with-store.ts';

interface OrganisationOptions {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly uai?: string;
}
interface PlatformOptions {
  readonly code: string;
  readonly name: string;
  readonly department: string;
  readonly communes?: string;
  readonly since: string;
  readonly dryRun?: boolean;
}
interface InviteOptions {
  readonly email: string;
  readonly role: FirstRole;
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly region?: string;
  readonly anyway?: boolean;
}

const kindOption = () =>
  new Option('--kind <nature>', 'nature de l’organisation').choices(ORGANISATION_KINDS).makeOptionMandatory();

/** Adds what makes an empty base ready for a first sign-in: `access organisation`, `platform`, `platforms`, `invite`. */
export function addInstallationCommands(access: Command, setExitCode: (code: number) => void): void {
  access
    .command('organisation')
    .description('ajoute une organisation, si elle n’y est pas')
    .addOption(kindOption())
    .requiredOption('--name <nom>', 'son nom')
    .option('--uai <uai>', 'son UAI, pour un établissement')
    .action(async ({ kind, name, uai }: OrganisationOptions) => {
      const { made } = await asOwner((transaction) =>
        installOrganisation(transaction, { kind, name, uai: uai ?? null }),
      );
      process.stdout.write(made ? `Organisation ajoutée : ${name}.\n` : `Déjà là : ${name}.\n`);
    });
  access
    .command('platform')
    .description('ajoute une plateforme et sa zone : tout un département, ou les communes d’un fichier')
    .requiredOption('--code <code>', 'un code court et stable, comme 62-lens')
    .requiredOption('--name <nom>', 'son nom')
    .requiredOption('--department <code>', 'code du département')
    .option(
      '--communes <fichier>',
      'codes INSEE séparés par des espaces ou des lignes ; par défaut, le département',
    )
    .requiredOption('--since <date>', 'premier jour de la zone')
    .option('--dry-run', 'dit ce qui serait fait, sans rien faire')
    .action(async (options: PlatformOptions) => tell(await installOne(options), options, setExitCode));
  access
    .command('platforms <fichier.csv>')
    .description('ajoute les plateformes d’un fichier : code, nom, departement, communes, depuis')
    .option('--dry-run', 'dit ce qui serait fait, sans rien faire')
    .action(async (path: string, { dryRun = false }: { dryRun?: boolean }) => {
      const file = readPlatforms(readText(path), readTerritories());
      tell(await install(file, dryRun), { dryRun }, setExitCode);
    });
  access
    .command('invite')
    .description('invite la première personne d’un rôle, qui invitera les autres ; la trace le dit')
    .requiredOption('--email <adresse>', 'l’adresse que donnera le fournisseur d’identité')
    .addOption(new Option('--role <rôle>', 'le rôle').choices(FIRST_ROLES).makeOptionMandatory())
    .requiredOption('--organisation <nom>', 'son organisation, ajoutée au besoin')
    .addOption(kindOption())
    .option('--region <code>', 'pour le pilotage régional, le code de la région')
    .option('--anyway', 'même si quelqu’un tient déjà ce droit')
    .action(invite);
}

const asOwner = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
  withStore(async (database) => {
    await requireMigrated(database);
    return database.transaction({}, work);
  });

const install = (file: PlatformFile, dryRun: boolean): Promise<PlatformsReport> =>
  withStore(async (database) => {
    await requireMigrated(database);
    return installPlatforms(database, file, dryRun);
  });

/** One platform is a file of one line. */
function installOne({
  code,
  name,
  department,
  communes,
  since,
  dryRun = false,
}: PlatformOptions): Promise<PlatformsReport> {
  const zone = communes === undefined ? 'departement' : readText(communes).replace(/\s+/g, ' ').trim();
  const quoted = [code, name, department, zone, since].map((value) => `"${value.replaceAll('"', '""')}"`);
  const file = readPlatforms(`${PLATFORM_COLUMNS.join(';')}\n${quoted.join(';')}\n`, readTerritories());
  return install(file, dryRun);
}

function tell(
  { made, there, problems }: PlatformsReport,
  { dryRun = false }: { readonly dryRun?: boolean },
  setExitCode: (code: number) => void,
): void {
  if (problems.length > 0) {
    const lines = problems.map(({ line, text }) => `  ligne ${line} : ${text}`);
    process.stdout.write(`Rien n’a été fait : ${problems.length} à corriger.\n${lines.join('\n')}\n`);
    setExitCode(EXIT_CODES.invalid);
    return;
  }
  const verb = dryRun ? 'Seraient ajoutées' : 'Ajoutées';
  process.stdout.write(`${verb} : ${made}. Déjà là : ${there}.\n`);
}

async function invite({
  email,
  role,
  organisation,
  kind,
  region,
  anyway = false,
}: InviteOptions): Promise<void> {
  if (!EMAIL.safeParse(email).success)
    throw new RaccrocheError('bad_email', `« ${email} » n’est pas une adresse.`, EXIT_CODES.usage);
  const territory = territoryOf(role, region);
  const { path, expiresAt } = await asOwner(async (transaction) => {
    const { organisationId } = await installOrganisation(transaction, {
      kind,
      name: organisation,
      uai: null,
    });
    return inviteFirst(transaction, { email, role, organisationId, territory, anyway });
  });
  process.stdout.write(
    `${email} est invité·e comme ${RoleLabels[role]}, jusqu’au ${expiresAt.slice(0, 10)}.
À sa première connexion avec cette adresse, le droit est pris. Sinon, transmettez-lui ce lien, qui ne sert qu’une fois
et n’est gardé nulle part : ${process.env.PUBLIC_URL ?? ''}${path}\n`,
  );
}

const EMAIL = z.email().max(200);

function territoryOf(role: FirstRole, region: string | undefined) {
  if (role === 'national_administration') return { kind: 'nation', id: 'FR' } as const;
  const known = [...new Set(readTerritories().regions.values())].sort();
  if (region === undefined || !known.includes(region))
    throw new RaccrocheError(
      'bad_region',
      `--region : donnez le code d’une région (${known.join(', ')}).`,
      EXIT_CODES.usage,
    );
  return { kind: 'region', id: region } as const;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new RaccrocheError('bad_file', `« ${path} » ne se laisse pas lire.`, EXIT_CODES.usage);
  }
}
