import type { Step } from '../../../platform/duckdb/step.ts';

const keys: Step = {
  name: 'next keys of the registry',
  reads: [
    'lists.known_keys',
    'lists.registry_keys',
    'lists.registry_origins',
    'lists.usable_keys',
    'lists.kept_numbers',
    'lists.merged_numbers',
    'lists.revived_numbers',
  ],
  writes: ['lists.next_keys'],
  sql: `
    CREATE OR REPLACE TABLE lists.next_keys AS
    SELECT u.key, u.kind, k.counter FROM lists.usable_keys u JOIN lists.kept_numbers k USING (person_no)
      LEFT JOIN lists.known_keys o ON o.key = u.key WHERE o.counter IS DISTINCT FROM k.counter
    UNION ALL
    -- Keys of nobody today follow their number: into the one it became, or back with the one they were of.
    SELECT o.key, o.kind, coalesce(b.counter, m.kept) AS counter
    FROM lists.registry_keys o
    SEMI JOIN (SELECT counter FROM lists.merged_numbers UNION SELECT merged_into FROM lists.revived_numbers) c ON c.counter = o.counter
    LEFT JOIN lists.merged_numbers m ON m.counter = o.counter
    LEFT JOIN (SELECT g.key, r.merged_into, k.counter
      FROM lists.registry_origins g JOIN lists.revived_numbers r USING (counter) JOIN lists.kept_numbers k USING (person_no)) b
      ON b.key = o.key AND b.merged_into = o.counter
    ANTI JOIN lists.usable_keys u ON u.key = o.key
    WHERE coalesce(b.counter, m.kept, o.counter) <> o.counter`,
};

const others: Step = {
  name: 'next numbers, aliases and journal of the registry',
  reads: [
    'lists.registry_aliases',
    'lists.registry_journal',
    'lists.new_numbers',
    'lists.merged_numbers',
    'lists.revived_numbers',
    'lists.split_numbers',
    'lists.campaign_label',
  ],
  writes: ['lists.next_numbers', 'lists.next_aliases', 'lists.next_journal'],
  sql: `
    CREATE OR REPLACE TABLE lists.next_numbers AS
    SELECT counter, siei, campaign AS first_campaign FROM lists.new_numbers CROSS JOIN lists.campaign_label;
    -- An alias of a number that is merged today leads on to the one that stays.
    CREATE OR REPLACE TABLE lists.next_aliases AS
    SELECT a.counter, coalesce(m.kept, a.kept) AS kept
    FROM lists.registry_aliases a ANTI JOIN lists.revived_numbers r ON r.counter = a.counter
      LEFT JOIN lists.merged_numbers m ON m.counter = a.kept
    UNION ALL SELECT counter, kept FROM lists.merged_numbers;
    CREATE OR REPLACE TABLE lists.next_journal AS
    WITH news AS (
      SELECT 'merge' AS event, counter, kept AS other FROM lists.merged_numbers
      UNION ALL SELECT 'unmerge', counter, merged_into FROM lists.revived_numbers
      UNION ALL SELECT 'split', counter, new_counter FROM lists.split_numbers
    )
    SELECT * FROM lists.registry_journal
    UNION ALL
    SELECT (SELECT count(*) FROM lists.registry_journal) + row_number() OVER (ORDER BY event, counter, other),
      campaign, event, counter, other
    FROM news CROSS JOIN lists.campaign_label`,
};

const origins: Step = {
  name: 'next origins of the keys of merged numbers',
  reads: [
    'lists.registry_keys',
    'lists.registry_origins',
    'lists.merged_numbers',
    'lists.next_keys',
    'lists.next_aliases',
  ],
  writes: ['lists.next_origins'],
  sql: `
    CREATE OR REPLACE TABLE lists.next_origins AS
    WITH joined AS (SELECT counter FROM lists.merged_numbers UNION SELECT kept FROM lists.merged_numbers),
    known AS (
      FROM lists.registry_origins
      UNION ALL SELECT key, counter FROM lists.registry_keys SEMI JOIN joined USING (counter)
        ANTI JOIN lists.registry_origins USING (key)),
    heads AS (SELECT counter, kept FROM lists.next_aliases UNION SELECT kept, kept FROM lists.next_aliases),
    led AS (
      SELECT key, counter FROM lists.registry_keys SEMI JOIN known USING (key) ANTI JOIN lists.next_keys USING (key)
      UNION ALL SELECT key, counter FROM lists.next_keys)
    -- A key that went to somebody else, and those of a number that is alone again, tell nothing more.
    SELECT o.key, o.counter
    FROM known o JOIN heads h ON h.counter = o.counter JOIN led n ON n.key = o.key AND n.counter = h.kept`,
};

/** Every number that there is now, of whoever. */
const NUMBERS =
  '(SELECT counter, siei FROM lists.registry_numbers UNION ALL SELECT counter, siei FROM lists.new_numbers)';

const published: Step = {
  name: 'numbers of the campaign',
  reads: [
    'lists.kept_numbers',
    'lists.key_persons',
    'lists.registry_numbers',
    'lists.new_numbers',
    'lists.next_aliases',
  ],
  writes: ['lists.numbers', 'lists.number_aliases'],
  sql: `
    DELETE FROM lists.numbers;
    INSERT INTO lists.numbers
    SELECT p.person_id, n.siei
    FROM lists.kept_numbers k JOIN lists.key_persons p USING (person_no) JOIN ${NUMBERS} n USING (counter);
    DELETE FROM lists.number_aliases;
    INSERT INTO lists.number_aliases
    SELECT o.siei, n.siei
    FROM lists.next_aliases a
    JOIN ${NUMBERS} o ON o.counter = a.counter JOIN ${NUMBERS} n ON n.counter = a.kept
    ORDER BY o.siei`,
};

/** Fill `lists.next_keys`, those that are new or other than in the registry: it needs the counters of new numbers, not the numbers themselves. */
export const nextKeySteps: readonly Step[] = [keys];

/**
 * After it, fill `lists.next_{aliases,origins,journal}`, all rows, and `lists.next_numbers`, those that are new; publish `lists.numbers` of
 * `lists.key_persons`, and `lists.number_aliases`.
 */
export const nextRegistrySteps: readonly Step[] = [others, origins, published];
