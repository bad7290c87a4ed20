/**
 * The cases of the load test, as a publication and a few weeks of work leave them: a third are followed and have a story of 7 to 13
 * events, 10 in the mean, with their notes, marks and interviews; the others wait to be verified. Set-based, straight into the tables.
 */
import { TrainingLabels } from '../packages/contract/src/index.ts';
import { fullDetails } from '../packages/server/src/app/testing/full-entry.ts';
import { soundOf } from '../packages/server/src/modules/lists/index.ts';
import type { Transaction } from '../packages/server/src/platform/postgres/database.ts';
import type { BaseSize } from './platform-load-base.ts';

/** What is filled, and how. */
export type Step = readonly [what: string, work: (transaction: Transaction) => Promise<unknown>];

const SYLLABLES = ['BA', 'CHE', 'DU', 'FON', 'GRI', 'LAU', 'MER', 'NO', 'PEL', 'RI', 'SAU', 'TI'];
const PAIRS = SYLLABLES.flatMap((one) => SYLLABLES.map((other) => one + other));
/** The first ones are the names of many, as real names are. */
const NAMES = { family: PAIRS.flatMap((pair) => SYLLABLES.map((one) => pair + one)), first: PAIRS };

/** A number from 0 to 1, always the same for the same `n` and `salt`. */
const part = (n: string, salt: number) =>
  `(((${n} + ${salt}) * 2654435761::BIGINT) % 4294967296) / 4294967296.0`;
const nameAt = (n: string, salt: number, count: number) =>
  `1 + floor(${count} * power(${part(n, salt)}, 2))::INT`;

/**
 * One row a young person, from which all else is filled. `rank`: their place among those of the platform. `home`: number of the
 * first child of the household: one in ten is the sister or brother of the one before. `events`: length of the story.
 */
const PEOPLE = ({ cases, users, platforms }: BaseSize) => `
  CREATE UNLOGGED TABLE load.people AS
  SELECT p.*, gen_random_uuid() AS case_id, 'L' || lpad(n::TEXT, 11, '0') AS siei,
    ('aaaaaaaa-0000-4000-8000-' || lpad(p.place::TEXT, 12, '0'))::UUID AS platform_id,
    ('aaaaaaaa-0000-4000-8000-' || lpad((p.place + ${platforms} * (rank % ${Math.max(1, Math.floor(users / platforms))}))::TEXT, 12, '0'))::UUID AS colleague,
    lpad((1 + p.place % 95)::TEXT, 2, '0') AS department,
    lpad((p.place * 25 + rank % 25)::TEXT, 7, '0') || 'A' AS school,
    DATE '2010-10-31' - (power(${part('n', 7)}, 2) * 3200)::INT AS birth_date,
    f.word AS family, f.sound AS family_sound, g.word AS first, g.sound AS first_sound, s.word AS second, s.sound AS second_sound,
    '06' || lpad((n % 100000000)::TEXT, 8, '0') AS mobile, '03' || lpad((home % 100000000)::TEXT, 8, '0') AS home_phone
  FROM (SELECT n, n % ${platforms} AS place, n / ${platforms} AS rank,
      CASE WHEN n / ${platforms} % 10 = 1 THEN n - ${platforms} ELSE n END AS home,
      CASE WHEN n / ${platforms} % 3 = 0 THEN 7 + (n / ${platforms} / 3 % 7)::INT ELSE 1 END AS events
    FROM generate_series(0::BIGINT, ${cases} - 1) n) p
  JOIN load.names f ON f.kind = 'family' AND f.place = ${nameAt('p.home', 0, NAMES.family.length)}
  JOIN load.names g ON g.kind = 'first' AND g.place = ${nameAt('p.n', 11, NAMES.first.length)}
  LEFT JOIN load.names s ON s.kind = 'first' AND p.n % 5 < 2 AND s.place = ${nameAt('p.n', 23, NAMES.first.length)}
    AND s.word <> g.word
  ORDER BY p.n`;

const TRAININGS = ['bac_pro', 'cap_2', 'level_4', 'level_3'] as const;
const LAST_ATTEMPT = 'CASE WHEN events >= 13 THEN 13 WHEN events >= 7 THEN 7 END';
/** When something of a story was done: an event every 40 hours, up to yesterday. */
const doneAt = (version: string) =>
  `now() - (14 - ${version}) * INTERVAL '40 hours' - rank % 400 * INTERVAL '1 minute'`;

const CASES = `INSERT INTO cases.cases (case_id, siei, platform_id, department, origin_uai, family_name, first_names, sort_name,
    birth_date, verification, contact, pathway, obligation, referent, listed, opened_on, version, attempts, last_attempt_at, confirmed_on,
    interview_at, interview_with, interview_minutes, interview_mode, interview_state, interview_held_at, call_back_at, commune,
    commune_name, last_training, training, training_level, mission_locale, left_on, has_phone)
  SELECT case_id, siei, platform_id, department, school, family, array_remove(ARRAY[first, second], NULL),
    concat_ws(' ', family, first, second), birth_date, CASE WHEN events > 1 THEN 'confirmed' ELSE 'to_verify' END,
    CASE WHEN events >= 13 THEN 'attempted' WHEN events > 1 THEN 'reached' ELSE 'to_contact' END,
    CASE WHEN events >= 10 THEN 'interview_held' WHEN events >= 8 THEN 'interview_set' ELSE 'not_started' END,
    CASE WHEN birth_date > current_date - INTERVAL '18 years' THEN 'not_met' END, CASE WHEN events > 1 THEN colleague END,
    true, current_date - 26, events, CASE WHEN events >= 13 THEN 4 WHEN events > 1 THEN 3 ELSE 0 END,
    CASE WHEN events > 1 THEN ${doneAt(`(${LAST_ATTEMPT})`)} END, CASE WHEN events > 1 THEN current_date - 20 END,
    CASE WHEN is_set THEN now() + (rank % 20 - 5) * INTERVAL '1 day' END, CASE WHEN is_set THEN colleague END,
    CASE WHEN is_set THEN 45 END, CASE WHEN is_set THEN 'phone' END, CASE WHEN is_set THEN 'planned' END,
    CASE WHEN events >= 10 THEN ${doneAt('10')} END,
    CASE WHEN events >= 12 THEN now() + (rank % 9 - 6) * INTERVAL '1 day' END, department || lpad((rank % 40)::TEXT, 3, '0'),
    'Commune ' || rank % 40, t.label, t.code, t.level,
    (ARRAY['unknown', 'unknown', 'unknown', 'known', 'active'])[1 + n % 5], '2026-07-04', true
  FROM load.people CROSS JOIN LATERAL (SELECT events IN (8, 9) AS is_set) i
  JOIN load.trainings t ON t.place = 1 + n % ${TRAININGS.length} ORDER BY n`;

/** What happens to a case, by version; of the ninth there is a note, of the sixth a mark. */
const STORY: readonly (readonly [kind: string, details: string, change: string])[] = [
  ['opened', `'{"publication": 1}'`, `'{}'`],
  ['confirmed', `'{}'`, `'{"verification": "confirmed", "verification_reason": null, "verify_after": null}'`],
  ['assigned', `jsonb_build_object('referent', colleague)`, `jsonb_build_object('referent', colleague)`],
  ['attempt', `'{"channel": "phone", "outcome": "no_answer"}'`, `'{"attempts": 1, "contact": "attempted"}'`],
  ['attempt', `'{"channel": "sms", "outcome": "no_answer"}'`, `'{"attempts": 2, "contact": "attempted"}'`],
  ['contact_verified', `'{"kind": "phone", "of": "person"}'`, `'{}'`],
  [
    'attempt',
    `'{"channel": "phone", "outcome": "reached"}'`,
    `'{"attempts": 3, "contact": "reached", "call_back_at": null}'`,
  ],
  [
    'interview_set',
    `jsonb_build_object('at', now(), 'minutes', 45, 'mode', 'phone', 'receivedBy', colleague, 'invited', '["person"]'::JSONB)`,
    `jsonb_build_object('interview_at', now(), 'interview_with', colleague, 'pathway', 'interview_set')`,
  ],
  ['note_added', `jsonb_build_object('eraseAfter', current_date + 300)`, `'{}'`],
  [
    'interview_held',
    `jsonb_build_object('minutes', 45, 'mode', 'phone', 'receivedBy', colleague)`,
    `'{"interview_at": null, "pathway": "interview_held"}'`,
  ],
  ['school_answered', `'{"answer": "left"}'`, `'{}'`],
  ['call_back_set', `jsonb_build_object('at', now())`, `jsonb_build_object('call_back_at', now())`],
  ['attempt', `'{"channel": "phone", "outcome": "no_answer"}'`, `'{"attempts": 4, "contact": "attempted"}'`],
];

/** Version after version, as time brings them: the events of one case lie far apart. */
const EVENTS = STORY.map(
  ([kind, details, change], index) =>
    `INSERT INTO cases.events (case_id, kind, happened_at, recorded_at, actor, details, after, case_version)
     SELECT case_id, '${kind}', at, at, ${index === 0 ? 'NULL' : 'colleague'}, (${details})::JSONB, (${change})::JSONB, ${index + 1}
     FROM load.people CROSS JOIN LATERAL (SELECT ${doneAt(String(index + 1))} AS at) a WHERE events >= ${index + 1} ORDER BY n`,
).join(';\n');

const NOTES = `INSERT INTO cases.notes (case_id, case_version, author, text, erase_after)
  SELECT case_id, 9, colleague, 'Préfère être appelé en fin de journée ; cherche une place en apprentissage, n’a pas encore écrit.',
    current_date + 300
  FROM load.people WHERE events >= 9`;
const MARKS = `INSERT INTO cases.contact_marks (case_id, case_version, kind, value, mark, marked_on)
  SELECT case_id, 6, 'phone', mobile, 'verified', current_date - 12 FROM load.people WHERE events >= 6`;

const NAME_WORDS = `INSERT INTO cases.name_words (case_id, word, sound, place)
  SELECT case_id, word, sound, platform_id::TEXT FROM load.people CROSS JOIN LATERAL (
    VALUES (family, family_sound), (first, first_sound), (second, second_sound)) w (word, sound)
  WHERE word IS NOT NULL ORDER BY n`;
/** Their own, and that of the household, which brothers and sisters share. */
const PHONE_KEYS = `INSERT INTO cases.phone_keys (case_id, phone, place)
  SELECT case_id, phone, platform_id::TEXT FROM load.people
  CROSS JOIN LATERAL (VALUES (mobile), (home_phone)) w (phone) ORDER BY n`;

/** One case in a hundred looks like one of the same platform. */
const LITIGES = ({ platforms }: BaseSize) => `
  INSERT INTO cases.litiges (siei_1, siei_2, reasons, weight, publication_id, evidence)
  SELECT one.siei, other.siei, ARRAY['look_alike'], 3 + one.n % 50 / 10.0, 1,
    '[{"comparison": "nom", "level": "proche", "weight": 4.2}, {"comparison": "prénom", "level": "égal", "weight": 6.1},
      {"comparison": "date de naissance", "level": "autre", "weight": -5.3}]'
  FROM load.people one JOIN load.people other ON other.n = one.n + 2 * ${platforms} WHERE one.rank % 100 = 5;
  INSERT INTO cases.litige_sides (siei_1, siei_2, siei, listed, failed_checks, records)
  SELECT l.siei_1, l.siei_2, p.siei, true, '{}', jsonb_build_array(record, record || '{"source": "INTERCHANGE", "school": null}')
  FROM cases.litiges l JOIN load.people p ON p.siei IN (l.siei_1, l.siei_2) CROSS JOIN LATERAL (SELECT jsonb_build_object(
    'source', 'SYGNE', 'extractedOn', '2026-10-15', 'familyName', family, 'usageName', NULL, 'firstNames', ARRAY[first], 'sex', 'F',
    'birthDate', birth_date, 'birthPlace', 'Lens', 'commune', 'Lens', 'identifiers', ARRAY['INE 12AB'], 'school', school,
    'lastDay', '2026-07-04', 'diedOn', NULL) AS record) r`;

/** How many different sets of details entries have: what a person is told apart by comes from their own row. */
const DETAILS = 64;
const ENTRIES = `WITH details AS (SELECT value, ordinality - 1 AS place FROM jsonb_array_elements($1::JSONB) WITH ORDINALITY)
  INSERT INTO lists.published_entries (siei, publication_id, department, platform_id, entry)
  SELECT siei, 1, department, platform_id, d.value || jsonb_build_object('siei', siei, 'familyName', family, 'usageName', NULL,
    'firstNames', array_remove(ARRAY[first, second], NULL), 'birthDate', birth_date, 'age', a.age, 'minor', a.age < 18,
    'lastSchool', jsonb_build_object('uai', school), 'phones', ARRAY[mobile, home_phone]) || CASE WHEN a.age < 18 THEN '{}'
      ELSE '{"legalRepresentatives": []}'::JSONB END
  FROM load.people CROSS JOIN LATERAL (SELECT extract(year FROM age(current_date - 26, birth_date))::INT AS age) a
  JOIN details d ON d.place = n % ${DETAILS} ORDER BY n`;

async function fillNames(transaction: Transaction): Promise<void> {
  await transaction.script(
    `CREATE SCHEMA load; CREATE UNLOGGED TABLE load.names (kind TEXT, place INT, word TEXT, sound TEXT);
     CREATE UNLOGGED TABLE load.trainings (place INT, code TEXT, label TEXT, level INT)`,
  );
  for (const [kind, words] of Object.entries(NAMES))
    await transaction.query(
      'INSERT INTO load.names SELECT $1, place, word, sound FROM unnest($2::TEXT[], $3::TEXT[]) WITH ORDINALITY t (word, sound, place)',
      [kind, words, words.map(soundOf)],
    );
  await transaction.query(
    'INSERT INTO load.trainings SELECT place, code, label, level FROM unnest($1::TEXT[], $2::TEXT[], $3::INT[]) WITH ORDINALITY t (code, label, level, place)',
    [
      TRAININGS,
      TRAININGS.map((code) => TrainingLabels[code]),
      TRAININGS.map((code) => (/cap|3/.test(code) ? 3 : 4)),
    ],
  );
}

/** The steps that fill the cases, in their order, once people and platforms are there. */
export function caseSteps(size: BaseSize): readonly Step[] {
  const script = (what: string, sql: string): Step => [what, (transaction) => transaction.script(sql)];
  return [
    ['names', fillNames],
    script('young people', `${PEOPLE(size)}; ANALYZE load.people, load.names`),
    script(
      'publication',
      `INSERT INTO lists.publications (campaign, as_of, rule_set, manifest_sha256, entries)
       VALUES ('charge', current_date - 26, 'siei-2011 1', 'charge', ${size.cases})`,
    ),
    script('cases', CASES),
    script('events', EVENTS),
    script('notes and marks', `${NOTES};\n${MARKS}`),
    script('words of names', NAME_WORDS),
    script('telephones', PHONE_KEYS),
    script('look-alikes', LITIGES(size)),
    [
      'entries',
      (transaction) =>
        transaction.query(ENTRIES, [
          JSON.stringify(Array.from({ length: DETAILS }, (_, place) => fullDetails(place, true))),
        ]),
    ],
    script('end of filling', 'DROP SCHEMA load CASCADE'),
  ];
}
