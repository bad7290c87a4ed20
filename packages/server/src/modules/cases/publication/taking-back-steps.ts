import type { EventKind } from '@raccroche/contract';
import { DETAILS } from './publication-steps.ts';

/**
 * What taking a publication back does, in this order: $1 is its number, `cases.taking_back` holds the cases that it touched and
 * `cases.replaced` what it replaced without an event.
 */
const replaced = (what: string) => `r.publication_id = $1 AND r.what = '${what}'
     AND NOT EXISTS (SELECT FROM cases.taking_back k WHERE k.siei = r.siei AND k.is_kept)`;

/** Each case that changed has one event, of the program: the timeline tells both. */
const withEvent = (kind: EventKind, changed: string) => `
  WITH changed AS (${changed})
  INSERT INTO cases.events (case_id, kind, happened_at, details, before, after, case_version)
  SELECT case_id, '${kind}', now(), jsonb_build_object('publication', $1::BIGINT), before, after, version FROM changed`;

export const KEEP_CASES = withEvent(
  'kept_after_undoing',
  `UPDATE cases.cases c SET version = c.version + 1 FROM cases.taking_back t
   WHERE t.case_id = c.case_id AND t.is_kept
   RETURNING c.case_id, c.version, '{}'::JSONB AS before, '{}'::JSONB AS after`,
);

/** $2: the day. A case is not removed: what was done to it stays to be read. The next list that names the person opens it anew. */
export const WITHDRAW_CASES = withEvent(
  'withdrawn',
  `UPDATE cases.cases c SET listed = false, delisted_reason = 'withdrawn', pathway = 'closed',
     outcome = 'no_longer_listed', closed_on = $2::DATE, version = c.version + 1
   FROM cases.taking_back t, cases.cases o
   WHERE t.case_id = c.case_id AND o.case_id = c.case_id AND t.is_opened AND NOT t.is_kept
   RETURNING c.case_id, c.version, jsonb_build_object('listed', o.listed, 'pathway', o.pathway) AS before,
     jsonb_build_object('listed', false, 'pathway', 'closed') AS after`,
);

/** Every column that an event of a publication tells. */
const RESTORED = [
  ...['siei', 'family_name', 'usage_name', 'first_names', 'birth_date', 'origin_uai', 'sort_name'],
  ...['platform_id', 'department', 'referent', 'verification', 'verification_reason', 'listed_platform'],
  ...['listed', 'delisted_reason', 'pathway', 'outcome', 'closed_on', 'opened_on', 'obligation'],
];

export const RESTORE_CASES = withEvent(
  'publication_undone',
  `UPDATE cases.cases c SET ${RESTORED.map((column) => `${column} = f.${column}`).join(', ')}, version = c.version + 1
   FROM cases.taking_back t JOIN cases.cases o USING (case_id)
   CROSS JOIN LATERAL jsonb_populate_record(o, t.former) f
   WHERE t.case_id = c.case_id AND NOT t.is_opened AND NOT t.is_kept
   RETURNING c.case_id, c.version, t.former AS after, (
     SELECT coalesce(jsonb_object_agg(key, to_jsonb(o) -> key), '{}') FROM jsonb_object_keys(t.former) AS key) AS before`,
);

/** Access goes back; both platforms are told of that too. */
export const TELL_TRANSFERS = `
  INSERT INTO cases.transfers (case_id, from_platform, to_platform, publication_id)
  SELECT e.case_id, (e.before ->> 'platform_id')::UUID, (e.after ->> 'platform_id')::UUID, $1::BIGINT
  FROM cases.events e
  WHERE e.kind = 'publication_undone' AND e.details ->> 'publication' = $1::BIGINT::TEXT
    AND e.before ->> 'platform_id' IS DISTINCT FROM e.after ->> 'platform_id'`;

/** As they were, but for a telephone that the platform told of since. */
const FORMER_DETAILS = DETAILS.map((column) =>
  column === 'has_phone'
    ? `p.has_phone OR EXISTS (SELECT FROM cases.contact_marks m WHERE m.case_id = o.case_id AND m.kind = 'phone'
           AND m.holder IS NULL AND m.mark <> 'wrong') AS has_phone`
    : `p.${column}`,
).join(', ');

/** Before the cases: what was replaced is known by the numbers that the publication left. */
export const RESTORE_KEPT: readonly string[] = [
  `UPDATE cases.cases c SET ${DETAILS.map((column) => `${column} = f.${column}`).join(', ')}
   FROM (SELECT o.case_id, ${FORMER_DETAILS}
         FROM cases.replaced r JOIN cases.cases o USING (siei) CROSS JOIN LATERAL jsonb_populate_record(o, r.former) p
         WHERE ${replaced('details')}) f
   WHERE f.case_id = c.case_id`,
  `DELETE FROM cases.name_words w USING cases.cases c, cases.replaced r
   WHERE ${replaced('word_new')} AND c.siei = r.siei AND w.case_id = c.case_id AND w.word = r.former ->> 'word'`,
  `INSERT INTO cases.name_words (case_id, word, sound, place)
   SELECT c.case_id, r.former ->> 'word', r.former ->> 'sound', coalesce(c.platform_id::TEXT, c.department)
   FROM cases.cases c JOIN cases.replaced r USING (siei) WHERE ${replaced('word_gone')} ON CONFLICT DO NOTHING`,
  `DELETE FROM cases.phone_keys p USING cases.cases c, cases.replaced r
   WHERE ${replaced('phone_new')} AND c.siei = r.siei AND p.case_id = c.case_id AND p.phone = r.former ->> 'phone'
     AND NOT EXISTS (SELECT FROM cases.contact_marks m WHERE m.case_id = c.case_id AND m.kind = 'phone')`,
];

/** The entries that were in force, each with the publication that it came with. */
export const RESTORE_ENTRIES: readonly string[] = [
  `UPDATE lists.published_entries e SET publication_id = e.former_publication_id, former_publication_id = NULL
   WHERE e.publication_id = $1 AND e.former_publication_id IS NOT NULL
     AND NOT EXISTS (SELECT FROM cases.taking_back k WHERE k.siei = e.siei AND k.is_kept)
     AND NOT EXISTS (SELECT FROM cases.replaced r
       WHERE r.publication_id = $1 AND r.what = 'entry' AND r.former ->> 'siei' = e.siei)`,
  `DELETE FROM lists.published_entries e WHERE e.publication_id = $1
     AND NOT EXISTS (SELECT FROM cases.taking_back k WHERE k.siei = e.siei AND k.is_kept)`,
  `INSERT INTO lists.published_entries
   SELECT f.* FROM cases.replaced r CROSS JOIN LATERAL jsonb_populate_record(NULL::lists.published_entries, r.former) f
   WHERE ${replaced('entry')}`,
];

export const RESTORE_LITIGES: readonly string[] = [
  'DELETE FROM cases.litiges WHERE publication_id = $1',
  ...['litige', 'litige_side'].map(
    (what) => `INSERT INTO cases.${what}s
     SELECT f.* FROM cases.replaced r CROSS JOIN LATERAL jsonb_populate_record(NULL::cases.${what}s, r.former) f
     WHERE r.publication_id = $1 AND r.what = '${what}'`,
  ),
];
