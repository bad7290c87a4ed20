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

const PUBLIC_URL = z
  .string()
  .refine(
    (text) =>
      URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).pathname === '/',
    'écrivez où l’on trouve l’application, sans chemin, comme https://raccroche.exemple.fr',
  )
  .transform((text) => new URL(text).origin);

const SMTP_URL = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== '',
    'écrivez l’adresse d’un serveur de courriel, comme smtps://compte:motdepasse@machine:465',
  );

const COLLECTOR = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'écrivez l’adresse d’un collecteur OpenTelemetry, comme http://127.0.0.1:4318',
  );

const YES_OR_NO = z.enum(['oui', 'non'], 'écrivez « oui » ou « non »').default('non');

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
const Variables = z.object({
  DATABASE_URL: DATABASE_URL.optional(),
  RACCROCHE_METRICS_PORT: whole(1, PORT_MAX).optional(),
  RACCROCHE_POOL_SIZE: whole(1, 200).default(10),
  RACCROCHE_REQUESTS_PER_MINUTE: whole(1, 100_000).default(300),
  RACCROCHE_OPEN_REQUESTS_PER_MINUTE: whole(1, 100_000).default(120),
  RACCROCHE_SIGN_INS_PER_MINUTE: whole(1, 1_000).default(10),
  RACCROCHE_CONSERVATION: z.string().optional(),
  PUBLIC_URL: PUBLIC_URL.optional(),
  RACCROCHE_SMTP_URL: SMTP_URL.optional(),
  RACCROCHE_MAIL_FROM: z
    .string()
    .regex(
      /^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/,
      'écrivez qui envoie, comme Raccroche <raccroche@exemple.fr>',
    )
    .optional(),
  RACCROCHE_SEAL_KEY_FILE: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR.optional(),
  RACCROCHE_SEALS_FOLDER: z.string().optional(),
  RACCROCHE_BEHIND_PROXY: YES_OR_NO,
  RACCROCHE_REQUIRE_SERVICE_LOGIN: YES_OR_NO,
  RACCROCHE_KEY_FILE: z.string().optional(),
  RACCROCHE_DELIVERIES_INBOX: z.string().optional(),
  RACCROCHE_WEBHOOKS_PRIVATE: YES_OR_NO,
  RACCROCHE_DELIVERIES: folder.optional(),
  RACCROCHE_CAMPAIGNS: folder.optional(),
  RACCROCHE_CAMPAIGN_MEMORY: z
    .string()
    .refine(isMemory, 'écrivez par exemple 4GB ; au moins 512MB')
    .default('4GB'),
});
/** Those that say nothing alone. */
const TOGETHER = [
  ['RACCROCHE_SMTP_URL', 'RACCROCHE_MAIL_FROM'],
  ['RACCROCHE_DELIVERIES', 'RACCROCHE_CAMPAIGNS'],
] as const;
const Environment = Variables.superRefine((given, context) => {
  for (const pair of TOGETHER) {
    const missing = pair.filter((name) => given[name] === undefined);
    if (missing.length !== 1) continue;
    const other = pair.find((name) => !missing.includes(name));
    const message = `écrivez-la avec ${other} : l’une ne va pas sans l’autre`;
    context.addIssue({ code: 'custom', path: missing, message });
  }
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
  /** Where people find the application: an origin, written in the links of messages. None: such messages wait. */
  readonly publicUrl: string | undefined;
  /** The server that takes e-mails, and who writes them; none: they are put in a folder. */
  readonly mail: { readonly url: string; readonly from: string } | undefined;
  /** Collector of OpenTelemetry traces; none: nothing is traced. */
  readonly tracesEndpoint: string | undefined;
  /** File of the private key that seals the trail; none: the job that seals it says so. */
  readonly sealKeyFile: string | undefined;
  /** Folder in which each seal is kept too, outside of the base. */
  readonly sealsFolder: string | undefined;
  /** The addresses that the proxy of this machine tells are believed. */
  readonly behindProxy: boolean;
  /** Nothing starts under a login that may more than a service must. */
  readonly requireServiceLogin: boolean;
  /** File of the service's own key; none: `cle` beside the embedded base. */
  readonly keyFile: string | undefined;
  /** Folder in which the files of partners' systems wait for the next campaign. */
  readonly inbox: string | undefined;
  /** Webhooks may go to private addresses too. */
  readonly privateWebhooks: boolean;
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
    publicUrl: data.PUBLIC_URL,
    mail:
      data.RACCROCHE_SMTP_URL === undefined || data.RACCROCHE_MAIL_FROM === undefined
        ? undefined
        : { url: data.RACCROCHE_SMTP_URL, from: data.RACCROCHE_MAIL_FROM },
    tracesEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT,
    sealKeyFile: data.RACCROCHE_SEAL_KEY_FILE,
    sealsFolder: data.RACCROCHE_SEALS_FOLDER,
    behindProxy: data.RACCROCHE_BEHIND_PROXY === 'oui',
    requireServiceLogin: data.RACCROCHE_REQUIRE_SERVICE_LOGIN === 'oui',
    keyFile: data.RACCROCHE_KEY_FILE,
    inbox: data.RACCROCHE_DELIVERIES_INBOX,
    privateWebhooks: data.RACCROCHE_WEBHOOKS_PRIVATE === 'oui',
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
