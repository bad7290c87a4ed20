-- The private address by which somebody's own calendar reads their appointments: only a hash of its secret is kept, one a person.
CREATE TABLE cases.calendar_feeds (
  person_id UUID PRIMARY KEY REFERENCES access.people,
  token_hash BYTEA NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  read_on DATE                                     -- the last day on which a calendar came
);
ALTER TABLE cases.calendar_feeds ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON cases.calendar_feeds TO raccroche_app
  USING (person_id = access.actor()) WITH CHECK (person_id = access.actor());
GRANT SELECT (person_id, created_at, read_on), INSERT (person_id, token_hash), DELETE ON cases.calendar_feeds TO raccroche_app;

-- What a calendar is told: initials, no name, since calendars belong to others. Those appointments alone that the person receives
-- on a platform on which they may read cases today. The first reading of a day is in the trail.
CREATE FUNCTION cases.read_calendar(token TEXT)
RETURNS TABLE (case_id UUID, initials TEXT, starts_at TIMESTAMPTZ, minutes INT, mode TEXT, state TEXT, version INT)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE feed cases.calendar_feeds;
BEGIN
  SELECT * INTO feed FROM cases.calendar_feeds f WHERE f.token_hash = sha256(convert_to(token, 'UTF8'));
  IF feed.person_id IS NULL THEN
    RAISE EXCEPTION 'Cette adresse d’agenda n’existe pas, ou a été retirée.' USING ERRCODE = 'RA005';
  END IF;
  IF feed.read_on IS DISTINCT FROM access.today() THEN
    UPDATE cases.calendar_feeds f SET read_on = access.today() WHERE f.person_id = feed.person_id;
    PERFORM audit.append(feed.person_id::TEXT, 'follow_up', 'calendar.read', ARRAY[]::TEXT[], '{}');
  END IF;
  RETURN QUERY SELECT c.case_id, left(c.first_names[1], 1) || '. ' || left(c.family_name, 1) || '.', c.interview_at,
      coalesce(c.interview_minutes, 45), c.interview_mode, c.interview_state, c.version
    FROM cases.cases c
    WHERE c.interview_with = feed.person_id AND c.interview_at > now() - INTERVAL '30 days'
      AND c.pathway <> 'closed' AND NOT privacy.is_restricted(c.case_id)
      AND EXISTS (SELECT FROM access.memberships m
        JOIN access.permissions q ON q.role = m.role AND q.territory_kind = m.territory_kind AND q.permission = 'case.read'
        JOIN access.designations d ON d.organisation_id = m.organisation_id AND d.platform_id = c.platform_id
        WHERE m.person_id = feed.person_id AND m.revoked_at IS NULL
          AND m.territory_kind = 'platform' AND m.territory_id = c.platform_id::TEXT
          AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
          AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity'))
    ORDER BY c.interview_at, c.case_id;
END $$;
REVOKE ALL ON FUNCTION cases.read_calendar(TEXT) FROM PUBLIC;
GRANT USAGE ON SCHEMA cases TO raccroche_door;
GRANT EXECUTE ON FUNCTION cases.read_calendar(TEXT) TO raccroche_door;
