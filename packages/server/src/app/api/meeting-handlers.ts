import type { MEETING_ROUTES } from '@raccroche/contract';
import { todayOf } from '../../kernel/today.ts';
import {
  changeMeeting,
  decideInMeeting,
  openMeeting,
  readMeeting,
  readMeetings,
  undoLast,
  undoMeetingDecision,
} from '../../modules/cases/index.ts';
import { minutesPage } from '../meetings/minutes-page.ts';
import { andTell, freeBeforeLeaving } from './appointment-acts.ts';
import type { GuardedHandlers } from './handler-types.ts';

export const MEETING_HANDLERS: Pick<GuardedHandlers, keyof typeof MEETING_ROUTES> = {
  meetings: (caller, { query }, { clock }) => readMeetings(caller, query.platform, todayOf(clock)),
  openMeeting: (caller, { body }) => openMeeting(caller, body.platform, body.heldOn),
  meeting: (caller, { params }, { clock }) => readMeeting(caller, params.meetingId, todayOf(clock)),
  changeMeeting: (caller, { params, body }) => changeMeeting(caller, params.meetingId, body),
  async decideInMeeting(caller, { params, body }, { clock }) {
    const time = { today: todayOf(clock), now: clock.now() };
    const decide = (version: number) => decideInMeeting(caller, params.meetingId, { ...body, version }, time);
    const decisionId =
      body.decision === 'hand_over'
        ? await decide(await freeBeforeLeaving(caller, body.caseId, body.version, time.now))
        : await andTell(caller, body.caseId, { now: time.now }, () => decide(body.version));
    return { decisionId };
  },
  async undoMeetingDecision(caller, { params, body }, { clock }) {
    const now = clock.now();
    await undoMeetingDecision(caller, params.meetingId, body.decisionId, (caseId, version) =>
      andTell(caller, caseId, { now }, () => undoLast(caller, caseId, version, now)),
    );
    return { undone: true };
  },
  async meetingMinutes(caller, { params }, { clock }) {
    const agenda = await readMeeting(caller, params.meetingId, todayOf(clock));
    const { platformId, heldOn } = agenda.meeting;
    const { rows } = await caller.transaction.query<{ name: string }>(
      'SELECT name FROM access.platforms WHERE platform_id = $1',
      [platformId],
    );
    await caller.record(
      'case.exported',
      agenda.decisions.map(({ caseId }) => caseId),
      { platform: platformId, to: 'minutes' },
    );
    return {
      fileName: `compte-rendu-${heldOn}.html`,
      html: minutesPage(agenda, { platform: rows[0]?.name ?? '', madeOn: todayOf(clock) }),
    };
  },
};
