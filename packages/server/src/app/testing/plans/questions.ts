import { WorklistQuery } from '@raccroche/contract';
import { RaccrocheError } from '../../../kernel/errors.ts';
import type { Caller } from '../../../modules/access/index.ts';
import {
  countGroups,
  countViews,
  exportCases,
  nextToVerify,
  readAgenda,
  readCase,
  readDay,
  readExportTerms,
  readWorklist,
  searchCases,
} from '../../../modules/cases/index.ts';
import type { Database } from '../../../platform/postgres/database.ts';

/** A case in the middle of a platform's list, of which questions are asked. */
export interface Example {
  readonly platform: string;
  /** The present day, `yyyy-mm-dd`. */
  readonly today: string;
  readonly case_id: string;
  readonly siei: string;
  readonly sort_name: string;
  readonly family_name: string;
  readonly origin_uai: string;
  readonly commune: string;
  readonly training: string;
  readonly mission_locale: string;
  readonly phone: string;
}

/** The one in the middle of the platform's list by name. Throws when the platform has no case with a telephone. */
export async function findExample(database: Database, platform: string, today: string): Promise<Example> {
  const { rows } = await database.transaction({}, (transaction) =>
    transaction.query<Omit<Example, 'platform' | 'today'>>(
      `SELECT c.case_id, siei, sort_name, family_name, origin_uai, commune, training, mission_locale, phone
       FROM cases.cases c JOIN cases.phone_keys k USING (case_id) WHERE platform_id = $1 ORDER BY sort_name, case_id, phone
       OFFSET (SELECT count(*) / 2 FROM cases.cases WHERE platform_id = $1) LIMIT 1`,
      [platform],
    ),
  );
  const [row] = rows;
  if (!row) throw new Error('this platform has no case with a telephone');
  return { ...row, platform, today };
}

type Ask = (caller: Caller, example: Example) => Promise<unknown>;
const worklist =
  (query: (example: Example) => Record<string, string>): Ask =>
  (caller, example) =>
    readWorklist(
      caller,
      WorklistQuery.parse({ platform: example.platform, ...query(example) }),
      example.today,
    );
const cursorAt = (place: string, { case_id }: Example) =>
  Buffer.from(JSON.stringify([place, case_id])).toString('base64url');

/** A file that would be too large is refused once its rows are read: those are what is asked here. */
const exported: Ask = (caller, { platform, today }) =>
  exportCases(
    caller,
    {
      platform,
      filter: { verification: 'to_verify' },
      sort: 'name',
      format: 'csv',
      columns: ['school'],
      purpose: 'meeting',
    },
    today,
  ).catch((error: unknown) => {
    if (!(error instanceof RaccrocheError)) throw error;
  });

/** What the screens ask about cases, by name. */
export const QUESTIONS = {
  'worklist: by name': worklist(() => ({})),
  'worklist: by name, a page in the middle': worklist((one) => ({ cursor: cursorAt(one.sort_name, one) })),
  'worklist: the beginning of a name': worklist((one) => ({ name: one.family_name.slice(0, 3) })),
  'worklist: by last attempt': worklist(() => ({ sort: 'last_attempt' })),
  'worklist: by last attempt, never reached': worklist(() => ({
    sort: 'last_attempt',
    contact: 'to_contact',
  })),
  'worklist: by priority': worklist(() => ({ sort: 'priority' })),
  'worklist: a state': worklist(() => ({ verification: 'to_verify', contact: 'to_contact' })),
  'worklist: my cases': worklist(() => ({ referent: 'me', open: 'true' })),
  'worklist: nobody’s': worklist(() => ({ referent: 'nobody', open: 'true' })),
  'worklist: minors without an interview': worklist(() => ({ minor: 'true', interviewed: 'false' })),
  'worklist: silent for 30 days': worklist(() => ({ quietDays: '30' })),
  'worklist: a commune': worklist((one) => ({ commune: one.commune })),
  'worklist: a school': worklist((one) => ({ school: one.origin_uai })),
  'worklist: a last training': worklist((one) => ({ training: one.training })),
  'worklist: its level': worklist(() => ({ trainingLevel: '3' })),
  'worklist: who is known to a mission locale': worklist(() => ({ missionLocale: 'active' })),
  'worklist: a priority': worklist(() => ({ priority: 'deadline' })),
  'counts of the worklist’s views': (caller, { platform, today }) => countViews(caller, platform, today),
  'groups: by step': (caller, { platform, today }) => countGroups(caller, { platform, by: 'pathway' }, today),
  'groups: by commune': (caller, { platform, today }) =>
    countGroups(caller, { platform, by: 'commune' }, today),
  'next to verify': (caller, { platform, today }) => nextToVerify(caller, platform, 20, today),
  'my day: mine': (caller, { platform, today }) => readDay(caller, { platform, whose: 'mine' }, today),
  'my day: the platform’s': (caller, { platform, today }) =>
    readDay(caller, { platform, whose: 'platform' }, today),
  agenda: (caller, { platform, today }) => readAgenda(caller, { platform, from: today, to: today }, today),
  'search: a name': (caller, { family_name, today }) => searchCases(caller, family_name, today),
  'search: a telephone': (caller, { phone, today }) => searchCases(caller, phone, today),
  'search: a number': (caller, { siei, today }) => searchCases(caller, siei, today),
  'a case': (caller, { case_id, today }) => readCase(caller, case_id, today),
  'export: how many': (caller, { platform, today }) => readExportTerms(caller, { platform }, today),
  'export: the file': exported,
} as const satisfies Record<string, Ask>;
export type QuestionName = keyof typeof QUESTIONS;
export const QUESTION_NAMES = Object.keys(QUESTIONS) as QuestionName[];
