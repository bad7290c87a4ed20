-- What a right in force is, told once: neither revoked nor suspended, in its time, and over a platform that its organisation is
-- designated for today. Whatever asks who works where asks here.
CREATE VIEW access.rights_in_force AS
  SELECT m.membership_id, m.person_id, m.organisation_id, m.role, m.territory_kind, m.territory_id
  FROM access.memberships m
  WHERE m.revoked_at IS NULL AND m.suspended_on IS NULL
    AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND (m.territory_kind <> 'platform' OR EXISTS (
      SELECT FROM access.designations d
      WHERE d.organisation_id = m.organisation_id AND d.platform_id::TEXT = m.territory_id
        AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')));

-- Who holds each of them today: whoever it was given to, and whoever stands in for them. A substitute has a right in force of
-- their own, in the same organisation or over the same territory: whoever leaves no longer stands in for anybody, and the list
-- of a platform reaches nobody of a structure that is not designated for it.
CREATE VIEW access.holders AS
  SELECT f.person_id AS holder, f.membership_id, f.role, f.territory_kind, f.territory_id FROM access.rights_in_force f
  UNION ALL
  SELECT r.substitute, f.membership_id, f.role, f.territory_kind, f.territory_id
  FROM access.replacements r JOIN access.rights_in_force f USING (membership_id)
  WHERE r.revoked_at IS NULL AND access.today() BETWEEN r.valid_from AND r.valid_to
    AND EXISTS (SELECT FROM access.rights_in_force o WHERE o.person_id = r.substitute
      AND (o.organisation_id = f.organisation_id
        OR (o.territory_kind = f.territory_kind AND o.territory_id = f.territory_id)));

CREATE OR REPLACE FUNCTION access.held_by(person UUID) RETURNS SETOF access.memberships
LANGUAGE sql STABLE AS $$
  SELECT m.* FROM access.memberships m
  WHERE m.membership_id IN (SELECT h.membership_id FROM access.holders h WHERE h.holder = person)
$$;

CREATE OR REPLACE FUNCTION access.colleagues(platform UUID) RETURNS TABLE (person_id UUID, display_name TEXT)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT p.person_id, p.display_name
  FROM access.people p
  WHERE p.person_id IN (
      SELECT h.holder FROM access.holders h JOIN access.permissions q USING (role, territory_kind)
      WHERE h.territory_kind = 'platform' AND h.territory_id = platform::TEXT AND q.permission = 'case.act')
    AND platform IN (SELECT access.platforms_for('case.read'));
END $$;

-- Platforms for which an organisation is designated today: where somebody may follow a case.
CREATE FUNCTION access.designated_platforms() RETURNS SETOF UUID
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT d.platform_id FROM access.designations d
  WHERE access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')
$$;

-- Who could stand in for the holder of a right: people with a right in force for the same organisation or over the same
-- territory; on a platform, of a structure designated for it. For the holder, and for whoever gives that right.
CREATE OR REPLACE FUNCTION access.possible_substitutes(of_membership UUID) RETURNS TABLE (
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
    FROM access.rights_in_force f JOIN access.people p USING (person_id) JOIN access.organisations o USING (organisation_id)
    WHERE f.person_id <> found.person_id AND p.issuer <> 'partner'
      AND (f.organisation_id = found.organisation_id
        OR (f.territory_kind = found.territory_kind AND f.territory_id = found.territory_id))
      AND (found.territory_kind <> 'platform' OR EXISTS (
        SELECT FROM access.designations d
        WHERE d.organisation_id = f.organisation_id AND d.platform_id::TEXT = found.territory_id
          AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')))
    GROUP BY p.person_id, p.display_name ORDER BY p.display_name COLLATE "C", p.person_id;
END $$;

-- By somebody who could, and nobody else. Those who answer for the platform are told, and the person replaced if it is not they
-- who ask for it.
CREATE OR REPLACE FUNCTION access.replace(of_membership UUID, by_person UUID, starts DATE, ends DATE) RETURNS UUID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  found access.memberships;
  made UUID;
  told JSONB := jsonb_build_object('firstDay', starts, 'lastDay', ends);
BEGIN
  PERFORM access.require_second_factor();
  SELECT * INTO found FROM access.memberships m WHERE m.membership_id = of_membership AND m.revoked_at IS NULL;
  IF found.membership_id IS NULL OR NOT (
    found.person_id = access.actor() OR access.may('grant.' || found.role, found.territory_kind, found.territory_id)) THEN
    PERFORM access.refuse('RA005', 'Ce droit n’existe pas, ou ne dépend pas de vous.');
  END IF;
  IF NOT EXISTS (SELECT FROM access.possible_substitutes(of_membership) s WHERE s.person_id = by_person) THEN
    PERFORM access.refuse('RA004', 'Choisissez une autre personne, de la même structure ou du même territoire, qui a elle-même un droit en vigueur ; sur une plateforme, sa structure doit y être désignée.');
  END IF;
  IF starts < access.today() OR ends < starts OR ends - starts >= 184
    OR ends > coalesce(found.valid_to, 'infinity') OR starts < found.valid_from THEN
    PERFORM access.refuse('RA004', 'Un remplacement commence au plus tôt aujourd’hui, dure six mois au plus, et tient dans le droit remplacé.');
  END IF;
  INSERT INTO access.replacements (membership_id, substitute, valid_from, valid_to, made_by)
  VALUES (of_membership, by_person, starts, ends, access.actor()) RETURNING replacement_id INTO made;
  IF found.territory_kind = 'platform' THEN
    PERFORM access.tell(NULL, found.territory_id::UUID, 'replacement_made', made, told);
  END IF;
  IF found.person_id <> access.actor() THEN
    PERFORM access.tell(found.person_id, NULL, 'replacement_made', made, told);
  END IF;
  PERFORM access.record('replacement.made', ARRAY[made::TEXT, of_membership::TEXT],
    jsonb_build_object('substitute', by_person, 'from', starts, 'to', ends));
  RETURN made;
END $$;

-- To end a replacement and to take an invitation back change who has which right: with a second factor too.
CREATE OR REPLACE FUNCTION access.end_replacement(of_replacement UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE may_end BOOLEAN;
BEGIN
  PERFORM access.require_second_factor();
  SELECT access.actor() IN (m.person_id, r.substitute, r.made_by)
    OR access.may('grant.' || m.role, m.territory_kind, m.territory_id) INTO may_end
  FROM access.replacements r JOIN access.memberships m USING (membership_id)
  WHERE r.replacement_id = of_replacement AND r.revoked_at IS NULL FOR UPDATE OF r;
  IF NOT coalesce(may_end, false) THEN
    PERFORM access.refuse('RA005', 'Ce remplacement n’existe pas, ou est déjà fini.');
  END IF;
  UPDATE access.replacements r SET revoked_at = now(), revoked_by = access.actor() WHERE r.replacement_id = of_replacement;
  PERFORM access.record('replacement.ended', ARRAY[of_replacement::TEXT], '{}');
END $$;

CREATE OR REPLACE FUNCTION access.revoke_invitation(of_invitation UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.invitations;
BEGIN
  PERFORM access.require_second_factor();
  SELECT * INTO found FROM access.invitations i
  WHERE i.invitation_id = of_invitation AND i.accepted_at IS NULL AND i.revoked_at IS NULL FOR UPDATE;
  IF found.invitation_id IS NULL OR NOT access.may('grant.' || found.role, found.territory_kind, found.territory_id) THEN
    PERFORM access.refuse('RA005', 'Cette invitation n’existe pas, ou n’attend plus.');
  END IF;
  UPDATE access.invitations i SET revoked_at = now() WHERE i.invitation_id = of_invitation;
  PERFORM access.record('invitation.revoked', ARRAY[of_invitation::TEXT], '{}');
END $$;

-- Platforms with the communes they have today, who works there, and the last day of what they are designated by.
CREATE OR REPLACE FUNCTION access.network() RETURNS TABLE (
  platform_id UUID, name TEXT, department TEXT, region TEXT, communes INT, members INT, designations JSONB
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.platform_id, p.name, p.department, p.region,
    (SELECT count(*)::INT FROM access.zones z WHERE z.platform_id = p.platform_id
       AND access.today() BETWEEN z.valid_from AND coalesce(z.valid_to, 'infinity')),
    (SELECT count(DISTINCT f.person_id)::INT FROM access.rights_in_force f
       WHERE f.territory_kind = 'platform' AND f.territory_id = p.platform_id::TEXT),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('organisation', o.name, 'validTo', d.valid_to)
         ORDER BY d.valid_to NULLS LAST, o.name COLLATE "C", d.designation_id), '[]')
       FROM access.designations d JOIN access.organisations o USING (organisation_id)
       WHERE d.platform_id = p.platform_id
         AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity'))
  FROM access.platforms p WHERE p.platform_id IN (SELECT access.platforms_for('designation.read'))
  ORDER BY p.department COLLATE "C", p.name COLLATE "C", p.platform_id
$$;

REVOKE ALL ON FUNCTION access.designated_platforms() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.designated_platforms() TO raccroche_app;
