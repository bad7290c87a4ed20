-- Planned once a connection: see access/migrations/0017-plans-kept.sql.
CREATE OR REPLACE FUNCTION cases.places_for(wanted TEXT) RETURNS SETOF TEXT
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN QUERY SELECT platform_id::TEXT FROM access.platforms_for(wanted) AS p(platform_id)
    UNION SELECT department FROM access.departments_for(wanted) AS d(department);
END $$;

-- Whoever asks for a platform's cases names it. An array of places told the planner that hardly any of them would be seen, so that it
-- read all and sorted them to show fifty; a set that is looked into lets it walk the index in the order asked, and what a right to
-- one case alone costs is only worked out where no territory gives it.
ALTER POLICY read_in_territory ON cases.cases USING (
  platform_id IN (SELECT access.platforms_for('case.read'))
  OR (platform_id IS NULL AND department IN (SELECT access.departments_for('case.read')))
  OR siei IN (SELECT access.opened_siei())
);
ALTER POLICY act_in_territory ON cases.cases USING (
  platform_id IN (SELECT access.platforms_for('case.act')) OR platform_id IN (SELECT access.platforms_for('case.assign'))
) WITH CHECK (
  platform_id IN (SELECT access.platforms_for('case.act')) OR platform_id IN (SELECT access.platforms_for('case.assign'))
);
ALTER POLICY add_in_own_name ON cases.events WITH CHECK (
  actor = access.actor() AND EXISTS (
    SELECT FROM cases.cases c WHERE c.case_id = events.case_id AND (
      c.platform_id IN (SELECT access.platforms_for('case.act')) OR c.platform_id IN (SELECT access.platforms_for('case.assign'))))
);

-- What goes with a case is looked up by its key, row by row. Written as EXISTS, the planner may also gather all the cases that one sees,
-- which no index gives any more, to look into them once.
ALTER POLICY read_with_case ON cases.events USING ((SELECT true FROM cases.cases c WHERE c.case_id = events.case_id));
ALTER POLICY read_with_case ON cases.notes USING ((SELECT true FROM cases.cases c WHERE c.case_id = notes.case_id));
ALTER POLICY read_with_case ON cases.contact_marks USING ((SELECT true FROM cases.cases c WHERE c.case_id = contact_marks.case_id));
ALTER POLICY read_with_case ON cases.referrals USING ((SELECT true FROM cases.cases c WHERE c.case_id = referrals.case_id));
ALTER POLICY read_with_case ON cases.referral_answers USING ((SELECT true FROM cases.cases c WHERE c.case_id = referral_answers.case_id));

-- Indexes that cost more than they give: a platform follows some thousands, who are looked through in the order of their names in a
-- few milliseconds, while each act on a case and each publication writes into every index. Whom nobody follows is looked for by none.
DROP INDEX cases.cases_by_training;
DROP INDEX cases.cases_by_training_level;
DROP INDEX cases.cases_by_mission_locale;
DROP INDEX cases.cases_by_referent;
CREATE INDEX cases_by_referent ON cases.cases (referent) WHERE referent IS NOT NULL;
