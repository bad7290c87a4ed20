-- The interview that is set becomes an appointment: how long, how, where, who receives, who is invited, whether it is confirmed.
-- What has been moved, missed, held or called off is in the events.
ALTER TABLE cases.cases
  ADD interview_minutes INT CHECK (interview_minutes BETWEEN 15 AND 240),
  ADD interview_mode TEXT,
  ADD interview_place TEXT CHECK (length(interview_place) BETWEEN 1 AND 120),
  ADD interview_with UUID REFERENCES access.people,
  ADD interview_invited TEXT[],
  ADD interview_state TEXT CHECK (interview_state IN ('planned', 'confirmed'));
GRANT UPDATE (interview_minutes, interview_mode, interview_place, interview_with, interview_invited, interview_state)
  ON cases.cases TO raccroche_app;

-- Those that are set already: of the referent, as long as the usual one.
UPDATE cases.cases c SET interview_minutes = 45, interview_state = 'planned', interview_with = c.referent,
  interview_invited = CASE WHEN c.birth_date > access.today() - INTERVAL '18 years'
    THEN ARRAY['person', 'representative'] ELSE ARRAY['person'] END,
  interview_mode = (SELECT e.details ->> 'mode' FROM cases.events e
    WHERE e.case_id = c.case_id AND e.kind = 'interview_set' ORDER BY e.case_version DESC LIMIT 1)
WHERE c.interview_at IS NOT NULL;

CREATE INDEX cases_by_interview ON cases.cases (platform_id, interview_at) WHERE interview_at IS NOT NULL;
CREATE INDEX cases_by_receiver ON cases.cases (interview_with, interview_at) WHERE interview_at IS NOT NULL;
CREATE INDEX events_of_interviews ON cases.events (happened_at) WHERE kind IN ('interview_held', 'interview_missed');

-- A case that changes platforms, by a list or by hand, keeps its appointment, and nobody there receives it yet.
CREATE FUNCTION cases.leave_receiver_behind() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.platform_id IS DISTINCT FROM OLD.platform_id THEN NEW.interview_with := NULL; END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION cases.leave_receiver_behind() FROM PUBLIC;
CREATE TRIGGER receiver_stays BEFORE UPDATE OF platform_id ON cases.cases
  FOR EACH ROW EXECUTE FUNCTION cases.leave_receiver_behind();

-- How somebody receives. `hours`: list of {weekday, from, to}.
CREATE TABLE cases.receptions (
  person_id UUID PRIMARY KEY REFERENCES access.people,
  hours JSONB NOT NULL,
  place TEXT CHECK (length(place) <= 120),
  phone TEXT CHECK (length(phone) <= 20)
);

-- True for the caller, and for whoever may act on a platform that the caller may read.
CREATE FUNCTION cases.is_colleague(person UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT person = access.actor() OR EXISTS (
    SELECT FROM access.platforms_for('case.read') AS p, access.colleagues(p) c WHERE c.person_id = person)
$$;

ALTER TABLE cases.receptions ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_of_colleagues ON cases.receptions FOR SELECT TO raccroche_app USING (cases.is_colleague(person_id));
CREATE POLICY add_own ON cases.receptions FOR INSERT TO raccroche_app WITH CHECK (person_id = access.actor());
CREATE POLICY change_own ON cases.receptions FOR UPDATE TO raccroche_app
  USING (person_id = access.actor()) WITH CHECK (person_id = access.actor());
GRANT SELECT, INSERT, UPDATE ON cases.receptions TO raccroche_app;

-- When a colleague is taken, on whatever platform: hours alone, since whom they see elsewhere is not the caller's to know.
CREATE FUNCTION cases.busy_times(person UUID, since TIMESTAMPTZ, until TIMESTAMPTZ, but UUID)
RETURNS TABLE (starts_at TIMESTAMPTZ, ends_at TIMESTAMPTZ)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT c.interview_at, c.interview_at + make_interval(mins => coalesce(c.interview_minutes, 45)) FROM cases.cases c
  WHERE c.interview_with = person AND c.interview_at < until AND c.interview_at > since - INTERVAL '4 hours'
    AND c.interview_at + make_interval(mins => coalesce(c.interview_minutes, 45)) > since
    AND c.case_id IS DISTINCT FROM but AND cases.is_colleague(person)
  ORDER BY 1, 2
$$;
REVOKE ALL ON FUNCTION cases.is_colleague(UUID), cases.busy_times(UUID, TIMESTAMPTZ, TIMESTAMPTZ, UUID) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.is_colleague(UUID), cases.busy_times(UUID, TIMESTAMPTZ, TIMESTAMPTZ, UUID) TO raccroche_app;
