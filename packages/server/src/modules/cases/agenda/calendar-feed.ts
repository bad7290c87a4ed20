import { createHash } from 'node:crypto';
import { type InterviewMode, InterviewModeLabels } from '@raccroche/contract';
import ical, { ICalEventStatus } from 'ical-generator';
import type { Database } from '../../../platform/postgres/database.ts';
import { drawSecret } from '../../../platform/secrets/draw-secret.ts';
import type { Caller } from '../../access/index.ts';

/** Whether somebody has an address for their calendar, since when, and when it was last read. */
export interface FeedState {
  readonly since: string | null;
  readonly readOn: string | null;
}

export async function findFeed({ transaction, personId }: Caller): Promise<FeedState> {
  const { rows } = await transaction.query<{ created_at: string; read_on: string | null }>(
    'SELECT created_at, read_on FROM cases.calendar_feeds WHERE person_id = $1',
    [personId],
  );
  return { since: rows[0]?.created_at ?? null, readOn: rows[0]?.read_on ?? null };
}

/** A new secret for the caller's calendar: the one before opens nothing any more. It is told once, and kept nowhere. */
export async function openFeed(caller: Caller): Promise<string> {
  await removeFeed(caller);
  const token = drawSecret();
  await caller.transaction.query('INSERT INTO cases.calendar_feeds (person_id, token_hash) VALUES ($1, $2)', [
    caller.personId,
    createHash('sha256').update(token).digest(),
  ]);
  await caller.record('calendar.opened', []);
  return token;
}

/** Takes the address back; false when there was none. */
export async function endFeed(caller: Caller): Promise<boolean> {
  const isEnded = await removeFeed(caller);
  if (isEnded) await caller.record('calendar.ended', []);
  return isEnded;
}

async function removeFeed({ transaction, personId }: Caller): Promise<boolean> {
  const { rowCount } = await transaction.query('DELETE FROM cases.calendar_feeds WHERE person_id = $1', [
    personId,
  ]);
  return rowCount > 0;
}

interface FeedRow {
  readonly case_id: string;
  readonly initials: string;
  readonly starts_at: string;
  readonly minutes: number;
  readonly mode: InterviewMode | null;
  readonly state: 'planned' | 'confirmed' | null;
  readonly version: number;
}

const PROGRAM = { company: 'Raccroche', product: 'agenda', language: 'FR' };
/** Seconds after which a calendar may come again. */
const AGAIN_SECONDS = 900;

/**
 * What a calendar reads at a private address (RFC 5545): the appointments that its person receives, by initials and with the
 * address of the case, which opens nothing without the right to it. Calendars belong to others: no name, no place, no telephone.
 * Throws `not_found` for an address that was taken back. `publicUrl`: absent, no address of a case is told.
 */
export async function readCalendar(
  database: Database,
  token: string,
  publicUrl: URL | undefined,
  now: string,
): Promise<string> {
  const rows = await database.transaction(
    { role: 'raccroche_door' },
    async (transaction) =>
      (await transaction.query<FeedRow>('SELECT * FROM cases.read_calendar($1)', [token])).rows,
  );
  const calendar = ical({ prodId: PROGRAM, name: 'Rendez-vous (Raccroche)', ttl: AGAIN_SECONDS });
  for (const row of rows) {
    const how = row.mode === null ? '' : `, ${InterviewModeLabels[row.mode]}`;
    calendar.createEvent({
      id: `${createHash('sha256').update(`feed ${row.case_id}`).digest('hex').slice(0, 32)}@raccroche.invalid`,
      sequence: row.version,
      stamp: new Date(now),
      start: new Date(row.starts_at),
      end: new Date(Date.parse(row.starts_at) + row.minutes * 60_000),
      summary: `Entretien ${row.initials}${how}`,
      status: row.state === 'confirmed' ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
      url: publicUrl === undefined ? null : new URL(`/dossiers/${row.case_id}`, publicUrl).href,
    });
  }
  return calendar.toString();
}
