import { CaseOutcomeLabels, MeetingDecisionLabels, type NewMeetingDecision } from '@raccroche/contract';
import type { CivilDate } from '../../../kernel/civil-date.ts';
import { RaccrocheError } from '../../../kernel/errors.ts';
import { type Caller, listColleagues } from '../../access/index.ts';
import { keepNote, requireAcknowledged } from '../acts/add-note.ts';
import { closeCase } from '../acts/close-case.ts';
import { setCallBack } from '../acts/set-call-back.ts';
import { assignCase } from '../assign-case.ts';
import { changeCase, getCase, type StoredCase } from '../change-case.ts';
import { handOver, listPlatforms } from '../exchanges/hand-over.ts';
import { getMeeting } from './meetings.ts';

/** The day and the instant of a decision. */
export interface DecisionTime {
  readonly today: CivilDate;
  /** ISO instant. */
  readonly now: string;
}

const PARIS_DAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris' });

/**
 * Decides of a case in a meeting that goes on: does it to the case, keeps what was written as its note, and remembers it for the
 * minutes. Gives the number of the decision.
 * Throws `not_found`, `conflict` (somebody decided of it, or changed the case, since), `not_possible` (the meeting is ended, the
 * act itself is not possible, the warning about the text was not read).
 */
export async function decideInMeeting(
  caller: Caller,
  meetingId: string,
  asked: NewMeetingDecision,
  time: DecisionTime,
): Promise<number> {
  const meeting = await getMeeting(caller, meetingId);
  if (meeting.closedAt !== null)
    throw new RaccrocheError('not_possible', 'Cette réunion est finie. Reprenez-la pour décider encore.');
  const before = await getCase(caller, asked.caseId);
  if (before.platform_id !== meeting.platformId)
    throw new RaccrocheError('not_found', 'Ce dossier n’est pas de la plateforme de cette réunion.');
  requireAcknowledged(asked.text, asked.acknowledged);
  const words = await wordsOf(caller, before, asked);
  const after = await act(caller, before, asked, time);
  if (asked.text !== '' && after) await keepNote(caller, after, asked.text, time.today);
  const { rows } = await caller.transaction.query<{ decision_id: number }>(
    `INSERT INTO cases.meeting_decisions (meeting_id, case_id, subject, topic, decision, words, act_version, decided_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING decision_id`,
    [
      meetingId,
      asked.caseId,
      [before.family_name, before.first_names[0]].filter(Boolean).join(' '),
      asked.topic,
      asked.decision,
      words,
      after?.version ?? asked.version + 1,
      caller.personId,
    ],
  );
  const [made] = rows;
  if (!made) throw new RaccrocheError('conflict', 'Ce dossier vient d’être décidé dans cette réunion.');
  await caller.record('meeting.decided', [asked.caseId, meetingId], { decision: asked.decision });
  return made.decision_id;
}

/** Does it; undefined when the case went elsewhere. */
async function act(
  caller: Caller,
  before: StoredCase,
  asked: NewMeetingDecision,
  { today, now }: DecisionTime,
): Promise<StoredCase | undefined> {
  const { caseId, version, decision } = asked;
  if (decision === 'assign' && asked.referent !== undefined)
    return assignCase(caller, caseId, { version, referent: asked.referent });
  if (decision === 'call_back' && asked.at !== undefined)
    return setCallBack(caller, caseId, { version, at: asked.at }, now);
  if (decision === 'close' && asked.outcome !== undefined)
    return closeCase(caller, caseId, { version, outcome: asked.outcome }, today);
  if (decision === 'hand_over' && asked.platform !== undefined) {
    await handOver(caller, caseId, { version, platform: asked.platform });
    return undefined;
  }
  return changeCase(caller, before, version, {
    kind: decision === 'postpone' ? 'meeting_postponed' : 'meeting_decided',
    change: {},
  });
}

async function wordsOf(caller: Caller, before: StoredCase, asked: NewMeetingDecision): Promise<string> {
  const what = MeetingDecisionLabels[asked.decision];
  if (asked.referent !== undefined) {
    const people = await listColleagues(caller, before.platform_id);
    const name = people.find(({ personId }) => personId === asked.referent)?.displayName;
    return `${what} à ${name ?? 'quelqu’un'}`;
  }
  if (asked.platform !== undefined) {
    const platforms = await listPlatforms(caller);
    const name = platforms.find(({ platformId }) => platformId === asked.platform)?.name;
    return `${what} : ${name ?? 'autre plateforme'}`;
  }
  if (asked.at !== undefined) return `${what} le ${PARIS_DAY.format(new Date(asked.at))}`;
  if (asked.outcome === 'reported_to_department' && before.closing_asked_by === null)
    return 'transmission au département demandée';
  return asked.outcome === undefined ? what : `${what} : ${CaseOutcomeLabels[asked.outcome]}`;
}

/**
 * Takes back the caller's own decision, with what it did to the case, which `undo` takes back. Throws `not_found`, `conflict` when something followed,
 * `not_possible` (somebody else's, undone already, a case that was handed over).
 */
export async function undoMeetingDecision(
  caller: Caller,
  meetingId: string,
  decisionId: number,
  undo: (caseId: string, version: number) => Promise<unknown>,
): Promise<void> {
  await getMeeting(caller, meetingId);
  const { rows } = await caller.transaction.query<{
    case_id: string;
    decision: string;
    act_version: number;
    decided_by: string;
    undone_at: string | null;
  }>(
    `SELECT case_id, decision, act_version, decided_by, undone_at FROM cases.meeting_decisions
     WHERE meeting_id = $1 AND decision_id = $2`,
    [meetingId, decisionId],
  );
  const [found] = rows;
  if (found?.decided_by !== caller.personId || found.undone_at !== null)
    throw new RaccrocheError('not_possible', 'On n’annule que sa propre décision, une seule fois.');
  if (found.decision === 'hand_over')
    throw new RaccrocheError('not_possible', 'Un transfert ne s’annule pas : l’autre plateforme le rend.');
  await undo(found.case_id, found.act_version);
  await caller.transaction.query(
    'UPDATE cases.meeting_decisions SET undone_at = now(), undone_by = $2 WHERE decision_id = $1',
    [decisionId, caller.personId],
  );
  await caller.record('meeting.undone', [found.case_id, meetingId]);
}
