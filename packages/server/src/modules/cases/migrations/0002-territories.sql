-- The last line: what the application's role sees and touches of the cases, whatever it asks.
ALTER TABLE cases.cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.transfers ENABLE ROW LEVEL SECURITY;

CREATE POLICY published ON cases.cases TO raccroche_publisher USING (true) WITH CHECK (true);
CREATE POLICY published ON cases.events TO raccroche_publisher USING (true) WITH CHECK (true);
CREATE POLICY published ON cases.transfers TO raccroche_publisher USING (true) WITH CHECK (true);

CREATE POLICY read_in_territory ON cases.cases FOR SELECT TO raccroche_app USING (
  platform_id = ANY (ARRAY(SELECT access.platforms_for('case.read')))
  OR (platform_id IS NULL AND department = ANY (ARRAY(SELECT access.departments_for('case.read'))))
);
CREATE POLICY act_in_territory ON cases.cases FOR UPDATE TO raccroche_app
  USING (platform_id = ANY (ARRAY(
    SELECT access.platforms_for('case.act') UNION SELECT access.platforms_for('case.assign'))))
  WITH CHECK (platform_id = ANY (ARRAY(
    SELECT access.platforms_for('case.act') UNION SELECT access.platforms_for('case.assign'))));

CREATE POLICY read_with_case ON cases.events FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM cases.cases c WHERE c.case_id = events.case_id));
CREATE POLICY add_in_own_name ON cases.events FOR INSERT TO raccroche_app WITH CHECK (
  actor = access.actor() AND EXISTS (SELECT FROM cases.cases c WHERE c.case_id = events.case_id
    AND c.platform_id = ANY (ARRAY(
      SELECT access.platforms_for('case.act') UNION SELECT access.platforms_for('case.assign'))))
);

CREATE POLICY read_on_both_sides ON cases.transfers FOR SELECT TO raccroche_app USING (
  from_platform = ANY (ARRAY(SELECT access.platforms_for('case.read')))
  OR to_platform = ANY (ARRAY(SELECT access.platforms_for('case.read')))
);

GRANT USAGE ON SCHEMA cases TO raccroche_app, raccroche_publisher;
GRANT SELECT ON cases.cases, cases.events, cases.transfers TO raccroche_app;
-- Who a person is and where they are followed change by a publication, never by hand.
GRANT UPDATE (verification, verification_reason, contact, pathway, outcome, obligation, referent, closed_by_human,
  last_attempt_at, attempts, version) ON cases.cases TO raccroche_app;
GRANT INSERT ON cases.events TO raccroche_app;
GRANT SELECT, INSERT, UPDATE ON cases.cases TO raccroche_publisher;
GRANT SELECT, INSERT ON cases.events, cases.transfers TO raccroche_publisher;

-- A school sees what became of its own pupils: where the verification stands, never the contacts nor the timeline.
CREATE VIEW cases.former_pupils WITH (security_barrier) AS
  SELECT case_id, siei, origin_uai, family_name, first_names, birth_date, verification, verification_reason, listed
  FROM cases.cases
  WHERE origin_uai = ANY (ARRAY(SELECT access.establishments_for('pupil.read')));
GRANT SELECT ON cases.former_pupils TO raccroche_app;
