import { readFileSync } from 'node:fs';
import { EXIT_CODES, RaccrocheError } from '../../../kernel/errors.ts';

/** What signs people in, as the environment says. */
export interface SignInSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers find this application: its origin, without a path. */
  readonly publicUrl: URL;
  readonly scope: string;
  /** `acr` values that stand for a second factor. */
  readonly strongAcr: readonly string[];
  /** How id_token, userinfo and logout token are signed. */
  readonly signing: SigningAlgorithm;
}

const SIGNING_ALGORITHMS = ['RS256', 'PS256', 'ES256'] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/**
 * Two factors, whatever the proof of identity: rights come from an invitation, not from the provider. Source: ProConnect for service
 * providers, « niveaux eidas » (2026), and the names of « double authentification » (2025), which it still gives here and there.
 */
const PROCONNECT_STRONG_ACR = [
  'eidas0-mfa',
  'eidas1-mfa',
  'eidas2',
  'eidas3',
  'https://proconnect.gouv.fr/assurance/self-asserted-2fa',
  'https://proconnect.gouv.fr/assurance/consistency-checked-2fa',
];
/** Of ProConnect's scopes, those whose claims are used: `uid`, `phone` and the unit are not asked for. */
const PROCONNECT_SCOPE = 'openid given_name usual_name email siret idp_id';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET or OIDC_CLIENT_SECRET_FILE, PUBLIC_URL, and optionally OIDC_SCOPE,
 * OIDC_STRONG_ACR, OIDC_SIGNING_ALG. Undefined when no OIDC_… is set: nobody signs in by a provider.
 * Throws a RaccrocheError `sign_in_misconfigured` that names the variable and what it should be.
 */
export function readSignInSettings(environment: Environment): SignInSettings | undefined {
  if (!Object.keys(environment).some((name) => name.startsWith('OIDC_') && environment[name]))
    return undefined;
  const strongAcr = wordsOf(environment.OIDC_STRONG_ACR) ?? PROCONNECT_STRONG_ACR;
  const scope = wordsOf(environment.OIDC_SCOPE)?.join(' ') ?? PROCONNECT_SCOPE;
  if (!scope.split(' ').includes('openid')) throw wrong('OIDC_SCOPE', 'doit contenir « openid »');
  return {
    issuer: readUrl(environment, 'OIDC_ISSUER'),
    clientId: required(environment, 'OIDC_CLIENT_ID'),
    clientSecret: readSecret(environment),
    publicUrl: readPublicUrl(environment) ?? missing('PUBLIC_URL'),
    scope,
    strongAcr,
    signing: readSigning(environment.OIDC_SIGNING_ALG),
  };
}

/** PUBLIC_URL as an origin; undefined when it is not set. Throws a RaccrocheError when it is more than an origin, or not safe. */
function readPublicUrl(environment: Environment): URL | undefined {
  if (!environment.PUBLIC_URL) return undefined;
  const url = readUrl(environment, 'PUBLIC_URL');
  if (url.pathname !== '/' || url.search || url.hash)
    throw wrong('PUBLIC_URL', 'est une origine, sans chemin : https://raccroche.exemple.fr');
  return url;
}

const wordsOf = (text: string | undefined): string[] | undefined => {
  const words = (text ?? '').split(/\s+/).filter((word) => word !== '');
  return words.length > 0 ? words : undefined;
};

function readSigning(text: string | undefined): SigningAlgorithm {
  if (!text) return 'RS256';
  const found = SIGNING_ALGORITHMS.find((one) => one === text);
  if (found === undefined) throw wrong('OIDC_SIGNING_ALG', `est l’un de ${SIGNING_ALGORITHMS.join(', ')}`);
  return found;
}

function readSecret(environment: Environment): string {
  const { OIDC_CLIENT_SECRET: secret, OIDC_CLIENT_SECRET_FILE: path } = environment;
  if (secret && path)
    throw wrong('OIDC_CLIENT_SECRET', 'et OIDC_CLIENT_SECRET_FILE : donnez l’un ou l’autre');
  if (secret) return secret;
  if (!path) return missing('OIDC_CLIENT_SECRET');
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text !== '') return text;
  } catch {
    throw wrong('OIDC_CLIENT_SECRET_FILE', 'désigne un fichier que le programme ne peut pas lire');
  }
  throw wrong('OIDC_CLIENT_SECRET_FILE', 'désigne un fichier vide');
}

function required(environment: Environment, name: string): string {
  return environment[name] || missing(name);
}

function readUrl(environment: Environment, name: string): URL {
  const text = required(environment, name);
  if (!URL.canParse(text)) throw wrong(name, 'n’est pas une adresse');
  const url = new URL(text);
  const isNear = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isNear))
    throw wrong(name, 'commence par https:// (http:// seulement sur cette machine)');
  return url;
}

const missing = (name: string): never => {
  throw wrong(name, 'manque');
};

const wrong = (name: string, what: string) =>
  new RaccrocheError('sign_in_misconfigured', `Connexion mal réglée : ${name} ${what}.`, EXIT_CODES.usage);
