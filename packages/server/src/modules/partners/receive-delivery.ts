import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeliveryAnswer, DeliveryQuery } from '@raccroche/contract';
import type { CivilDate } from '../../kernel/civil-date.ts';
import { RaccrocheError } from '../../kernel/errors.ts';
import { drawBytes } from '../../platform/secrets/draw-secret.ts';
import type { Caller } from '../access/index.ts';
import { type FileInspection, inspectFile, issueMessage } from '../sources/index.ts';

/** A file that a system deposits. */
export interface Deposit {
  readonly bytes: Buffer;
  readonly said: DeliveryQuery;
}

/** Runs work as the system, in one transaction: several times for a deposit, which is read in between. */
export type AsSystem = <T>(work: (caller: Caller) => Promise<T>) => Promise<T>;

/** What a CFA's tool may deposit. */
const KINDS = [
  'cfa-effectifs',
  'interchange-inscriptions',
  'interchange-contrats',
  'interchange-diplomes',
] as const;
const ID_BYTES = 16;
const OWNER_ONLY = { mode: 0o600 } as const;

/** Files are read one after another: each takes memory. */
let reading: Promise<unknown> = Promise.resolve();

/**
 * Reads a file as a campaign would, keeps it in the inbox of the campaigns, and tells what would be rejected of it. The very same file
 * again is answered as the first time, and kept once. Throws `not_found` for an establishment that is not the system's, `not_possible`
 * for a file that is refused as a whole, is of another kind, or speaks of another establishment.
 */
export async function receiveDelivery(
  asSystem: AsSystem,
  { bytes, said }: Deposit,
  { inbox, today }: { readonly inbox: string; readonly today: CivilDate },
): Promise<DeliveryAnswer> {
  const sha256 = createHash('sha256').update(JSON.stringify(said)).update(bytes).digest('hex');
  const { partnerId, establishments, before } = await asSystem(async (caller) => ({
    partnerId: caller.personId,
    establishments: establishmentsOf(caller),
    before: await findAnswer(caller, sha256),
  }));
  if (!establishments.includes(said.uai))
    throw new RaccrocheError('not_found', 'Cet établissement n’est pas de ceux dont ce système parle.');
  if (before) return { ...before, kept: false };
  const folder = join(inbox, partnerId);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const deliveryId = drawId();
  // Hidden files are no deliveries: a campaign that runs meanwhile does not see it.
  const waiting = join(folder, `.${deliveryId}${extensionOf(bytes)}`);
  try {
    writeFileSync(waiting, bytes, OWNER_ONLY);
    writeFileSync(`${waiting}.meta.json`, sidecarOf(said), OWNER_ONLY);
    const next = reading.then(() => inspectFile(waiting, today));
    reading = next.catch(() => undefined);
    const inspection = await next;
    requireUsable(inspection, establishments);
    const answer = answerOf(deliveryId, inspection);
    return await keep(asSystem, { deliveryId, sha256, bytes: bytes.length, waiting, folder, answer });
  } finally {
    for (const path of [waiting, `${waiting}.meta.json`]) rmSync(path, { force: true });
  }
}

interface Kept {
  readonly deliveryId: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly waiting: string;
  readonly folder: string;
  readonly answer: DeliveryAnswer;
}

/** The file first, then the line that tells it: cut short in between, the file is there twice, which a campaign tells and bears. */
async function keep(asSystem: AsSystem, given: Kept): Promise<DeliveryAnswer> {
  const { deliveryId, sha256, bytes, waiting, folder, answer } = given;
  const final = join(folder, `${deliveryId}${waiting.slice(waiting.lastIndexOf('.'))}`);
  renameSync(`${waiting}.meta.json`, `${final}.meta.json`);
  renameSync(waiting, final);
  const isFirst = await asSystem(async (caller) => {
    const { rowCount } = await caller.transaction.query(
      `INSERT INTO partners.deliveries (delivery_id, partner_id, sha256, bytes, answer) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (partner_id, sha256) DO NOTHING RETURNING delivery_id`,
      [deliveryId, caller.personId, sha256, bytes, JSON.stringify(answer)],
    );
    const { rows, records, rejects } = answer;
    if (rowCount > 0) await caller.record('delivery.received', [deliveryId], { rows, records, rejects });
    return rowCount > 0;
  }).catch((error: unknown) => {
    remove(final);
    throw error;
  });
  if (isFirst) return answer;
  remove(final);
  const before = await asSystem((caller) => findAnswer(caller, sha256));
  return { ...(before ?? answer), kept: false };
}

function remove(path: string): void {
  for (const one of [path, `${path}.meta.json`]) if (existsSync(one)) rmSync(one);
}

const establishmentsOf = ({ rights }: Caller): readonly string[] =>
  rights
    .filter(
      ({ permission, territoryKind }) => permission === 'delivery.push' && territoryKind === 'establishment',
    )
    .map(({ territoryId }) => territoryId);

async function findAnswer(
  { transaction, personId }: Caller,
  sha256: string,
): Promise<DeliveryAnswer | undefined> {
  const { rows } = await transaction.query<{ answer: DeliveryAnswer }>(
    'SELECT answer FROM partners.deliveries WHERE partner_id = $1 AND sha256 = $2',
    [personId, sha256],
  );
  return rows[0]?.answer;
}

function requireUsable({ report, establishments }: FileInspection, own: readonly string[]): void {
  const [problem] = report.problems;
  if (report.rejected)
    throw new RaccrocheError(
      'not_possible',
      `Fichier refusé : ${problem === undefined ? 'il n’a pas pu être lu.' : issueMessage(problem.code, problem.field)}`,
    );
  if (!KINDS.some((kind) => kind === report.kind))
    throw new RaccrocheError(
      'not_possible',
      'Ce n’est ni un fichier d’effectifs de CFA, ni un fichier du format d’échange (inscriptions, contrats, diplômes).',
    );
  const others = establishments.filter((uai) => !own.includes(uai));
  if (others.length > 0)
    throw new RaccrocheError(
      'not_possible',
      `Ce fichier parle aussi d’établissements qui ne sont pas ceux de ce système : ${others.slice(0, 5).join(', ')}.`,
    );
}

const answerOf = (deliveryId: string, { report }: FileInspection): DeliveryAnswer => ({
  deliveryId,
  kept: true,
  format: report.kind ?? '',
  rows: report.rows,
  records: report.records,
  rejects: report.rejects,
  removedUnder16: report.removedUnder16,
  problems: report.problems.map((problem) => ({
    ...problem,
    positions: [...problem.positions],
    why: issueMessage(problem.code, problem.field),
  })),
});

const sidecarOf = ({ uai, schoolYear, extractedOn }: DeliveryQuery): string =>
  `${JSON.stringify({ emetteur: `CFA ${uai}`, uai, annee_scolaire: schoolYear, date_extraction: extractedOn })}\n`;

/** For people: the content alone says what a file is. */
function extensionOf(bytes: Buffer): string {
  const first = bytes
    .subarray(0, 64)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (first.startsWith('PK')) return '.xlsx';
  return first.startsWith('{') || first.startsWith('[') ? '.json' : '.csv';
}

/** A random UUID, version 4. */
function drawId(): string {
  const bytes = drawBytes(ID_BYTES);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
