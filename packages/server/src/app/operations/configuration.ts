import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import { parseMemory } from '../../modules/lists/index.ts';
import type { CampaignFolders } from '../campaigns/folders.ts';

const PORT_MAX = 65_535;

const whole = (smallest: number, largest: number) => {
  const told = `écrivez un nombre entier de ${smallest} à ${largest}`;
  return z
    .string()
    .regex(/^\d+$/, told)
    .transform(Number)
    .refine((value) => value >= smallest && value <= largest, told);
};

const DATABASE_URL = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
    'écrivez l’adresse d’un serveur PostgreSQL, comme postgres://compte@machine:5432/raccroche',
  );

const folder = z
  .string()
  .refine(
    (path) => existsSync(path) && statSync(path).isDirectory(),
    'écrivez le chemin d’un dossier qui existe',
  )
  .transform((path) => resolve(path));

function isMemory(text: string): boolean {
  try {
    return parseMemory(text) > 0;
  } catch {
    return false;
  }
}

/** The environment variables of `serve` and `worker`, each with what to write when it is wrong. */
const Environment = z
  .object({
    DATABASE_URL: DATABASE_URL.optional(),
    RACCROCHE_METRICS_PORT: whole(1, PORT_MAX).optional(),
    RACCROCHE_POOL_SIZE: whole(1, 200).default(10),
    RACCROCHE_REQUESTS_PER_MINUTE: whole(1, 100_000).default(300),
    RACCROCHE_OPEN_REQUESTS_PER_MINUTE: whole(1, 100_000).default(120),
    RACCROCHE_SIGN_INS_PER_MINUTE: whole(1, 1_000).default(10),
    RACCROCHE_CONSERVATION: z.string().optional(),
    RACCROCHE_BEHIND_PROXY: z.enum(['oui', 'non'], 'écrivez « oui » ou « non »').default('non'),
    RACCROCHE_DELIVERIES: folder.optional(),
    RACCROCHE_CAMPAIGNS: folder.optional(),
    RACCROCHE_CAMPAIGN_MEMORY: z
      .string()
      .refine(isMemory, 'écrivez par exemple 4GB ; au moins 512MB')
      .default('4GB'),
  })
  .superRefine(({ RACCROCHE_DELIVERIES: received, RACCROCHE_CAMPAIGNS: made }, context) => {
    if ((received === undefined) === (made === undefined)) return;
    const path = [received === undefined ? 'RACCROCHE_DELIVERIES' : 'RACCROCHE_CAMPAIGNS'];
    context.addIssue({ code: 'custom', path, message: 'écrivez-la aussi : l’une ne va pas sans l’autre' });
  });

export interface Configuration {
  readonly databaseUrl: string | undefined;
  /** Port of this machine alone on which the metrics are read; none: nobody reads them. */
  readonly metricsPort: number | undefined;
  /** Connections to the PostgreSQL server. */
  readonly poolSize: number;
  readonly limits: {
    /** Requests a minute of one session. */
    readonly session: number;
    /** Requests a minute of one address without a session in force. */
    readonly open: number;
    /** Attempts to sign in a minute of one address. */
    readonly signIn: number;
  };
  /** Terms of retention set here, as `readTerms` reads them. */
  readonly retention: string | undefined;
  /** The addresses that the proxy of this machine tells are believed. */
  readonly behindProxy: boolean;
  /** Where campaigns are, when they are run from the screens. */
  readonly campaigns: CampaignFolders | undefined;
}

/**
 * Reads and checks everything at once. An empty variable counts as absent.
 * Throws a RaccrocheError that names each wrong variable, without its value: it may hold a password.
 */
export function readConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { data, error } = Environment.safeParse(given);
  if (error)
    throw new RaccrocheError(
      'bad_configuration',
      `La configuration est à corriger ; rien n’a démarré.\n${error.issues
        .map(({ path, message }) => `  ${path.join('.')} : ${message}.`)
        .join('\n')}`,
      EXIT_CODES.usage,
    );
  return {
    databaseUrl: data.DATABASE_URL,
    metricsPort: data.RACCROCHE_METRICS_PORT,
    poolSize: data.RACCROCHE_POOL_SIZE,
    limits: {
      session: data.RACCROCHE_REQUESTS_PER_MINUTE,
      open: data.RACCROCHE_OPEN_REQUESTS_PER_MINUTE,
      signIn: data.RACCROCHE_SIGN_INS_PER_MINUTE,
    },
    retention: data.RACCROCHE_CONSERVATION,
    behindProxy: data.RACCROCHE_BEHIND_PROXY === 'oui',
    campaigns:
      data.RACCROCHE_DELIVERIES === undefined || data.RACCROCHE_CAMPAIGNS === undefined
        ? undefined
        : {
            deliveries: data.RACCROCHE_DELIVERIES,
            campaigns: data.RACCROCHE_CAMPAIGNS,
            memory: data.RACCROCHE_CAMPAIGN_MEMORY,
          },
  };
}
