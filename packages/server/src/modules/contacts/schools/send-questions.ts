import type { Database, Transaction } from '../../../platform/postgres/database.ts';
import { LINK_MARK } from '../link-mark.ts';
import { schoolQuestion, schoolReminder } from '../templates/school.ts';

/** Days for which a link answers. */
const LINK_DAYS = 21;
/** Days after which a school that has not answered is written to once more, and once only. */
const REMINDER_DAYS = 7;

interface SchoolRow {
  readonly link_id: string;
  readonly uai: string;
  readonly email: string;
  readonly name: string;
  readonly questions: number;
  readonly platforms: string[];
  readonly last_day: string;
}

/**
 * Puts in the outbox one message for each school that is asked something new, and one for each that has not answered for a week.
 * A school is written to once a day at most, unless `atOnce`. What nobody needs to know any more is not sent. Works as
 * `raccroche_worker`; again changes nothing. Gives how many messages.
 */
export async function sendSchoolQuestions(
  database: Database,
  { atOnce = false }: { readonly atOnce?: boolean } = {},
): Promise<number> {
  return database.transaction({ role: 'raccroche_worker' }, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [ASKING_LOCK]);
    await makeLinks(transaction, atOnce);
    const asked = await transaction.query<SchoolRow>(
      `${OF_LINKS} WHERE NOT EXISTS (SELECT FROM contacts.messages m WHERE m.link_id = l.link_id) ${BY_LINK}`,
    );
    const late = await transaction.query<SchoolRow>(
      `${OF_LINKS} WHERE l.reminded_at IS NULL AND l.made_at < now() - make_interval(days => $1)
         AND l.expires_at > now() + INTERVAL '1 day' ${BY_LINK}`,
      [REMINDER_DAYS],
    );
    for (const row of asked.rows) await enqueue(transaction, 'school_question', row);
    for (const row of late.rows) {
      await transaction.query('UPDATE contacts.school_links SET reminded_at = now() WHERE link_id = $1', [
        row.link_id,
      ]);
      await enqueue(transaction, 'school_reminder', row);
    }
    return asked.rows.length + late.rows.length;
  });
}

const ASKING_LOCK = 7_271_640;

/** Links with the questions of theirs that wait, by school. */
const OF_LINKS = `SELECT l.link_id, l.uai, s.email, r.name, count(*)::INT AS questions,
    array_agg(DISTINCT p.name ORDER BY p.name) FILTER (WHERE p.name IS NOT NULL) AS platforms,
    (l.expires_at AT TIME ZONE 'Europe/Paris')::DATE - 1 AS last_day
  FROM contacts.school_links l JOIN contacts.schools s USING (uai)
  JOIN contacts.school_questions q ON q.link_id = l.link_id AND contacts.waits(q)
  JOIN cases.cases c ON c.case_id = q.case_id AND l.platform_id IS NULL LEFT JOIN access.platforms p ON p.platform_id = c.platform_id,
  contacts.school_reach(l.uai) r`;
const BY_LINK = 'GROUP BY l.link_id, l.uai, s.email, r.name, l.expires_at ORDER BY l.uai, l.link_id';

/** A link for each school with an address and a question that has not left, if none was made today. */
async function makeLinks(transaction: Transaction, atOnce: boolean): Promise<void> {
  await transaction.query(
    `WITH waiting AS (
       SELECT q.question_id, q.uai FROM contacts.school_questions q
       WHERE q.answer IS NULL AND q.link_id IS NULL AND contacts.waits(q)
         AND EXISTS (SELECT FROM contacts.schools s WHERE s.uai = q.uai)
         AND ($1 OR NOT EXISTS (SELECT FROM contacts.school_links l WHERE l.uai = q.uai
           AND (l.made_at AT TIME ZONE 'Europe/Paris')::DATE = access.today()))),
     made AS (
       INSERT INTO contacts.school_links (uai, expires_at)
       SELECT DISTINCT uai, now() + make_interval(days => $2) FROM waiting RETURNING link_id, uai)
     UPDATE contacts.school_questions q SET link_id = made.link_id
     FROM waiting JOIN made USING (uai) WHERE q.question_id = waiting.question_id`,
    [atOnce, LINK_DAYS],
  );
}

async function enqueue(
  transaction: Transaction,
  kind: 'school_question' | 'school_reminder',
  row: SchoolRow,
): Promise<void> {
  const { subject, body } = (kind === 'school_question' ? schoolQuestion : schoolReminder)({
    school: row.name,
    platforms: row.platforms,
    questions: row.questions,
    link: LINK_MARK,
    lastDay: row.last_day,
  });
  await transaction.query(
    `INSERT INTO contacts.messages (key, kind, channel, address, subject, body, link_id, asked_by)
     VALUES ($1, $2, 'email', $3, $4, $5, $6, NULL) ON CONFLICT (key) DO NOTHING`,
    [`${kind}/${row.link_id}`, kind, row.email, subject, body, row.link_id],
  );
}
