-- What people ask about their own data (GDPR art. 15, 16, 18, 21), with its clock: one month from the day it was received,
-- two more when the person was told so within the first (art. 12.3).
CREATE TABLE privacy.requests (
  request_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  kind TEXT NOT NULL CHECK (kind IN ('access', 'rectification', 'restriction', 'objection')),
  case_id UUID NOT NULL,              -- the tables of cases come later, and a case may be gone
  received_on DATE NOT NULL,
  extended_on DATE CHECK (extended_on BETWEEN received_on AND received_on + interval '1 month'),
  due_on DATE NOT NULL GENERATED ALWAYS AS
    ((received_on + CASE WHEN extended_on IS NULL THEN interval '1 month' ELSE interval '3 months' END)::DATE) STORED,
  answered_on DATE CHECK (answered_on >= received_on),
  answer TEXT CHECK (answer IN ('granted', 'partly', 'refused')),
  ended_on DATE CHECK (ended_on >= answered_on), -- of a restriction or an objection: no longer in force
  recorded_by UUID NOT NULL REFERENCES access.people,
  CHECK ((answered_on IS NULL) = (answer IS NULL)),
  CHECK (ended_on IS NULL OR (kind IN ('restriction', 'objection') AND answer <> 'refused'))
);
CREATE INDEX requests_of ON privacy.requests (case_id);

-- While it is in force nobody acts on the case.
CREATE FUNCTION privacy.is_restricted(wanted UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM privacy.requests r WHERE r.case_id = wanted AND r.kind IN ('restriction', 'objection')
    AND r.answer IN ('granted', 'partly') AND r.ended_on IS NULL)
$$;

-- A case with an open request, or under restriction, is kept until that is over: a purge would decide it.
CREATE FUNCTION privacy.is_held(wanted UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT privacy.is_restricted(wanted)
    OR EXISTS (SELECT FROM privacy.requests r WHERE r.case_id = wanted AND r.answered_on IS NULL)
$$;

-- An extract made on the machine itself, without a session.
CREATE FUNCTION privacy.record_extract(wanted UUID) RETURNS VOID
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS
  $$ SELECT audit.append('program:keeper', 'control', 'privacy.extracted', ARRAY[wanted::TEXT], '{}') $$;

ALTER TABLE privacy.requests ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_by_officer ON privacy.requests FOR SELECT TO raccroche_app
  USING (EXISTS (SELECT FROM access.territories_for('privacy.handle')));
CREATE POLICY change_by_officer ON privacy.requests FOR UPDATE TO raccroche_app
  USING (EXISTS (SELECT FROM access.territories_for('privacy.handle')));
CREATE POLICY add_in_own_name ON privacy.requests FOR INSERT TO raccroche_app
  WITH CHECK (recorded_by = access.actor() AND EXISTS (SELECT FROM access.territories_for('privacy.handle')));

REVOKE ALL ON FUNCTION privacy.is_restricted(UUID), privacy.is_held(UUID), privacy.record_extract(UUID) FROM PUBLIC;
GRANT USAGE ON SCHEMA privacy TO raccroche_app;
GRANT SELECT ON privacy.requests TO raccroche_app;
GRANT INSERT (kind, case_id, received_on, recorded_by), UPDATE (extended_on, answered_on, answer, ended_on)
  ON privacy.requests TO raccroche_app;
GRANT EXECUTE ON FUNCTION privacy.is_restricted(UUID) TO raccroche_app, raccroche_keeper;
GRANT EXECUTE ON FUNCTION privacy.is_held(UUID), privacy.record_extract(UUID) TO raccroche_keeper;
