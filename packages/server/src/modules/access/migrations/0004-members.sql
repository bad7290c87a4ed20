-- Who gives rights to whom, for how long, and who answers for them. Every act is checked here, under the caller's own
-- rights, by functions that the application's role may call; it reads none of these tables.

-- Does a territory lie within another?
CREATE FUNCTION access.lies_within(kind TEXT, id TEXT, outer_kind TEXT, outer_id TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT outer_kind = 'nation'
    OR (kind = outer_kind AND id = outer_id)
    OR (kind = 'platform' AND EXISTS (SELECT FROM access.platforms p WHERE p.platform_id::TEXT = id
      AND ((outer_kind = 'department' AND p.department = outer_id) OR (outer_kind = 'region' AND p.region = outer_id))))
    OR (kind = 'department' AND outer_kind = 'region'
      AND EXISTS (SELECT FROM access.platforms p WHERE p.department = id AND p.region = outer_id))
    -- The first three characters of an UAI are its académie's département: 062, 971; 620 and 720 in Corsica.
    OR (kind = 'establishment' AND outer_kind = 'department'
      AND left(id, 3) = CASE outer_id WHEN '2A' THEN '620' WHEN '2B' THEN '720' ELSE lpad(outer_id, 3, '0') END)
$$;

-- Does the caller hold this permission over the whole of that territory, for the declared purpose?
CREATE FUNCTION access.may(wanted TEXT, kind TEXT, id TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM access.territories_for(wanted) t
    WHERE access.lies_within(kind, id, t.territory_kind, t.territory_id))
$$;

-- RA003 to RA005: what the API tells as `not_allowed`, `not_possible`, `not_found`. The texts are for people.
CREATE FUNCTION access.refuse(state TEXT, told TEXT) RETURNS VOID LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION '%', told USING ERRCODE = state;
END $$;

-- Somebody stands in for somebody else, with their very right, for a time. Made by the person replaced (a delegation) or by
-- whoever may give that right. It is never passed on: what one holds as a substitute nobody can hold for one.
CREATE TABLE access.replacements (
  replacement_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  membership_id UUID NOT NULL REFERENCES access.memberships,
  substitute UUID NOT NULL REFERENCES access.people,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL CHECK (valid_to >= valid_from),
  made_by UUID NOT NULL REFERENCES access.people,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  revoked_at TIMESTAMPTZ,
  revoked_by UUID REFERENCES access.people,
  CHECK (valid_to - valid_from < 184)
);
CREATE INDEX replacements_of ON access.replacements (substitute);
CREATE INDEX replacements_for ON access.replacements (membership_id);

-- Memberships that somebody holds today, their own and those of whom they stand in for. It has neither owner nor
-- search path of its own, so that it is planned within what calls it.
CREATE FUNCTION access.held_by(person UUID) RETURNS SETOF access.memberships
LANGUAGE sql STABLE AS $$
  SELECT m.* FROM access.memberships m
  WHERE m.membership_id IN (
      SELECT o.membership_id FROM access.memberships o WHERE o.person_id = person
      UNION ALL
      SELECT r.membership_id FROM access.replacements r
      WHERE r.substitute = person AND r.revoked_at IS NULL AND access.today() BETWEEN r.valid_from AND r.valid_to)
    AND m.revoked_at IS NULL AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND (m.territory_kind <> 'platform' OR EXISTS (
      SELECT FROM access.designations d
      WHERE d.organisation_id = m.organisation_id AND d.platform_id::TEXT = m.territory_id
        AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')))
$$;

-- In plpgsql, whose plans are kept: every policy of every statement comes through here (four times faster, measured).
CREATE OR REPLACE FUNCTION access.rights_of(person UUID) RETURNS TABLE (
  role TEXT, organisation_id UUID, territory_kind TEXT, territory_id TEXT, purpose TEXT, permission TEXT
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT m.role, m.organisation_id, m.territory_kind, m.territory_id, p.purpose, p.permission
    FROM access.held_by(person) m JOIN access.permissions p USING (role, territory_kind);
END $$;
CREATE OR REPLACE FUNCTION access.territories_for(wanted TEXT) RETURNS TABLE (territory_kind TEXT, territory_id TEXT)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT DISTINCT r.territory_kind, r.territory_id FROM access.rights_of(access.actor()) r
    WHERE r.permission = wanted AND r.purpose = current_setting('raccroche.purpose', true);
END $$;

CREATE OR REPLACE FUNCTION access.colleagues(platform UUID) RETURNS TABLE (person_id UUID, display_name TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH acting AS (
    SELECT m.membership_id, m.person_id FROM access.memberships m
    WHERE m.territory_kind = 'platform' AND m.territory_id = platform::TEXT AND m.revoked_at IS NULL
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

CREATE FUNCTION access.members(of_kind TEXT, of_id TEXT) RETURNS TABLE (
  membership_id UUID, person_id UUID, display_name TEXT, email TEXT, siret TEXT, organisation TEXT, role TEXT,
  valid_from DATE, valid_to DATE, confirmed_on DATE, in_force BOOLEAN
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  IF NOT access.may('member.read', of_kind, of_id) THEN
    PERFORM access.refuse('RA005', 'Ce territoire n’existe pas, ou vous n’y avez pas accès.');
  END IF;
  RETURN QUERY
    SELECT m.membership_id, m.person_id, p.display_name, p.email, p.siret, o.name, m.role, m.valid_from, m.valid_to,
      m.confirmed_on, EXISTS (SELECT FROM access.held_by(m.person_id) h WHERE h.membership_id = m.membership_id)
    FROM access.memberships m JOIN access.people p USING (person_id) JOIN access.organisations o USING (organisation_id)
    WHERE m.territory_kind = of_kind AND m.territory_id = of_id AND m.revoked_at IS NULL
      AND coalesce(m.valid_to, 'infinity') >= access.today()
    ORDER BY p.display_name COLLATE "C", m.membership_id;
END $$;

-- Invitations that wait. The address is shown: whoever gives rights has to see to whom.
CREATE FUNCTION access.pending_invitations(of_kind TEXT, of_id TEXT) RETURNS TABLE (
  invitation_id UUID, email TEXT, organisation TEXT, role TEXT, valid_to DATE, invited_by TEXT, expires_at TIMESTAMPTZ
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  IF NOT access.may('member.read', of_kind, of_id) THEN
    PERFORM access.refuse('RA005', 'Ce territoire n’existe pas, ou vous n’y avez pas accès.');
  END IF;
  RETURN QUERY
    SELECT i.invitation_id, i.email, o.name, i.role, i.valid_to, p.display_name, i.expires_at
    FROM access.invitations i JOIN access.organisations o USING (organisation_id)
    JOIN access.people p ON p.person_id = i.invited_by
    WHERE i.territory_kind = of_kind AND i.territory_id = of_id
      AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
    ORDER BY i.expires_at, i.invitation_id;
END $$;

-- Only a hash of what the person will show is kept: the token itself leaves with the answer and nowhere else.
CREATE FUNCTION access.invite(
  token_hash BYTEA, to_email TEXT, organisation UUID, for_role TEXT, kind TEXT, id TEXT, until DATE, days INT
) RETURNS TABLE (invitation_id UUID, expires_at TIMESTAMPTZ)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE made access.invitations;
BEGIN
  PERFORM access.require_second_factor();
  IF NOT access.may('grant.' || for_role, kind, id) THEN
    PERFORM access.refuse('RA003', 'Vous ne pouvez pas donner ce rôle sur ce territoire.');
  END IF;
  IF NOT EXISTS (SELECT FROM access.permissions p WHERE p.role = for_role AND p.territory_kind = kind) THEN
    PERFORM access.refuse('RA004', 'Ce rôle ne s’exerce pas sur un territoire de cette sorte.');
  END IF;
  IF until < access.today() THEN
    PERFORM access.refuse('RA004', 'La fin du droit est déjà passée.');
  END IF;
  IF kind = 'platform' AND NOT EXISTS (
    SELECT FROM access.designations d WHERE d.organisation_id = organisation AND d.platform_id::TEXT = id
      AND coalesce(d.valid_to, 'infinity') >= access.today()) THEN
    PERFORM access.refuse('RA004', 'Cette organisation n’est pas désignée pour cette plateforme : la désignation vient d’abord.');
  END IF;
  -- One invitation at a time for the same right: the newer replaces the older.
  UPDATE access.invitations i SET revoked_at = now()
  WHERE i.email = lower(to_email) AND i.role = for_role AND i.territory_kind = kind AND i.territory_id = id
    AND i.accepted_at IS NULL AND i.revoked_at IS NULL;
  INSERT INTO access.invitations AS i (token_hash, email, organisation_id, role, territory_kind, territory_id, valid_to,
    invited_by, expires_at)
  VALUES (token_hash, lower(to_email), organisation, for_role, kind, id, until, access.actor(),
    now() + make_interval(days => days)) RETURNING i.* INTO made;
  PERFORM access.record('invitation.sent', ARRAY[made.invitation_id::TEXT],
    jsonb_build_object('role', for_role, 'territory', id));
  RETURN QUERY SELECT made.invitation_id, made.expires_at;
END $$;

CREATE FUNCTION access.revoke_invitation(of_invitation UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.invitations;
BEGIN
  SELECT * INTO found FROM access.invitations i
  WHERE i.invitation_id = of_invitation AND i.accepted_at IS NULL AND i.revoked_at IS NULL FOR UPDATE;
  IF found.invitation_id IS NULL OR NOT access.may('grant.' || found.role, found.territory_kind, found.territory_id) THEN
    PERFORM access.refuse('RA005', 'Cette invitation n’existe pas, ou n’attend plus.');
  END IF;
  UPDATE access.invitations i SET revoked_at = now() WHERE i.invitation_id = of_invitation;
  PERFORM access.record('invitation.revoked', ARRAY[of_invitation::TEXT], '{}');
END $$;

-- The membership, if the caller may give and take it. What is refused is not told from what is not.
CREATE FUNCTION access.membership_to_change(of_membership UUID) RETURNS access.memberships
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.memberships;
BEGIN
  SELECT * INTO found FROM access.memberships m
  WHERE m.membership_id = of_membership AND m.revoked_at IS NULL FOR UPDATE;
  IF found.membership_id IS NULL OR NOT access.may('grant.' || found.role, found.territory_kind, found.territory_id) THEN
    PERFORM access.refuse('RA005', 'Ce droit n’existe pas, ou ne dépend pas de vous.');
  END IF;
  PERFORM access.require_second_factor();
  RETURN found;
END $$;

-- Holds at once: rights are looked at in every statement. Their sessions stay, for the other rights that they may hold.
CREATE FUNCTION access.revoke(of_membership UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.memberships := access.membership_to_change(of_membership);
BEGIN
  UPDATE access.memberships m SET revoked_at = now(), revoked_by = access.actor() WHERE m.membership_id = of_membership;
  PERFORM access.record('right.revoked', ARRAY[of_membership::TEXT],
    jsonb_build_object('person', found.person_id, 'role', found.role, 'territory', found.territory_id));
END $$;

CREATE FUNCTION access.set_term(of_membership UUID, until DATE) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.memberships := access.membership_to_change(of_membership);
BEGIN
  IF until < access.today() OR until < found.valid_from THEN
    PERFORM access.refuse('RA004', 'Cette fin est déjà passée : retirez plutôt le droit.');
  END IF;
  UPDATE access.memberships m SET valid_to = until WHERE m.membership_id = of_membership;
  PERFORM access.record('right.term', ARRAY[of_membership::TEXT],
    jsonb_build_object('person', found.person_id, 'from', found.valid_to, 'to', until));
END $$;

CREATE FUNCTION access.confirm(of_membership UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.memberships := access.membership_to_change(of_membership);
BEGIN
  UPDATE access.memberships m SET confirmed_on = access.today() WHERE m.membership_id = of_membership;
  PERFORM access.record('right.confirmed', ARRAY[of_membership::TEXT], jsonb_build_object('person', found.person_id));
END $$;

-- Rights for which nobody has answered for six months, among those that the caller gives.
CREATE FUNCTION access.rights_to_confirm() RETURNS TABLE (
  membership_id UUID, display_name TEXT, organisation TEXT, role TEXT, territory_kind TEXT, territory_id TEXT,
  valid_from DATE, valid_to DATE, confirmed_on DATE
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.membership_id, p.display_name, o.name, m.role, m.territory_kind, m.territory_id, m.valid_from, m.valid_to,
    m.confirmed_on
  FROM access.memberships m JOIN access.people p USING (person_id) JOIN access.organisations o USING (organisation_id)
  WHERE m.revoked_at IS NULL AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND coalesce(m.confirmed_on, m.valid_from) < access.today() - INTERVAL '6 months'
    AND access.may('grant.' || m.role, m.territory_kind, m.territory_id)
  ORDER BY coalesce(m.confirmed_on, m.valid_from), p.display_name COLLATE "C", m.membership_id
$$;

CREATE FUNCTION access.replace(of_membership UUID, by_person UUID, starts DATE, ends DATE) RETURNS UUID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  found access.memberships;
  made UUID;
BEGIN
  PERFORM access.require_second_factor();
  SELECT * INTO found FROM access.memberships m WHERE m.membership_id = of_membership AND m.revoked_at IS NULL;
  IF found.membership_id IS NULL OR NOT (
    found.person_id = access.actor() OR access.may('grant.' || found.role, found.territory_kind, found.territory_id)) THEN
    PERFORM access.refuse('RA005', 'Ce droit n’existe pas, ou ne dépend pas de vous.');
  END IF;
  IF by_person = found.person_id OR NOT EXISTS (SELECT FROM access.people p WHERE p.person_id = by_person) THEN
    PERFORM access.refuse('RA004', 'Choisissez une autre personne, déjà connue ici.');
  END IF;
  IF starts < access.today() OR ends < starts OR ends - starts >= 184
    OR ends > coalesce(found.valid_to, 'infinity') OR starts < found.valid_from THEN
    PERFORM access.refuse('RA004', 'Un remplacement commence au plus tôt aujourd’hui, dure six mois au plus, et tient dans le droit remplacé.');
  END IF;
  INSERT INTO access.replacements (membership_id, substitute, valid_from, valid_to, made_by)
  VALUES (of_membership, by_person, starts, ends, access.actor()) RETURNING replacement_id INTO made;
  PERFORM access.record('replacement.made', ARRAY[made::TEXT, of_membership::TEXT],
    jsonb_build_object('substitute', by_person, 'from', starts, 'to', ends));
  RETURN made;
END $$;

CREATE FUNCTION access.end_replacement(of_replacement UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE may_end BOOLEAN;
BEGIN
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

-- « Vous remplacerez X » : those that concern the caller, on either side, or that they made, until they are over.
CREATE FUNCTION access.my_replacements() RETURNS TABLE (
  replacement_id UUID, replaced UUID, replaced_name TEXT, substitute UUID, substitute_name TEXT, role TEXT,
  territory_kind TEXT, territory_id TEXT, valid_from DATE, valid_to DATE
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT r.replacement_id, m.person_id, p.display_name, r.substitute, s.display_name, m.role, m.territory_kind,
    m.territory_id, r.valid_from, r.valid_to
  FROM access.replacements r JOIN access.memberships m USING (membership_id)
  JOIN access.people p ON p.person_id = m.person_id JOIN access.people s ON s.person_id = r.substitute
  WHERE r.revoked_at IS NULL AND m.revoked_at IS NULL AND r.valid_to >= access.today()
    AND access.actor() IN (m.person_id, r.substitute, r.made_by)
  ORDER BY r.valid_from, r.replacement_id
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.members(TEXT, TEXT), access.pending_invitations(TEXT, TEXT),
  access.invite(BYTEA, TEXT, UUID, TEXT, TEXT, TEXT, DATE, INT), access.revoke_invitation(UUID), access.revoke(UUID),
  access.set_term(UUID, DATE), access.confirm(UUID), access.rights_to_confirm(),
  access.replace(UUID, UUID, DATE, DATE), access.end_replacement(UUID), access.my_replacements() TO raccroche_app;
