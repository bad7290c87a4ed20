-- The functions that row-level security asks on every read. Written in SQL, such a function is planned anew by each statement that
-- calls it, which took longer than what it reads; in PL/pgSQL a connection plans it once. What they answer is the same.

CREATE OR REPLACE FUNCTION access.actor() RETURNS UUID LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN (SELECT s.person_id FROM access.sessions s
    WHERE s.token_hash = sha256(convert_to(current_setting('raccroche.session', true), 'UTF8'))
      AND s.ended_at IS NULL AND s.expires_at > now());
END $$;

CREATE OR REPLACE FUNCTION access.me() RETURNS TABLE (person_id UUID, display_name TEXT)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT p.person_id, p.display_name FROM access.people p
    WHERE p.person_id = access.actor() AND p.issuer <> 'partner';
END $$;

CREATE OR REPLACE FUNCTION access.rights() RETURNS TABLE (
  role TEXT, organisation_id UUID, territory_kind TEXT, territory_id TEXT, purpose TEXT, permission TEXT
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT * FROM access.rights_of(access.actor());
END $$;

CREATE OR REPLACE FUNCTION access.platforms_for(wanted TEXT) RETURNS SETOF UUID
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT p.platform_id FROM access.platforms p JOIN access.territories_for(wanted) t ON
    (t.territory_kind = 'platform' AND t.territory_id = p.platform_id::TEXT)
    OR (t.territory_kind = 'department' AND t.territory_id = p.department)
    OR (t.territory_kind = 'region' AND t.territory_id = p.region)
    OR t.territory_kind = 'nation';
END $$;

CREATE OR REPLACE FUNCTION access.departments_for(wanted TEXT) RETURNS SETOF TEXT
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN QUERY SELECT t.territory_id FROM access.territories_for(wanted) t WHERE t.territory_kind = 'department';
END $$;

CREATE OR REPLACE FUNCTION access.opened_siei() RETURNS SETOF TEXT
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN QUERY SELECT o.siei FROM access.openings o WHERE o.person_id = access.actor() AND o.expires_at > now()
    AND EXISTS (SELECT FROM access.territories_for('case.open_elsewhere'));
END $$;

CREATE OR REPLACE FUNCTION access.colleagues(platform UUID) RETURNS TABLE (person_id UUID, display_name TEXT)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH acting AS (
    SELECT m.membership_id, m.person_id FROM access.memberships m
    WHERE m.territory_kind = 'platform' AND m.territory_id = platform::TEXT AND m.revoked_at IS NULL
      AND m.suspended_on IS NULL
      AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
      AND EXISTS (SELECT FROM access.permissions q
                  WHERE q.role = m.role AND q.territory_kind = 'platform' AND q.permission = 'case.act')
      AND EXISTS (SELECT FROM access.designations d WHERE d.organisation_id = m.organisation_id
        AND d.platform_id = platform AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity'))
  )
  SELECT p.person_id, p.display_name
  FROM access.people p
  WHERE p.person_id IN (
      SELECT a.person_id FROM acting a
      UNION ALL
      SELECT r.substitute FROM acting a JOIN access.replacements r USING (membership_id)
      WHERE r.revoked_at IS NULL AND access.today() BETWEEN r.valid_from AND r.valid_to)
    AND platform IN (SELECT access.platforms_for('case.read'));
END $$;
