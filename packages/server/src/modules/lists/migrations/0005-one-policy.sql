-- One policy in place of two that are joined by OR, with what is true of nearly every read first: the base stops there, and
-- does not look for openings elsewhere at each statement.
DROP POLICY read_when_opened ON lists.published_entries;
ALTER POLICY read_in_territory ON lists.published_entries USING (
  platform_id = ANY (ARRAY(SELECT access.platforms_for('case.read')))
  OR (platform_id IS NULL AND department = ANY (ARRAY(SELECT access.departments_for('case.read'))))
  OR siei = ANY (ARRAY(SELECT access.opened_siei()))
);
