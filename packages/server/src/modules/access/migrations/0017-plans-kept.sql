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
