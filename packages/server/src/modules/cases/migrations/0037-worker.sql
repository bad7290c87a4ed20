-- What the worker reads of cases: the dates of their clocks and where they stand, no name; whether a question was taken back; what
-- people decided of litiges, for the next campaign. It changes nothing but by the function that ends requests.
GRANT USAGE ON SCHEMA cases TO raccroche_worker;
GRANT SELECT (case_id, platform_id, referent, birth_date, pathway, verification, opened_on, joint_interview_at,
  interview_held_at, return_asked_on, obligation, summoned_on) ON cases.cases TO raccroche_worker;
GRANT SELECT (event_id, case_id, case_version, undoes) ON cases.events TO raccroche_worker;
GRANT SELECT ON cases.litige_decisions TO raccroche_worker;
GRANT SELECT (decision_id) ON cases.litige_withdrawals TO raccroche_worker;
CREATE POLICY worked ON cases.cases FOR SELECT TO raccroche_worker USING (true);
CREATE POLICY worked ON cases.events FOR SELECT TO raccroche_worker USING (true);
CREATE POLICY worked ON cases.litige_decisions FOR SELECT TO raccroche_worker USING (true);
CREATE POLICY worked ON cases.litige_withdrawals FOR SELECT TO raccroche_worker USING (true);
ALTER FUNCTION cases.expire_requests() SECURITY DEFINER;
GRANT EXECUTE ON FUNCTION cases.expire_requests() TO raccroche_worker;
