-- What the policies of `raccroche_officer` ask.
GRANT USAGE ON SCHEMA access TO raccroche_officer;
GRANT EXECUTE ON FUNCTION access.territories_for(TEXT) TO raccroche_officer;

-- It is about somebody, so that an officer is read it: by a policy.
ALTER TABLE access.openings ENABLE ROW LEVEL SECURITY;
