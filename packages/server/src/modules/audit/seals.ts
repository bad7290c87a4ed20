import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { EXIT_CODES, RaccrocheError } from '../../kernel/errors.ts';
import type { Transaction } from '../../platform/postgres/database.ts';
import { verifyTrail } from './verify-trail.ts';

/** The heads of the chains on a day, signed. As JSON it is what is kept outside of the base. */
export const Seal = z.object({
  day: z.iso.date(),
  statement: z.string(),
  /** Base64. */
  signature: z.base64(),
  /** Beginning of the SHA-256 of the public key: which key it was. */
  keyId: z.string(),
});
export type Seal = z.infer<typeof Seal>;

/** What is wrong with a seal, or with the trail beside it. */
export type SealFault =
  | 'forged' // not signed by this key, or not as it was
  | 'rewritten' // a chain no longer holds what was sealed
  | 'start_not_sealed'; // a chain starts where no seal says that it may

export interface SealReport {
  readonly seals: number;
  readonly faults: readonly {
    readonly day: string;
    readonly fault: SealFault;
    readonly chain?: number;
  }[];
}

const FORMAT = 'raccroche-trail/1';
const KEY_ID_LENGTH = 16;
const LINE = /^(\d+) (\d+) ([0-9a-f]*)$/;

/** Reads an Ed25519 key, PEM. Throws a RaccrocheError `bad_key`. */
export function readSealKey(pem: string, kind: 'private' | 'public'): KeyObject {
  try {
    const key = kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below, without a word of what the file holds.
  }
  throw new RaccrocheError(
    'bad_key',
    `La clé ${kind === 'private' ? 'privée' : 'publique'} n’est pas une clé Ed25519 en PEM. Pour en faire une : « openssl genpkey -algorithm ed25519 -out sceau.pem », puis « openssl pkey -in sceau.pem -pubout -out sceau-public.pem ».`,
    EXIT_CODES.usage,
  );
}

const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, KEY_ID_LENGTH);

/** Signs where the chains stand and keeps it; undefined when the day has its seal already. Owner and `raccroche_worker`. */
export async function sealTrail(transaction: Transaction, privateKey: KeyObject): Promise<Seal | undefined> {
  const { rows } = await transaction.query<{ day: string; there: boolean }>(
    `SELECT d.day, EXISTS (SELECT FROM audit.seals s WHERE s.day = d.day) AS there
     FROM (SELECT (now() AT TIME ZONE 'Europe/Paris')::DATE AS day) d`,
  );
  const [today] = rows;
  if (!today || today.there) return undefined;
  const chains = await transaction.query<{ line: string }>(
    "SELECT concat_ws(' ', chain, entries, encode(head, 'hex')) AS line FROM audit.chains ORDER BY chain",
  );
  const statement = [FORMAT, today.day, ...chains.rows.map(({ line }) => line), ''].join('\n');
  const signature = sign(null, Buffer.from(statement, 'utf8'), privateKey);
  const keyId = keyIdOf(createPublicKey(privateKey));
  await transaction.query('SELECT audit.keep_seal($1, $2, $3)', [statement, signature, keyId]);
  return { day: today.day, statement, signature: signature.toString('base64'), keyId };
}

/**
 * The same once the whole trail was recomputed: a seal on a trail that was touched would vouch for it.
 * Throws a RaccrocheError `trail_altered`. Owner and `raccroche_worker`.
 */
export async function sealVerifiedTrail(
  transaction: Transaction,
  privateKey: KeyObject,
): Promise<Seal | undefined> {
  const { faults } = await verifyTrail(transaction);
  if (faults.length > 0)
    throw new RaccrocheError(
      'trail_altered',
      'La trace a été altérée : elle n’est pas scellée. Lancez « raccroche audit verify ».',
      EXIT_CODES.invalid,
    );
  return sealTrail(transaction, privateKey);
}

/** Day of the last seal; undefined when there never was one. Owner, `raccroche_worker` and `raccroche_monitor`. */
export async function findLastSeal(transaction: Transaction): Promise<string | undefined> {
  const { rows } = await transaction.query<{ day: string | null }>('SELECT max(day) AS day FROM audit.seals');
  return rows[0]?.day ?? undefined;
}

/** Every seal that the base keeps, the oldest first. Owner and `raccroche_worker`. */
export async function readSeals(transaction: Transaction): Promise<readonly Seal[]> {
  const { rows } = await transaction.query<Seal>(
    `SELECT day, statement, replace(encode(signature, 'base64'), E'\\n', '') AS signature, key_id AS "keyId"
     FROM audit.seals ORDER BY day`,
  );
  return rows;
}

/**
 * Holds seals, of the base or kept elsewhere, against the trail as it is, and what was purged against them: each chain starts where
 * one of these seals says. Owner only.
 */
export async function checkSeals(
  transaction: Transaction,
  seals: readonly Seal[],
  publicKey: KeyObject,
): Promise<SealReport> {
  const faults: { day: string; fault: SealFault; chain?: number }[] = [];
  const held = new Set<string>();
  for (const seal of seals) {
    const heads = findSealedHeads(seal, publicKey);
    if (heads === undefined) faults.push({ day: seal.day, fault: 'forged' });
    else {
      for (const chain of await findRewritten(transaction, heads))
        faults.push({ day: seal.day, fault: 'rewritten', chain });
      for (const { chain, entries, hash } of heads) held.add(`${seal.day} ${chain} ${entries} ${hash}`);
    }
  }
  for (const { day, chain, position, hash } of await readStarts(transaction))
    if (!held.has(`${day} ${chain} ${position} ${hash}`))
      faults.push({ day, fault: 'start_not_sealed', chain });
  return { seals: seals.length, faults };
}

async function readStarts(transaction: Transaction) {
  const { rows } = await transaction.query<{ day: string; chain: number; position: number; hash: string }>(
    "SELECT day, chain, position, encode(head, 'hex') AS hash FROM audit.starts ORDER BY chain",
  );
  return rows;
}

/** Where the chains stood, as a seal of this key says; undefined when it is not of this key, or no longer as it was. */
export const findSealedHeads = (seal: Seal, publicKey: KeyObject): readonly SealedHead[] | undefined =>
  isSealedBy(seal, publicKey) ? readHeads(seal) : undefined;

const isSealedBy = ({ statement, signature }: Seal, publicKey: KeyObject): boolean =>
  verify(null, Buffer.from(statement, 'utf8'), publicKey, Buffer.from(signature, 'base64'));

export interface SealedHead {
  readonly chain: number;
  readonly entries: number;
  readonly hash: string;
}

/** Undefined when what was signed is no seal of that day. */
function readHeads({ day, statement }: Seal): readonly SealedHead[] | undefined {
  const [format, of, ...lines] = statement.split('\n');
  if (format !== FORMAT || of !== day || lines.pop() !== '') return undefined;
  const heads = lines.map((line) => {
    const [, chain = '', entries = '', hash = ''] = LINE.exec(line) ?? [];
    return { chain: Number(chain), entries: Number(entries), hash };
  });
  return heads.every((_, index) => LINE.test(lines[index] ?? '')) ? heads : undefined;
}

/** Chains that no longer hold what was sealed; what was purged since is not looked at, but for where it ends. Owner and `raccroche_worker`. */
export async function findRewritten(
  transaction: Transaction,
  heads: readonly SealedHead[],
): Promise<readonly number[]> {
  const { rows } = await transaction.query<{ chain: number }>(
    `SELECT s.chain FROM unnest($1::INT[], $2::BIGINT[], $3::TEXT[]) AS s (chain, entries, hash)
     LEFT JOIN audit.entries e ON e.chain = s.chain AND e.position = s.entries
     LEFT JOIN audit.starts b ON b.chain = s.chain
     WHERE s.entries > 0 AND s.entries >= coalesce(b.position, 0)
       AND encode(CASE WHEN s.entries = b.position THEN b.head ELSE e.hash END, 'hex') IS DISTINCT FROM s.hash
     ORDER BY s.chain`,
    [heads.map(({ chain }) => chain), heads.map(({ entries }) => entries), heads.map(({ hash }) => hash)],
  );
  return rows.map(({ chain }) => chain);
}
