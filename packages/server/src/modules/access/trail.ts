import { TRAIL_PAGE, type TrailEntry } from '@raccroche/contract';
import type { Caller } from './caller.ts';

/** What is looked for in the trail; what is absent is not asked. */
export interface TrailQuestion {
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly purpose?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** `chain position` of the last line of the page before. */
  readonly after?: string | undefined;
}

/** Professionals by the beginning of a word of their name, or their very address. None but for data protection. */
export async function findProfessionals(caller: Caller, asked: string) {
  const { rows } = await caller.transaction.query<{
    person_id: string;
    display_name: string;
    organisations: string | null;
  }>('SELECT * FROM access.find_professionals($1)', [asked]);
  return rows.map((row) => ({
    personId: row.person_id,
    displayName: row.display_name,
    organisations: row.organisations,
  }));
}

const idOf = ({ chain, position }: { chain: number; position: number }) => `${chain} ${position}`;

/** A page of the trail, the newest first. That it was searched, and for what, is in the trail. Empty but for data protection. */
export async function searchTrail(
  caller: Caller,
  { after, ...asked }: TrailQuestion,
): Promise<{ entries: TrailEntry[]; next: string | null }> {
  const [chain = null, position = null] = after?.split(' ') ?? [];
  const { rows } = await caller.transaction.query<{
    chain: number;
    position: number;
    at: string;
    actor: string;
    display_name: string | null;
    purpose: string;
    action: string;
    subjects: string[];
    details: Record<string, unknown>;
  }>('SELECT * FROM access.search_trail($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    asked.subject ?? null,
    asked.actor ?? null,
    asked.action ?? null,
    asked.purpose ?? null,
    asked.since ?? null,
    asked.until ?? null,
    chain,
    position,
    TRAIL_PAGE,
  ]);
  const { subject, ...how } = asked;
  await caller.record('audit.searched', subject === undefined ? [] : [subject], how);
  const last = rows.length === TRAIL_PAGE ? rows.at(-1) : undefined;
  return {
    entries: rows.map((row) => ({
      entryId: idOf(row),
      at: row.at,
      actor: row.actor,
      displayName: row.display_name,
      purpose: row.purpose,
      action: row.action,
      subjects: row.subjects,
      details: row.details,
    })),
    next: last === undefined ? null : idOf(last),
  };
}

/** How far the trail goes and its last seal; undefined but for data protection. */
export async function readTrailState({ transaction }: Caller) {
  const { rows } = await transaction.query<{
    entries: number;
    last_at: string | null;
    seals: number;
    sealed_day: string | null;
    sealed_at: string | null;
    key_id: string | null;
  }>('SELECT * FROM access.trail_state()');
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    entries: row.entries,
    lastAt: row.last_at,
    seals: row.seals,
    sealed:
      row.sealed_day === null || row.sealed_at === null || row.key_id === null
        ? null
        : { day: row.sealed_day, at: row.sealed_at, keyId: row.key_id },
  };
}
