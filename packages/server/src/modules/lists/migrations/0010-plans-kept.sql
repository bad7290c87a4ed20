-- As cases.cases is read: see cases/migrations/0029-plans-kept.sql.
ALTER POLICY read_in_territory ON lists.published_entries USING (
  platform_id IN (SELECT access.platforms_for('case.read'))
  OR (platform_id IS NULL AND department IN (SELECT access.departments_for('case.read')))
  OR siei IN (SELECT access.opened_siei())
);
