-- What the screens of the network and of data protection read beside the lists of members: territories, platforms with what
-- becomes of their designations, zones of a whole département, and the trail, searched. All under the caller's own rights.

-- Territories over which the caller holds a permission, and those within them. Of establishments: those where somebody holds
-- or held a right, or that are known as organisations.
CREATE FUNCTION access.territories_in(wanted TEXT) RETURNS TABLE (kind TEXT, id TEXT, name TEXT, region TEXT, department TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT * FROM (
    SELECT 'nation' AS kind, 'FR' AS id, NULL::TEXT AS name, NULL::TEXT AS region, NULL::TEXT AS department
    UNION ALL
    SELECT DISTINCT 'region', p.region, NULL::TEXT, p.region, NULL::TEXT FROM access.platforms p
    UNION ALL
    SELECT DISTINCT 'department', p.department, NULL::TEXT, p.region, p.department FROM access.platforms p
    UNION ALL
    SELECT 'platform', p.platform_id::TEXT, p.name, p.region, p.department FROM access.platforms p
    UNION ALL
    SELECT 'establishment', e.uai, (SELECT min(o.name) FROM access.organisations o WHERE o.uai = e.uai), NULL, NULL
    FROM (SELECT o.uai FROM access.organisations o WHERE o.uai IS NOT NULL
          UNION SELECT m.territory_id FROM access.memberships m WHERE m.territory_kind = 'establishment') e
  ) t WHERE access.may(wanted, t.kind, t.id)
$$;

-- Rights that the caller holds themselves, not as a substitute: those in which somebody may stand in for them.
CREATE FUNCTION access.my_memberships() RETURNS TABLE (
  membership_id UUID, organisation TEXT, role TEXT, territory_kind TEXT, territory_id TEXT, valid_from DATE, valid_to DATE
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.membership_id, o.name, m.role, m.territory_kind, m.territory_id, m.valid_from, m.valid_to
  FROM access.memberships m JOIN access.organisations o USING (organisation_id)
  WHERE m.person_id = access.actor() AND m.revoked_at IS NULL AND coalesce(m.valid_to, 'infinity') >= access.today()
  ORDER BY m.valid_from, m.membership_id
$$;

-- Who could stand in for the holder of a right: people with a right in force for the same organisation or over the same
-- territory. For the holder, and for whoever gives that right.
CREATE FUNCTION access.possible_substitutes(of_membership UUID) RETURNS TABLE (
  person_id UUID, display_name TEXT, organisation TEXT
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE found access.memberships;
BEGIN
  SELECT * INTO found FROM access.memberships m WHERE m.membership_id = of_membership AND m.revoked_at IS NULL;
  IF found.membership_id IS NULL OR NOT (
    found.person_id = access.actor() OR access.may('grant.' || found.role, found.territory_kind, found.territory_id)) THEN
    PERFORM access.refuse('RA005', 'Ce droit n’existe pas, ou ne dépend pas de vous.');
  END IF;
  RETURN QUERY
    SELECT p.person_id, p.display_name, min(o.name)
    FROM access.memberships m JOIN access.people p USING (person_id) JOIN access.organisations o USING (organisation_id)
    WHERE m.person_id <> found.person_id AND m.revoked_at IS NULL
      AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
      AND (m.organisation_id = found.organisation_id
        OR (m.territory_kind = found.territory_kind AND m.territory_id = found.territory_id))
    GROUP BY p.person_id, p.display_name ORDER BY p.display_name COLLATE "C", p.person_id;
END $$;

-- Platforms with the communes they have today, who works there, and the last day of what they are designated by.
CREATE FUNCTION access.network() RETURNS TABLE (
  platform_id UUID, name TEXT, department TEXT, region TEXT, communes INT, members INT, designations JSONB
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.platform_id, p.name, p.department, p.region,
    (SELECT count(*)::INT FROM access.zones z WHERE z.platform_id = p.platform_id
       AND access.today() BETWEEN z.valid_from AND coalesce(z.valid_to, 'infinity')),
    (SELECT count(DISTINCT m.person_id)::INT FROM access.memberships m
       WHERE m.territory_kind = 'platform' AND m.territory_id = p.platform_id::TEXT AND m.revoked_at IS NULL
         AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('organisation', o.name, 'validTo', d.valid_to)
         ORDER BY d.valid_to NULLS LAST, o.name COLLATE "C", d.designation_id), '[]')
       FROM access.designations d JOIN access.organisations o USING (organisation_id)
       WHERE d.platform_id = p.platform_id
         AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity'))
  FROM access.platforms p WHERE p.platform_id IN (SELECT access.platforms_for('designation.read'))
  ORDER BY p.department COLLATE "C", p.name COLLATE "C", p.platform_id
$$;

-- Whose each commune of a département is, today and later. For whoever reads the zone of one of its platforms: whom a commune
-- would be taken from has to be told before.
CREATE FUNCTION access.zones_of_department(of_department TEXT) RETURNS TABLE (
  commune TEXT, platform_id UUID, valid_from DATE, valid_to DATE
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  IF NOT EXISTS (SELECT FROM access.platforms p WHERE p.department = of_department
      AND p.platform_id IN (SELECT access.platforms_for('zone.read'))) THEN
    PERFORM access.refuse('RA005', 'Ce département n’existe pas, ou vous n’y avez pas accès.');
  END IF;
  RETURN QUERY
    SELECT z.commune, z.platform_id, z.valid_from, z.valid_to FROM access.zones z
    WHERE coalesce(z.valid_to, 'infinity') >= access.today()
      AND (starts_with(z.commune, of_department)
        OR z.platform_id IN (SELECT p.platform_id FROM access.platforms p WHERE p.department = of_department))
    ORDER BY z.commune COLLATE "C", z.valid_from;
END $$;

-- Professionals by the beginning of a word of their name, or their address: to search the trail by who did it.
CREATE FUNCTION access.find_professionals(asked TEXT) RETURNS TABLE (person_id UUID, display_name TEXT, organisations TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.person_id, p.display_name, (
      SELECT string_agg(DISTINCT o.name, ', ' ORDER BY o.name) FROM access.memberships m
      JOIN access.organisations o USING (organisation_id) WHERE m.person_id = p.person_id)
  FROM access.people p
  WHERE access.controls() AND (strpos(' ' || lower(p.display_name), ' ' || lower(asked)) > 0 OR p.email = lower(asked))
  ORDER BY p.display_name COLLATE "C", p.person_id LIMIT 20
$$;

-- The trail, the newest first, from a place on. What is null is not asked. `of_action`: an action, or a family ending in a dot.
CREATE FUNCTION access.search_trail(
  of_subject TEXT, of_actor TEXT, of_action TEXT, of_purpose TEXT, since DATE, until DATE,
  before_chain INT, before_position BIGINT, most INT
) RETURNS TABLE (
  chain INT, "position" BIGINT, at TIMESTAMPTZ, actor TEXT, display_name TEXT, purpose TEXT, action TEXT, subjects TEXT[],
  details JSONB
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT e.chain, e.position, e.at, e.actor, p.display_name, e.purpose, e.action, e.subjects, e.details
  FROM audit.entries e LEFT JOIN access.people p ON p.person_id::TEXT = e.actor
  WHERE access.controls()
    AND (of_subject IS NULL OR e.subjects @> ARRAY[of_subject])
    AND (of_actor IS NULL OR e.actor = of_actor)
    AND (of_action IS NULL OR e.action = of_action OR (of_action LIKE '%.' AND starts_with(e.action, of_action)))
    AND (of_purpose IS NULL OR e.purpose = of_purpose)
    AND (since IS NULL OR e.at >= since::TIMESTAMP AT TIME ZONE 'Europe/Paris')
    AND (until IS NULL OR e.at < (until + 1)::TIMESTAMP AT TIME ZONE 'Europe/Paris')
    AND (before_chain IS NULL OR (e.at, e.chain, e.position) < (
      SELECT b.at, b.chain, b.position FROM audit.entries b WHERE b.chain = before_chain AND b.position = before_position))
  ORDER BY e.at DESC, e.chain DESC, e.position DESC LIMIT most
$$;

-- How far the trail goes, and its last seal. One row for data protection, none for anybody else.
CREATE FUNCTION access.trail_state() RETURNS TABLE (
  entries BIGINT, last_at TIMESTAMPTZ, seals BIGINT, sealed_day DATE, sealed_at TIMESTAMPTZ, key_id TEXT
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT (SELECT coalesce(sum(c.entries), 0)::BIGINT FROM audit.chains c), (SELECT max(e.at) FROM audit.entries e),
    (SELECT count(*) FROM audit.seals), s.day, s.sealed_at, s.key_id
  FROM (SELECT) one LEFT JOIN LATERAL (SELECT * FROM audit.seals ORDER BY day DESC LIMIT 1) s ON true
  WHERE access.controls()
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.territories_in(TEXT), access.my_memberships(), access.possible_substitutes(UUID),
  access.network(), access.zones_of_department(TEXT), access.find_professionals(TEXT),
  access.search_trail(TEXT, TEXT, TEXT, TEXT, DATE, DATE, INT, BIGINT, INT), access.trail_state()
  TO raccroche_app;
