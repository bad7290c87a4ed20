import {
  type Agenda,
  DEADLINE_DAYS,
  MEETING_TOPICS,
  type Meeting,
  type MeetingDecision,
  type MeetingTopic,
  REORIENTATION_MONTHS,
  SITUATION_DAYS,
} from '@raccroche/contract';
import { addDays, addMonths, addYears, type CivilDate } from '../../../kernel/civil-date.ts';
import { type Caller, listColleagues } from '../../access/index.ts';
import { toCaseRow } from '../case-row.ts';
import { CASE_SELECTION, type StoredCase } from '../change-case.ts';
import { getMeeting, listMeetings } from './meetings.ts';

const ADULT_AGE = 18;
/** Nothing was done for that many days. */
const STUCK_DAYS = 30;
/** Cases of a topic that are told at once; the others are counted, and come as these are decided. */
const TOLD_MAX = 100;

/**
 * Open cases of a platform ($1) with the topic that brings each to the meeting, those decided in it ($2) left out. The last one
 * that was ended tells what it postponed. $3: today; $4: since when nothing is stuck; $5: who is younger than 18 was born after;
 * $6: opened before, the deadline is near; $7, $8: what was confirmed before is no longer known.
 */
const ON_AGENDA = `
  WITH last_meeting AS (
    SELECT meeting_id FROM cases.meetings WHERE platform_id = $1 AND closed_at IS NOT NULL AND meeting_id IS DISTINCT FROM $2
    ORDER BY held_on DESC, opened_at DESC LIMIT 1),
  concerned AS (
    SELECT c.*, (SELECT max(e.recorded_at) FROM cases.events e WHERE e.case_id = c.case_id AND e.actor IS NOT NULL) AS last_act,
      EXISTS (SELECT FROM cases.meeting_decisions d JOIN last_meeting USING (meeting_id)
        WHERE d.case_id = c.case_id AND d.decision = 'postpone' AND d.undone_at IS NULL) AS postponed,
      EXISTS (SELECT FROM cases.notices n WHERE n.case_id = c.case_id AND n.platform_id = $1
        AND n.kind = 'transfer_asked' AND n.seen_at IS NULL) AS transfer_asked
    FROM cases.cases c
    WHERE c.platform_id = $1 AND c.pathway <> 'closed' AND NOT EXISTS (
      SELECT FROM cases.meeting_decisions d WHERE d.meeting_id = $2 AND d.case_id = c.case_id AND d.undone_at IS NULL)),
  told AS (
    SELECT *, CASE
      WHEN postponed THEN 'postponed'
      WHEN verification <> 'refuted' AND birth_date > $5 AND joint_interview_at IS NULL AND opened_on <= $6 THEN 'minor_deadline'
      WHEN transfer_asked OR verification_reason = 'moved' THEN 'to_transfer'
      WHEN verification = 'refuted' THEN NULL
      WHEN pathway = 'broken' OR (pathway = 'diagnosis' AND EXISTS (SELECT FROM cases.events e
        WHERE e.case_id = concerned.case_id AND e.kind = 'diagnosis' AND e.before ->> 'pathway' = 'proposed')) THEN 'refused'
      WHEN confirmed_on < CASE WHEN pathway IN ('entered', 'holding') THEN $8::DATE ELSE $7::DATE END THEN 'expired'
      WHEN referent IS NULL AND opened_on > $4::DATE THEN 'unassigned'
      WHEN pathway NOT IN ('entered', 'holding') AND coalesce(last_act::DATE, opened_on) <= $4::DATE
        AND coalesce(interview_at, call_back_at) IS NULL THEN 'stuck'
    END AS topic
    FROM concerned WHERE $3::DATE IS NOT NULL)`;

const parametersOf = (platform: string, meetingId: string | null, today: CivilDate) => [
  platform,
  meetingId,
  today,
  addDays(today, -STUCK_DAYS),
  addYears(today, -ADULT_AGE),
  addMonths(addDays(today, DEADLINE_DAYS), -REORIENTATION_MONTHS),
  addDays(today, -SITUATION_DAYS.otherwise),
  addDays(today, -SITUATION_DAYS.in_solution),
];

type TopicCounts = { topic: MeetingTopic; count: number }[];

async function countTopics(
  { transaction }: Caller,
  parameters: readonly unknown[],
): Promise<ReadonlyMap<MeetingTopic, number>> {
  const { rows } = await transaction.query<{ topic: MeetingTopic; n: number }>(
    `${ON_AGENDA} SELECT topic, count(*) AS n FROM told WHERE topic IS NOT NULL GROUP BY topic`,
    parameters,
  );
  return new Map(rows.map(({ topic, n }) => [topic, n]));
}

/** Meetings of a platform, and how many cases wait for the next one. Tells nobody's name. */
export async function readMeetings(
  caller: Caller,
  platform: string,
  today: CivilDate,
): Promise<{ meetings: Meeting[]; waiting: TopicCounts }> {
  const meetings = await listMeetings(caller, platform);
  const open = meetings.find(({ closedAt }) => closedAt === null);
  const counts = await countTopics(caller, parametersOf(platform, open?.meetingId ?? null, today));
  return {
    meetings,
    waiting: MEETING_TOPICS.map((topic) => ({ topic, count: counts.get(topic) ?? 0 })),
  };
}

/**
 * What is left to decide in a meeting, topic by topic, and what was decided. The read is written in the trail. Throws `not_found`.
 */
export async function readMeeting(caller: Caller, meetingId: string, today: CivilDate): Promise<Agenda> {
  const meeting = await getMeeting(caller, meetingId);
  const parameters = parametersOf(meeting.platformId, meetingId, today);
  const counts = await countTopics(caller, parameters);
  const { rows } = await caller.transaction.query<
    StoredCase & { topic: MeetingTopic; last_act: string | null }
  >(
    `${ON_AGENDA} SELECT ${CASE_SELECTION}, topic, last_act FROM (
       SELECT *, row_number() OVER (PARTITION BY topic ORDER BY opened_on, sort_name, case_id) AS place
       FROM told WHERE topic IS NOT NULL) t WHERE place <= $9::INT ORDER BY place`,
    [...parameters, TOLD_MAX],
  );
  const colleagues = await listColleagues(caller, meeting.platformId);
  const names = new Map(colleagues.map((one) => [one.personId, one.displayName]));
  const decisions = await readDecisions(caller, meetingId, names, today);
  await caller.record('case.listed', [...new Set([...rows, ...decisions].map(subjectOf))], {
    platform: meeting.platformId,
    to: 'meeting',
  });
  return {
    meeting,
    topics: MEETING_TOPICS.map((topic) => ({
      topic,
      count: counts.get(topic) ?? 0,
      cases: rows
        .filter((row) => row.topic === topic)
        .map((row) => ({ case: toCaseRow(row, today), lastActOn: row.last_act?.slice(0, 10) ?? null })),
    })),
    decisions,
    colleagues,
  };
}

const subjectOf = (one: StoredCase | MeetingDecision): string =>
  'case_id' in one ? one.case_id : one.caseId;

interface DecisionRow {
  readonly decision_id: number;
  readonly case_id: string;
  readonly subject: string;
  readonly topic: MeetingTopic;
  readonly decision: MeetingDecision['decision'];
  readonly words: string;
  readonly text: string | null;
  readonly decided_by: string;
  readonly decided_at: string;
}

async function readDecisions(
  { transaction }: Caller,
  meetingId: string,
  names: ReadonlyMap<string, string>,
  today: CivilDate,
): Promise<MeetingDecision[]> {
  const { rows } = await transaction.query<DecisionRow>(
    `SELECT d.decision_id, d.case_id, d.subject, d.topic, d.decision, d.words, n.text, d.decided_by, d.decided_at
     FROM cases.meeting_decisions d
     LEFT JOIN cases.notes n ON n.case_id = d.case_id AND n.case_version = d.act_version AND n.erase_after >= $2
     WHERE d.meeting_id = $1 AND d.undone_at IS NULL ORDER BY d.decision_id`,
    [meetingId, today],
  );
  return rows.map((row) => ({
    decisionId: row.decision_id,
    caseId: row.case_id,
    subject: row.subject,
    topic: row.topic,
    decision: row.decision,
    words: row.words,
    text: row.text,
    decidedBy: row.decided_by,
    decidedByName: names.get(row.decided_by) ?? null,
    decidedAt: row.decided_at,
  }));
}
