import type { Meeting, MeetingChange } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { type Caller, listColleagues } from '../../access/index.ts';

interface MeetingRow {
  readonly meeting_id: string;
  readonly platform_id: string;
  readonly held_on: CivilDate;
  readonly attendees: string[];
  readonly closed_at: string | null;
  readonly version: number;
  readonly decided: number;
}

const MEETING = `m.meeting_id, m.platform_id, m.held_on, m.attendees, m.closed_at, m.version,
  (SELECT count(*) FROM cases.meeting_decisions d WHERE d.meeting_id = m.meeting_id AND d.undone_at IS NULL) AS decided`;

const toMeeting = (row: MeetingRow): Meeting => ({
  meetingId: row.meeting_id,
  platformId: row.platform_id,
  heldOn: row.held_on,
  attendees: row.attendees,
  closedAt: row.closed_at,
  version: row.version,
  decided: row.decided,
});

const LATEST = 12;

/** Meetings of a platform within the caller's right, the latest first. */
export async function listMeetings({ transaction }: Caller, platform: string): Promise<Meeting[]> {
  const { rows } = await transaction.query<MeetingRow>(
    `SELECT ${MEETING} FROM cases.meetings m WHERE m.platform_id = $1
     ORDER BY m.closed_at IS NOT NULL, m.held_on DESC, m.opened_at DESC LIMIT $2`,
    [platform, LATEST],
  );
  return rows.map(toMeeting);
}

/** Throws `not_found` for a meeting that is not of a platform that the caller leads. */
export async function getMeeting({ transaction }: Caller, meetingId: string): Promise<Meeting> {
  const { rows } = await transaction.query<MeetingRow>(
    `SELECT ${MEETING} FROM cases.meetings m WHERE m.meeting_id = $1`,
    [meetingId],
  );
  const [row] = rows;
  if (!row)
    throw new RaccrocheError('not_found', 'Cette réunion n’existe pas, ou n’est pas de votre plateforme.');
  return toMeeting(row);
}

/** The meeting of the platform that is not ended, or a new one. Two who begin at once are in the same. Throws `not_found`. */
export async function openMeeting(caller: Caller, platform: string, heldOn: CivilDate): Promise<Meeting> {
  const { rows: led } = await caller.transaction.query(
    "SELECT FROM access.platforms_for('meeting.hold') AS p WHERE p = $1",
    [platform],
  );
  if (led.length === 0) throw new RaccrocheError('not_found', 'Vous ne menez pas cette plateforme.');
  await caller.transaction.query(
    `INSERT INTO cases.meetings (platform_id, held_on, attendees, opened_by) VALUES ($1, $2, ARRAY[$3::UUID], $3)
     ON CONFLICT (platform_id) WHERE closed_at IS NULL DO NOTHING`,
    [platform, heldOn, caller.personId],
  );
  const [open] = await listMeetings(caller, platform);
  if (!open) throw new Error('no meeting was opened');
  await caller.record('meeting.opened', [open.meetingId]);
  return open;
}

/**
 * Notes the day and who is there, ends a meeting or goes on with one. Throws `not_found`, `conflict` when somebody changed it
 * since, `not_possible` (an attendee of elsewhere, another meeting that goes on).
 */
export async function changeMeeting(
  caller: Caller,
  meetingId: string,
  { version, heldOn, attendees, closed }: MeetingChange,
): Promise<Meeting> {
  const before = await getMeeting(caller, meetingId);
  if (before.version !== version)
    throw new RaccrocheError('conflict', 'Quelqu’un a modifié cette réunion entre-temps. Relisez-la.');
  const known = new Set((await listColleagues(caller, before.platformId)).map(({ personId }) => personId));
  if (attendees.some((one) => !known.has(one) && !before.attendees.includes(one)))
    throw new RaccrocheError('not_possible', 'Un des présents n’est pas de cette plateforme.');
  const others = (await listMeetings(caller, before.platformId)).some(
    (one) => one.closedAt === null && one.meetingId !== meetingId,
  );
  if (!closed && others)
    throw new RaccrocheError('not_possible', 'Une autre réunion est en cours : finissez-la d’abord.');
  const { rowCount } = await caller.transaction.query(
    `UPDATE cases.meetings SET held_on = $3, attendees = ARRAY(SELECT jsonb_array_elements_text($4::JSONB)::UUID),
       closed_at = CASE WHEN $5 THEN coalesce(closed_at, now()) END,
       closed_by = CASE WHEN $5 THEN coalesce(closed_by, $6::UUID) END, version = version + 1
     WHERE meeting_id = $1 AND version = $2`,
    [meetingId, version, heldOn, JSON.stringify([...new Set(attendees)]), closed, caller.personId],
  );
  if (rowCount === 0)
    throw new RaccrocheError('conflict', 'Quelqu’un a modifié cette réunion entre-temps. Relisez-la.');
  await caller.record(closed ? 'meeting.closed' : 'meeting.changed', [meetingId]);
  return getMeeting(caller, meetingId);
}
