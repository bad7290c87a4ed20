import { inScope } from '../../lists/index.ts';
import { DETAILS, detailsOf, formerOf } from './publication-steps.ts';

/**
 * What a publication replaces without an event is kept in `cases.replaced`, so that it can be taken back. $1 is the number of
 * the publication, as in the steps.
 */
const keep = (what: string, columns: string) =>
  `INSERT INTO cases.replaced (publication_id, what, siei, former) SELECT $1::BIGINT, '${what}', ${columns}`;

/** What can no longer be taken back is not kept. */
export const FORGET_REPLACED = `
  DELETE FROM cases.replaced r USING lists.publications p
  WHERE p.publication_id = r.publication_id AND NOT p.may_take_back`;

/** Entries that the campaign tells otherwise; before its own are brought in. */
export const KEEP_ENTRIES = `
  ${keep('entry', 'e.siei, to_jsonb(e)')} FROM lists.published_entries e JOIN lists.staged_entries s USING (siei)
  WHERE (e.department, e.platform_id, e.entry) IS DISTINCT FROM (s.department, s.platform_id, s.entry)`;

/** An entry goes with the listing: once its case is of a département that is published ($3, $4), or has another number. */
export const DROP_ENTRIES = `
  WITH gone AS (
    DELETE FROM lists.published_entries e
    WHERE NOT EXISTS (SELECT FROM lists.staged_entries s WHERE s.siei = e.siei)
      AND NOT EXISTS (SELECT FROM lists.staged_elsewhere s WHERE s.siei = e.siei)
      AND NOT EXISTS (SELECT FROM cases.cases c WHERE c.siei = e.siei AND NOT ${inScope('c.department')})
      AND $2::DATE IS NOT NULL
    RETURNING *
  )
  ${keep('entry', 'coalesce(a.current_siei, g.siei), to_jsonb(g)')}
  FROM gone g LEFT JOIN lists.staged_aliases a ON a.siei = g.siei
    AND NOT EXISTS (SELECT FROM cases.cases c WHERE c.siei = g.siei)`;

/**
 * Nobody acts on what the list tells besides who somebody is: it changes without a version nor an event. A telephone that the
 * platform found stays known.
 */
export const REFRESH_DETAILS = `
  WITH changed AS (
    UPDATE cases.cases c SET ${DETAILS.map((column) => `${column} = n.${column}`).join(', ')}
    FROM (SELECT s.siei, ${detailsOf('s')
      .split(', ')
      .filter((column) => column !== 's.has_phone')
      .join(', ')}, s.has_phone OR EXISTS (
            SELECT FROM cases.contact_marks m JOIN cases.cases d USING (case_id)
            WHERE d.siei = s.siei AND m.kind = 'phone' AND m.holder IS NULL AND m.mark <> 'wrong') AS has_phone
          FROM lists.staged_entries s) n
    WHERE n.siei = c.siei AND (${detailsOf('c')}) IS DISTINCT FROM (${detailsOf('n')})
    RETURNING c.siei, ${formerOf(DETAILS)} AS former
  )
  ${keep('details', 'siei, former')} FROM changed`;

const OF_KNOWN = 'JOIN cases.cases c USING (siei)';
const OF_OPENED = 'JOIN cases.cases c ON c.case_id = s.case_id';
/** As the cases were written: keys that follow each other lie on the same pages. */
const IN_ORDER = 'ORDER BY s.siei';
const NOT_THERE = {
  word: 'WHERE NOT EXISTS (SELECT FROM cases.name_words w WHERE w.case_id = c.case_id AND w.word = n.word)',
  phone:
    'WHERE NOT EXISTS (SELECT FROM cases.phone_keys k WHERE k.case_id = c.case_id AND k.phone = p.phone)',
};

/**
 * What cases are found by, brought to what the lists say, without a version nor an event: the case itself does not change.
 * Cases that are no longer listed keep theirs. These run before any case is opened.
 */
export const KEPT_KEY_STEPS: readonly string[] = [
  `WITH gone AS (
     DELETE FROM cases.name_words w USING cases.cases c JOIN lists.staged_entries s USING (siei)
     WHERE w.case_id = c.case_id AND w.word <> ALL (s.name_words) RETURNING c.siei, w.word, w.sound
   )
   ${keep('word_gone', "siei, jsonb_build_object('word', word, 'sound', sound)")} FROM gone`,
  `WITH added AS (
     ${addWords(OF_KNOWN, NOT_THERE.word)} RETURNING case_id, word
   )
   ${keep('word_new', "c.siei, jsonb_build_object('word', a.word)")} FROM added a JOIN cases.cases c USING (case_id)`,
  `WITH added AS (
     ${addPhones(OF_KNOWN, NOT_THERE.phone)} RETURNING case_id, phone
   )
   ${keep('phone_new', "c.siei, jsonb_build_object('phone', a.phone)")} FROM added a JOIN cases.cases c USING (case_id)`,
];

/** The same of the cases that were just opened, which have none yet. */
export const NEW_KEY_STEPS: readonly string[] = [
  addWords(OF_OPENED, IN_ORDER),
  addPhones(OF_OPENED, IN_ORDER),
];

function addWords(join: string, rest = ''): string {
  return `INSERT INTO cases.name_words (case_id, word, sound, place)
   SELECT c.case_id, n.word, n.sound, coalesce(c.platform_id::TEXT, c.department)
   FROM lists.staged_entries s ${join} CROSS JOIN LATERAL unnest(s.name_words, s.name_sounds) AS n(word, sound) ${rest}`;
}

function addPhones(join: string, rest = ''): string {
  return `INSERT INTO cases.phone_keys (case_id, phone, place)
   SELECT c.case_id, p.phone, coalesce(c.platform_id::TEXT, c.department)
   FROM lists.staged_entries s ${join} CROSS JOIN LATERAL unnest(s.phone_keys) AS p(phone) ${rest}`;
}
