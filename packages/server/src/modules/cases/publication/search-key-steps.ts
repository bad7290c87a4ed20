/**
 * Brings what cases are found by to what the lists say, without a version nor an event: the case itself does not change.
 * Cases that are no longer listed keep theirs.
 */
export const SEARCH_KEY_STEPS: readonly string[] = [
  `DELETE FROM cases.name_words w USING cases.cases c JOIN lists.staged_entries s USING (siei)
   WHERE w.case_id = c.case_id AND w.word <> ALL (s.name_words)`,
  `INSERT INTO cases.name_words (case_id, word, sound, place)
   SELECT c.case_id, n.word, n.sound, coalesce(c.platform_id::TEXT, c.department)
   FROM lists.staged_entries s JOIN cases.cases c USING (siei)
   CROSS JOIN LATERAL unnest(s.name_words, s.name_sounds) AS n(word, sound)
   WHERE NOT EXISTS (SELECT FROM cases.name_words w WHERE w.case_id = c.case_id AND w.word = n.word)`,
  `INSERT INTO cases.phone_keys (case_id, phone, place)
   SELECT c.case_id, p.phone, coalesce(c.platform_id::TEXT, c.department)
   FROM lists.staged_entries s JOIN cases.cases c USING (siei) CROSS JOIN LATERAL unnest(s.phone_keys) AS p(phone)
   WHERE NOT EXISTS (SELECT FROM cases.phone_keys k WHERE k.case_id = c.case_id AND k.phone = p.phone)`,
];
