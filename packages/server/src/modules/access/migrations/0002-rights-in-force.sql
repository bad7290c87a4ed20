-- What the caller of this transaction may do. The caller is whoever the session token names: the application's role
-- can read neither sessions nor memberships, so it cannot take somebody else's place.

CREATE FUNCTION access.today() RETURNS DATE LANGUAGE sql STABLE SET search_path = pg_catalog AS
  $$ SELECT (now() AT TIME ZONE 'Europe/Paris')::DATE $$;

CREATE FUNCTION access.actor() RETURNS UUID LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT s.person_id FROM access.sessions s
  WHERE s.token_hash = sha256(convert_to(current_setting('raccroche.session', true), 'UTF8'))
    AND s.ended_at IS NULL AND s.expires_at > now()
$$;

-- Rights in force of the caller, for every purpose. A right over a platform needs the organisation to be designated for it.
CREATE FUNCTION access.rights() RETURNS TABLE (
  role TEXT, organisation_id UUID, territory_kind TEXT, territory_id TEXT, purpose TEXT, permission TEXT
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.role, m.organisation_id, m.territory_kind, m.territory_id, p.purpose, p.permission
  FROM access.memberships m JOIN access.permissions p USING (role, territory_kind)
  WHERE m.person_id = access.actor() AND m.revoked_at IS NULL
    AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND (m.territory_kind <> 'platform' OR EXISTS (
      SELECT FROM access.designations d
      WHERE d.organisation_id = m.organisation_id AND d.platform_id::TEXT = m.territory_id
        AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')))
$$;

-- Those of the purpose that this transaction declares.
CREATE FUNCTION access.territories_for(wanted TEXT) RETURNS TABLE (territory_kind TEXT, territory_id TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT r.territory_kind, r.territory_id FROM access.rights() r
  WHERE r.permission = wanted AND r.purpose = current_setting('raccroche.purpose', true)
$$;

CREATE FUNCTION access.platforms_for(wanted TEXT) RETURNS SETOF UUID
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT p.platform_id FROM access.platforms p JOIN access.territories_for(wanted) t ON
    (t.territory_kind = 'platform' AND t.territory_id = p.platform_id::TEXT)
    OR (t.territory_kind = 'department' AND t.territory_id = p.department)
    OR (t.territory_kind = 'region' AND t.territory_id = p.region)
    OR t.territory_kind = 'nation'
$$;

-- Départements over which the caller has the right itself, beyond the platforms: for those who belong to no zone.
CREATE FUNCTION access.departments_for(wanted TEXT) RETURNS SETOF TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT t.territory_id FROM access.territories_for(wanted) t WHERE t.territory_kind = 'department'
$$;

CREATE FUNCTION access.establishments_for(wanted TEXT) RETURNS SETOF TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT t.territory_id FROM access.territories_for(wanted) t WHERE t.territory_kind = 'establishment'
$$;

-- Writes in the trail under the caller's own name and declared purpose, whatever the application says.
CREATE FUNCTION access.record(action TEXT, subjects TEXT[], details JSONB) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE caller UUID := access.actor();
BEGIN
  IF caller IS NULL THEN RAISE EXCEPTION 'no session' USING ERRCODE = 'insufficient_privilege'; END IF;
  PERFORM audit.append(caller::TEXT, coalesce(current_setting('raccroche.purpose', true), ''), action, subjects, details);
END $$;

-- Who the caller is, and colleagues who hold a right over the same platform: to assign, and to say who did what.
CREATE FUNCTION access.me() RETURNS TABLE (person_id UUID, display_name TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.person_id, p.display_name FROM access.people p WHERE p.person_id = access.actor()
$$;

CREATE FUNCTION access.colleagues(platform UUID) RETURNS TABLE (person_id UUID, display_name TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT p.person_id, p.display_name
  FROM access.memberships m JOIN access.people p USING (person_id)
  JOIN access.designations d ON d.organisation_id = m.organisation_id AND d.platform_id = platform
  WHERE m.territory_kind = 'platform' AND m.territory_id = platform::TEXT AND m.revoked_at IS NULL
    AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')
    AND EXISTS (SELECT FROM access.permissions q
                WHERE q.role = m.role AND q.territory_kind = 'platform' AND q.permission = 'case.act')
    AND platform IN (SELECT access.platforms_for('case.read'))
$$;

-- The door: opens and ends sessions, and nothing else. The token leaves the base once, here.
CREATE FUNCTION access.open_session(person UUID, hours INT) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE token TEXT := replace(gen_random_uuid()::TEXT || gen_random_uuid()::TEXT, '-', '');
BEGIN
  INSERT INTO access.sessions (token_hash, person_id, expires_at)
  VALUES (sha256(convert_to(token, 'UTF8')), person, now() + make_interval(hours => hours));
  PERFORM audit.append(person::TEXT, '', 'session.opened', ARRAY[]::TEXT[], '{}');
  RETURN token;
END $$;

CREATE FUNCTION access.end_session(token TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE person UUID;
BEGIN
  UPDATE access.sessions s SET ended_at = now()
  WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.ended_at IS NULL RETURNING s.person_id INTO person;
  IF person IS NOT NULL THEN
    PERFORM audit.append(person::TEXT, '', 'session.ended', ARRAY[]::TEXT[], '{}');
  END IF;
END $$;

-- Those whom the demonstration lets in by name alone: nobody whom an identity provider knows.
CREATE FUNCTION access.demo_people() RETURNS TABLE (person_id UUID, display_name TEXT, role TEXT, place TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.person_id, p.display_name, m.role, coalesce(f.name, o.name)
  FROM access.people p JOIN access.memberships m USING (person_id) JOIN access.organisations o USING (organisation_id)
  LEFT JOIN access.platforms f ON m.territory_kind = 'platform' AND f.platform_id::TEXT = m.territory_id
  WHERE p.issuer = 'demo'
  ORDER BY p.subject
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO raccroche_app, raccroche_door, raccroche_publisher;
GRANT EXECUTE ON FUNCTION access.today(), access.actor(), access.rights(), access.territories_for(TEXT),
  access.platforms_for(TEXT), access.departments_for(TEXT), access.establishments_for(TEXT),
  access.record(TEXT, TEXT[], JSONB), access.me(), access.colleagues(UUID) TO raccroche_app;
GRANT EXECUTE ON FUNCTION access.open_session(UUID, INT), access.end_session(TEXT), access.demo_people() TO raccroche_door;
-- The directory of platforms is public within the program; zones too.
GRANT SELECT ON access.platforms TO raccroche_app;
GRANT SELECT ON access.platforms, access.zones, access.designations TO raccroche_publisher;
-- A publication writes in the trail as the program that it is.
CREATE FUNCTION access.record_publication(action TEXT, details JSONB) RETURNS VOID
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS
  $$ SELECT audit.append('program:publisher', 'publication', action, ARRAY[]::TEXT[], details) $$;
REVOKE ALL ON FUNCTION access.record_publication(TEXT, JSONB) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.record_publication(TEXT, JSONB) TO raccroche_publisher;
