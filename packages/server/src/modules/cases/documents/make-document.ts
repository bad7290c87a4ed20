import type { DocumentKind, EventKind, Letter, ManySummons, NewDocument } from '@raccroche/contract';
import { ageAt, type CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../access/index.ts';
import type { Entry } from '../../lists/index.ts';
import { type LeftOut, toEach } from '../acts/act-on-many.ts';
import { changeCase, getCase, type StoredCase } from '../change-case.ts';
import { readContacts } from '../read-contacts.ts';
import { requireOpen } from '../transitions.ts';

const ADULT_AGE = 18;

const EVENTS = {
  summons: 'summons_made',
  attestation: 'attestation_made',
  interview_summary: 'summary_made',
} as const satisfies Record<DocumentKind, EventKind>;

/** Why a paper cannot be made where the case stands; undefined when it can. */
function refusalOf(kind: DocumentKind, found: StoredCase, now: string): string | undefined {
  if (kind === 'summons') {
    if (found.verification === 'refuted') return 'Cette personne n’est pas à suivre : aucun courrier.';
    if (found.contact === 'refuses') return 'Cette personne ne souhaite pas être suivie : aucun courrier.';
    if (found.interview_at === null || Date.parse(found.interview_at) <= Date.parse(now))
      return 'Aucun entretien à venir n’est fixé.';
  }
  if (kind === 'interview_summary' && found.interview_held_at === null)
    return 'Aucun entretien n’a été noté.';
  if (kind === 'attestation' && found.interview_held_at === null && found.contact !== 'reached')
    return 'Rien à attester encore : la personne n’a pas été jointe.';
  return undefined;
}

/**
 * Makes a paper to print: what it says is given once and not kept, the timeline tells that it was made.
 * Throws `not_found`, `conflict`, `not_possible` (closed, a possible death, nothing to tell yet).
 */
export async function makeDocument(
  caller: Caller,
  caseId: string,
  { version, kind }: NewDocument,
  today: CivilDate,
  now: string,
): Promise<Letter> {
  const found = await getCase(caller, caseId);
  requireOpen(found);
  const refusal = refusalOf(kind, found, now);
  if (refusal !== undefined) throw new RaccrocheError('not_possible', refusal);
  const entry = await readEntry(caller, found.siei);
  if (entry?.flags.includes('death_to_check'))
    throw new RaccrocheError('not_possible', 'Un décès possible est à vérifier : aucun courrier avant.');
  const letter = await writeLetter(caller, found, entry, kind, today);
  await changeCase(caller, found, version, {
    kind: EVENTS[kind],
    details: letter.representatives.length > 0 ? { representatives: letter.representatives.length } : {},
    change: {},
  });
  return letter;
}

/** The summons of several cases at once; those for whom it is not possible are told with the reason. Counted as an export. */
export async function makeManySummons(
  caller: Caller,
  { cases }: ManySummons,
  today: CivilDate,
  now: string,
): Promise<{ letters: Letter[]; left: LeftOut[] }> {
  const { done, left } = await toEach(cases, ({ caseId, version }) =>
    makeDocument(caller, caseId, { version, kind: 'summons' }, today, now),
  );
  if (done.length > 0)
    await caller.record(
      'case.exported',
      done.map(({ caseId }) => caseId),
      { purpose: 'letters', format: 'summons' },
    );
  return { letters: done, left };
}

async function readEntry({ transaction }: Caller, siei: string): Promise<Entry | undefined> {
  const { rows } = await transaction.query<{ entry: Entry }>(
    'SELECT entry FROM lists.published_entries WHERE siei = $1',
    [siei],
  );
  return rows[0]?.entry;
}

async function writeLetter(
  caller: Caller,
  found: StoredCase,
  entry: Entry | undefined,
  kind: DocumentKind,
  today: CivilDate,
): Promise<Letter> {
  const { representatives } = await readContacts(caller, found, today);
  const [firstName = ''] = found.first_names;
  const youngName = `${firstName} ${found.family_name}`.trim();
  return {
    caseId: found.case_id,
    kind,
    madeOn: today,
    platformName: await readPlatformName(caller, found.platform_id),
    author: caller.displayName,
    youngName,
    firstName,
    birthDate: found.birth_date,
    minor: ageAt(found.birth_date, today) < ADULT_AGE,
    representatives: representatives
      .filter(({ refuses }) => !refuses)
      .map(({ name }) => (name === '' ? `Représentant légal de ${youngName}` : name)),
    address: await readAddress(caller, found, entry, today),
    interviewAt: found.interview_at,
    interviewMode: await readMode(caller, found),
    followedSince: found.opened_on,
    interviewHeldAt: found.interview_held_at,
    diagnosis: kind === 'interview_summary' ? await readDiagnosis(caller, found) : null,
    callBackAt: found.call_back_at,
  };
}

/** The address that a person of the platform told last, unless it is wrong; else the list's, as lines. */
async function readAddress(
  caller: Caller,
  found: StoredCase,
  entry: Entry | undefined,
  today: CivilDate,
): Promise<string[]> {
  const { contacts } = await readContacts(caller, found, today);
  const good = contacts.filter(({ kind, quality }) => kind === 'address' && quality !== 'wrong');
  const told = good.findLast(({ source }) => source === 'platform');
  if (told) return told.value.split(',').map((line) => line.trim());
  if (!good.some(({ source }) => source === 'list') || entry === undefined) return [];
  const { lines, postalCode, communeName } = entry.address;
  return [...lines, [postalCode, communeName].filter(Boolean).join(' ')].filter(Boolean);
}

async function readPlatformName({ transaction }: Caller, platform: string | null): Promise<string> {
  const { rows } = await transaction.query<{ name: string }>(
    'SELECT name FROM access.platforms WHERE platform_id = $1',
    [platform],
  );
  return rows[0]?.name ?? '';
}

type Details = Readonly<Record<string, unknown>>;

/** Details of the last event of a kind that was not taken back. */
async function lastDetails({ transaction }: Caller, caseId: string, kind: EventKind): Promise<Details> {
  const { rows } = await transaction.query<{ details: Details }>(
    `SELECT e.details FROM cases.events e WHERE e.case_id = $1 AND e.kind = $2
       AND NOT EXISTS (SELECT FROM cases.events u WHERE u.undoes = e.event_id) ORDER BY e.case_version DESC LIMIT 1`,
    [caseId, kind],
  );
  return rows[0]?.details ?? {};
}

async function readMode(caller: Caller, found: StoredCase): Promise<Letter['interviewMode']> {
  if (found.interview_at === null) return null;
  return ((await lastDetails(caller, found.case_id, 'interview_set')).mode ??
    null) as Letter['interviewMode'];
}

async function readDiagnosis(caller: Caller, found: StoredCase): Promise<Letter['diagnosis']> {
  const { diagnosis } = await lastDetails(caller, found.case_id, 'interview_held');
  return (diagnosis ?? null) as Letter['diagnosis'];
}
