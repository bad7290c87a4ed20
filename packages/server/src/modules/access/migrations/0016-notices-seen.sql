-- Notices as a screen shows them: with whom they are about, and which of them the caller has not seen yet.

-- How far somebody has read what they are told.
CREATE TABLE access.notices_seen (
  person_id UUID PRIMARY KEY REFERENCES access.people,
  up_to BIGINT NOT NULL,
  seen_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
ALTER TABLE access.notices_seen ENABLE ROW LEVEL SECURITY;
CREATE INDEX notices_to_control ON access.notices (notice_id) WHERE to_control;

-- Whom a notice is about, by its kind; none where it is the caller's own right, or nobody.
CREATE FUNCTION access.notice_names(n access.notices) RETURNS TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT CASE
    WHEN n.kind = 'case_opened_elsewhere' THEN access.name_of((n.details ->> 'person')::UUID)
    WHEN starts_with(n.kind, 'quota_') THEN access.name_of(n.about)
    WHEN starts_with(n.kind, 'right_') THEN (SELECT access.name_of(m.person_id) FROM access.memberships m WHERE m.membership_id = n.about)
    WHEN starts_with(n.kind, 'replacement_') THEN (
      SELECT access.name_of(r.substitute) || ' pour ' || access.name_of(m.person_id)
      FROM access.replacements r JOIN access.memberships m USING (membership_id) WHERE r.replacement_id = n.about)
  END
$$;

-- A page of what the caller, those who answer for a platform with them, or data protection are told, the newest first. The three
-- are asked one by one, each by its index: as one condition the base reads the whole table.
CREATE FUNCTION access.my_notices(before BIGINT, most INT) RETURNS TABLE (
  notice_id BIGINT, at TIMESTAMPTZ, to_person UUID, to_platform UUID, kind TEXT, about UUID, details JSONB, who TEXT, seen BOOLEAN
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  caller UUID := access.actor();
  platforms UUID[] := ARRAY(SELECT access.platforms_answered_for());
  controls BOOLEAN := access.controls();
  from_id BIGINT := coalesce(before, 9223372036854775807);
  read_to BIGINT := coalesce((SELECT s.up_to FROM access.notices_seen s WHERE s.person_id = caller), 0);
BEGIN
  RETURN QUERY
    SELECT n.notice_id, n.at, n.to_person, n.to_platform, n.kind, n.about, n.details, access.notice_names(n), n.notice_id <= read_to
    FROM access.notices n WHERE n.notice_id IN (
      (SELECT m.notice_id FROM access.notices m WHERE m.to_person = caller AND m.notice_id < from_id
         ORDER BY m.notice_id DESC LIMIT most)
      UNION ALL
      (SELECT m.notice_id FROM access.notices m WHERE m.to_platform = ANY (platforms) AND m.notice_id < from_id
         ORDER BY m.notice_id DESC LIMIT most)
      UNION ALL
      (SELECT m.notice_id FROM access.notices m WHERE controls AND m.to_control AND m.notice_id < from_id
         ORDER BY m.notice_id DESC LIMIT most))
    ORDER BY n.notice_id DESC LIMIT most;
END $$;

-- How many of the last month the caller has not seen; counted up to a hundred.
CREATE FUNCTION access.unseen_notices() RETURNS INT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT count(*)::INT FROM access.my_notices(NULL, 100) n WHERE NOT n.seen AND n.at > now() - INTERVAL '30 days'
$$;

-- Never backwards: a page that was left open does not bring back what another has shown since.
CREATE FUNCTION access.see_notices(until BIGINT) RETURNS VOID
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO access.notices_seen AS s (person_id, up_to) SELECT access.actor(), until WHERE access.actor() IS NOT NULL
  ON CONFLICT (person_id) DO UPDATE SET up_to = greatest(s.up_to, until), seen_at = now()
$$;

REVOKE ALL ON FUNCTION access.notice_names(access.notices), access.my_notices(BIGINT, INT), access.unseen_notices(),
  access.see_notices(BIGINT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.my_notices(BIGINT, INT), access.unseen_notices(), access.see_notices(BIGINT) TO raccroche_app;
