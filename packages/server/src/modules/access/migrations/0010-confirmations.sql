-- A right for which nobody answers is suspended, after warnings, and comes back when somebody confirms it.
ALTER TABLE access.memberships
  ADD COLUMN confirm_by DATE,          -- last day before it is suspended; none: nobody has to confirm it yet
  ADD COLUMN suspended_on DATE;

CREATE OR REPLACE FUNCTION access.held_by(person UUID) RETURNS SETOF access.memberships
LANGUAGE sql STABLE AS $$
  SELECT m.* FROM access.memberships m
  WHERE m.membership_id IN (
      SELECT o.membership_id FROM access.memberships o WHERE o.person_id = person
      UNION ALL
      SELECT r.membership_id FROM access.replacements r
      WHERE r.substitute = person AND r.revoked_at IS NULL AND access.today() BETWEEN r.valid_from AND r.valid_to)
    AND m.revoked_at IS NULL AND m.suspended_on IS NULL
    AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND (m.territory_kind <> 'platform' OR EXISTS (
      SELECT FROM access.designations d
      WHERE d.organisation_id = m.organisation_id AND d.platform_id::TEXT = m.territory_id
        AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')))
$$;

CREATE OR REPLACE FUNCTION access.colleagues(platform UUID) RETURNS TABLE (person_id UUID, display_name TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
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
    AND platform IN (SELECT access.platforms_for('case.read'))
$$;

CREATE OR REPLACE FUNCTION access.confirm(of_membership UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.memberships := access.membership_to_change(of_membership);
BEGIN
  UPDATE access.memberships m SET confirmed_on = access.today(), confirm_by = NULL, suspended_on = NULL
  WHERE m.membership_id = of_membership;
  PERFORM access.record('right.confirmed', ARRAY[of_membership::TEXT],
    jsonb_strip_nulls(jsonb_build_object('person', found.person_id, 'suspendedOn', found.suspended_on)));
END $$;

DROP FUNCTION access.rights_to_confirm();
CREATE FUNCTION access.rights_to_confirm() RETURNS TABLE (
  membership_id UUID, display_name TEXT, organisation TEXT, role TEXT, territory_kind TEXT, territory_id TEXT,
  valid_from DATE, valid_to DATE, confirmed_on DATE, confirm_by DATE, suspended_on DATE
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.membership_id, p.display_name, o.name, m.role, m.territory_kind, m.territory_id, m.valid_from, m.valid_to,
    m.confirmed_on, m.confirm_by, m.suspended_on
  FROM access.memberships m JOIN access.people p USING (person_id) JOIN access.organisations o USING (organisation_id)
  WHERE m.revoked_at IS NULL AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND coalesce(m.confirmed_on, m.valid_from) < access.today() - INTERVAL '6 months'
    AND access.may('grant.' || m.role, m.territory_kind, m.territory_id)
  ORDER BY coalesce(m.confirmed_on, m.valid_from), p.display_name COLLATE "C", m.membership_id
$$;

-- Once nobody has answered for a right in six months, it has thirty days: told at once, then 14, 7 and 1 days before they are
-- over. Then it is suspended, and told. The last who administer the country keep theirs: nobody could give it back.
-- May run as often as one likes.
CREATE FUNCTION access.warn_of_confirmations(OUT told INT, OUT suspended INT)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  ended access.memberships;
  last_national UUID := (
    SELECT m.membership_id FROM access.memberships m
    WHERE m.role = 'national_administration' AND m.revoked_at IS NULL AND m.suspended_on IS NULL
      AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    ORDER BY coalesce(m.confirmed_on, m.valid_from) DESC, m.membership_id LIMIT 1);
BEGIN
  UPDATE access.memberships m SET confirm_by = access.today() + 30
  WHERE m.revoked_at IS NULL AND m.suspended_on IS NULL AND m.confirm_by IS NULL
    AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND coalesce(m.confirmed_on, m.valid_from) < access.today() - INTERVAL '6 months';
  suspended := 0;
  FOR ended IN UPDATE access.memberships m SET suspended_on = access.today()
    WHERE m.revoked_at IS NULL AND m.suspended_on IS NULL AND m.confirm_by < access.today()
      AND m.membership_id IS DISTINCT FROM last_national RETURNING m.*
  LOOP
    suspended := suspended + 1;
    PERFORM audit.append('program:confirmations', 'administration', 'right.suspended', ARRAY[ended.membership_id::TEXT],
      jsonb_build_object('person', ended.person_id, 'role', ended.role, 'territory', ended.territory_id));
  END LOOP;
  WITH due AS (
    SELECT m.membership_id, m.person_id, m.confirm_by,
      CASE WHEN m.territory_kind = 'platform' THEN m.territory_id::UUID END AS platform,
      CASE WHEN m.suspended_on IS NULL
        THEN (SELECT min(s) FROM unnest(ARRAY[30, 14, 7, 1]) s WHERE m.confirm_by - access.today() <= s)
        ELSE 0 END AS step
    FROM access.memberships m
    WHERE m.revoked_at IS NULL AND m.confirm_by IS NOT NULL AND coalesce(m.suspended_on, access.today()) >= access.today() - 30
      AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
  )
  INSERT INTO access.notices (to_person, to_platform, kind, about, step, details)
  SELECT t.person, t.platform, CASE WHEN d.step = 0 THEN 'right_suspended' ELSE 'right_to_confirm' END, d.membership_id, d.step,
    jsonb_build_object('lastDay', d.confirm_by)
  FROM due d, LATERAL (VALUES (d.person_id, NULL::UUID), (NULL::UUID, d.platform)) AS t (person, platform)
  WHERE num_nonnulls(t.person, t.platform) = 1
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS told = ROW_COUNT;
END $$;

REVOKE ALL ON FUNCTION access.rights_to_confirm(), access.warn_of_confirmations() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.rights_to_confirm() TO raccroche_app;
GRANT EXECUTE ON FUNCTION access.warn_of_confirmations() TO raccroche_door;
