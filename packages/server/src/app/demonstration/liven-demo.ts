import { type Permission, ROUTES, type RouteDefinition } from '@raccroche/contract';
import { addDays, type CivilDate } from '../../kernel/civil-date.ts';
import { systemClock } from '../../kernel/clock.ts';
import { todayOf } from '../../kernel/today.ts';
import {
  type Caller,
  endSession,
  listDemoPeople,
  openSession,
  withCaller,
} from '../../modules/access/index.ts';
import { sendSchoolQuestions } from '../../modules/contacts/index.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { GUARDED_HANDLERS } from '../api/handlers.ts';
import { inventLitiges } from './invent-litiges.ts';
import { LENS_STORIES, LILLE_STORIES, SCHOOL_STORY, type Story, type StoryStep } from './stories.ts';

/** Codes of the platforms on which there is somebody to be. */
const LENS = '627';
const LILLE = '595';

/**
 * Makes the demonstration look like a base in which people have worked for some weeks: some cases verified, given to somebody,
 * called, met; some questions of identity. Everything is done by the acts of the API, under the rights of the people of the
 * demonstration, then dated back. The same whenever it is filled; the last names of the alphabet are taken, the first ones
 * are left as the list brought them.
 */
export async function livenDemo(database: Database): Promise<void> {
  const people = await listDemoPeople(database);
  const ids = new Map(people.map((one) => [one.displayName, one.personId]));
  const tokens = new Map<string, string>();
  for (const who of new Set(
    [...LENS_STORIES, ...LILLE_STORIES].flatMap(({ steps }) => steps.map(([by]) => by)),
  ))
    tokens.set(who, await openSession(database, ids.get(who) ?? ''));
  const day = todayOf(systemClock);
  for (const [code, stories] of [
    [LENS, LENS_STORIES],
    [LILLE, LILLE_STORIES],
  ] as const) {
    const cases = await readLastCases(database, code, stories.length);
    for (const [index, caseId] of cases.entries()) {
      const story = stories[index];
      if (story) await tell(database, { caseId, story, tokens, ids, day });
    }
  }
  for (const caseId of await readPupils(database, LILLE, ASKED_PUPILS))
    await tell(database, { caseId, story: SCHOOL_STORY, tokens, ids, day });
  await sendSchoolQuestions(database, { atOnce: true });
  await database.transaction({}, (transaction) => transaction.script(QUESTIONS_LEFT));
  await database.transaction({}, (transaction) => inventLitiges(transaction, [LENS, LILLE]));
  for (const token of tokens.values()) await endSession(database, token);
}

/** Former pupils of the school whose head is here, about whom its platform asks. */
const ASKED_PUPILS = 2;

async function readPupils(database: Database, code: string, count: number): Promise<string[]> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ case_id: string }>(
      `SELECT c.case_id FROM cases.cases c JOIN access.platforms p USING (platform_id)
       JOIN access.memberships m ON m.territory_kind = 'establishment' AND m.territory_id = c.origin_uai
       WHERE p.code = $1 AND c.version = 1 AND c.birth_date <= access.today() - INTERVAL '18 years'
       ORDER BY c.sort_name DESC, c.siei LIMIT $2`,
      [code, count],
    ),
  );
  return rows.map((row) => row.case_id);
}

/** The questions have left: nothing is sent anew when the demonstration is opened. */
const QUESTIONS_LEFT = `
  UPDATE contacts.messages SET state = 'sent', settled_at = now() WHERE link_id IS NOT NULL AND state = 'waiting';
  UPDATE contacts.school_links SET made_at = made_at - INTERVAL '2 days';`;

async function readLastCases(database: Database, code: string, count: number): Promise<string[]> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ case_id: string }>(
      `SELECT c.case_id FROM cases.cases c JOIN access.platforms p USING (platform_id)
       WHERE p.code = $1 AND c.birth_date <= access.today() - INTERVAL '18 years'
       ORDER BY c.sort_name DESC, c.siei LIMIT $2`,
      [code, count],
    ),
  );
  return rows.map((row) => row.case_id);
}

interface Telling {
  readonly caseId: string;
  readonly story: Story;
  readonly tokens: ReadonlyMap<string, string>;
  readonly ids: ReadonlyMap<string, string>;
  readonly day: CivilDate;
}

async function tell(database: Database, telling: Telling): Promise<void> {
  const { caseId, story, tokens } = telling;
  // What one person does in a row is done in one transaction.
  const rows: { by: string; steps: StoryStep[] }[] = [];
  for (const step of story.steps) {
    const last = rows.at(-1);
    if (last?.by === step[0]) last.steps.push(step);
    else rows.push({ by: step[0], steps: [step] });
  }
  for (const { by, steps } of rows) {
    const permission: Permission = steps.some(([, route]) => route === 'answerReferral')
      ? 'referral.answer'
      : 'case.act';
    const structure = await readStructure(database, caseId);
    await withCaller(database, { token: tokens.get(by), permission }, async (caller) => {
      for (const step of steps) await act(database, caller, step, { ...telling, ...structure });
    });
  }
  await dateBack(database, caseId, story.daysAgo);
}

/** The structure that has somebody here, and what was proposed last for the case. */
interface StructureOfCase {
  readonly organisation: string | undefined;
  readonly referralId: string | undefined;
}

async function readStructure(database: Database, caseId: string): Promise<StructureOfCase> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<{ organisation: string | null; referral: string | null }>(
      `SELECT (SELECT organisation_id FROM access.organisations WHERE kind = 'association') AS organisation,
         (SELECT referral_id FROM cases.referrals WHERE case_id = $1 ORDER BY case_version DESC LIMIT 1) AS referral`,
      [caseId],
    ),
  );
  return { organisation: rows[0]?.organisation ?? undefined, referralId: rows[0]?.referral ?? undefined };
}

type AnyHandler = (...given: readonly unknown[]) => Promise<unknown>;

async function act(
  database: Database,
  caller: Caller,
  [, name, asked]: StoryStep,
  { caseId, ids, day, organisation, referralId }: Telling & StructureOfCase,
): Promise<void> {
  const { rows } = await caller.transaction.query<{ version: number }>(
    'SELECT version FROM cases.cases WHERE case_id = $1',
    [caseId],
  );
  const { referent, inDays, answersHere, ...rest } = asked;
  const route: RouteDefinition = ROUTES[name];
  const body = route.body?.parse({
    version: rows[0]?.version,
    referralId,
    ...rest,
    ...(answersHere ? { organisation } : {}),
    ...(referent === undefined ? {} : { referent: ids.get(referent) }),
    ...(inDays === undefined ? {} : { at: `${addDays(day, inDays)}T09:00:00.000Z` }),
  });
  const context = { database, clock: systemClock, version: '', demo: true, token: '' };
  await (GUARDED_HANDLERS[name] as AnyHandler)(caller, { params: { caseId, referralId }, body }, context);
}

/** Everything that happened to the case, that many days earlier. */
async function dateBack(database: Database, caseId: string, days: number): Promise<void> {
  await database.transaction({}, async (transaction) => {
    await transaction.query(
      `UPDATE cases.cases SET opened_on = least(opened_on, access.today() - $2::INT - 2),
         last_attempt_at = last_attempt_at - make_interval(days => $2), interview_at = interview_at - make_interval(days => $2),
         interview_held_at = interview_held_at - make_interval(days => $2),
         call_back_at = call_back_at - make_interval(days => $2), confirmed_on = confirmed_on - $2::INT,
         entered_on = entered_on - $2::INT, return_asked_on = return_asked_on - $2::INT, closed_on = closed_on - $2::INT
       WHERE case_id = $1`,
      [caseId, days],
    );
    await transaction.query(
      `UPDATE cases.events SET happened_at = happened_at - make_interval(days => $2),
         recorded_at = recorded_at - make_interval(days => $2),
         details = CASE WHEN details ->> 'at' IS NULL THEN details ELSE jsonb_set(details, '{at}',
           to_jsonb(to_char((details ->> 'at')::TIMESTAMPTZ - make_interval(days => $2), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) END
       WHERE case_id = $1 AND actor IS NOT NULL`,
      [caseId, days],
    );
    await transaction.query(
      `UPDATE cases.events e SET happened_at = o.at, recorded_at = o.at
       FROM (SELECT (opened_on + TIME '08:00') AT TIME ZONE 'Europe/Paris' AS at FROM cases.cases WHERE case_id = $1) o
       WHERE e.case_id = $1 AND e.kind = 'opened'`,
      [caseId],
    );
    for (const sql of [
      'UPDATE cases.referrals SET proposed_at = proposed_at - make_interval(days => $2) WHERE case_id = $1',
      'UPDATE contacts.school_questions SET asked_at = asked_at - make_interval(days => $2) WHERE case_id = $1',
    ])
      await transaction.query(sql, [caseId, days]);
  });
}
