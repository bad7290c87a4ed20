-- People whom an identity provider knows: how they proved who they are, and what ends their sessions.

ALTER TABLE access.people ADD COLUMN siret TEXT CHECK (siret ~ '^[0-9]{14}$');   -- where they work, as the provider says
ALTER TABLE access.invitations ADD COLUMN accepted_by UUID REFERENCES access.people;

ALTER TABLE access.sessions
  ADD COLUMN kind TEXT NOT NULL DEFAULT 'demo' CHECK (kind IN ('demo', 'provider')),
  ADD COLUMN sid TEXT,                  -- the provider's own session
  ADD COLUMN acr TEXT,                  -- how they proved who they are, as the provider names it
  ADD COLUMN auth_time TIMESTAMPTZ,     -- when they did
  ADD COLUMN strong BOOLEAN NOT NULL DEFAULT false,
  -- id_token and refresh token, sealed under the session token, of which the base has a hash alone.
  ADD COLUMN kept BYTEA;
ALTER TABLE access.sessions ALTER COLUMN kind DROP DEFAULT;
CREATE INDEX sessions_by_sid ON access.sessions (sid) WHERE ended_at IS NULL;

-- The session of this transaction, if it holds.
CREATE FUNCTION access.session() RETURNS access.sessions LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT s.* FROM access.sessions s
  WHERE s.token_hash = sha256(convert_to(current_setting('raccroche.session', true), 'UTF8'))
    AND s.ended_at IS NULL AND s.expires_at > now()
$$;

-- A second factor, given in the last ten minutes. A click of the demonstration counts as one: it lets in nobody real.
CREATE FUNCTION access.has_fresh_second_factor() RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT coalesce(s.kind = 'demo' OR (s.strong AND s.auth_time > now() - INTERVAL '10 minutes'), false)
  FROM access.session() s
$$;

-- Asked again by the base itself wherever rights change. RA001: what the API tells as `stronger_sign_in_needed`.
CREATE FUNCTION access.require_second_factor() RETURNS VOID
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT coalesce(access.has_fresh_second_factor(), false) THEN
    RAISE EXCEPTION 'Confirmez d’abord que c’est bien vous, par un second facteur.' USING ERRCODE = 'RA001';
  END IF;
END $$;

CREATE FUNCTION access.my_session() RETURNS TABLE (kind TEXT, second_factor BOOLEAN, expires_at TIMESTAMPTZ)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT s.kind, access.has_fresh_second_factor(), s.expires_at FROM access.session() s WHERE s.token_hash IS NOT NULL
$$;

-- Rights in force of anybody: nobody but this schema's own functions asks.
CREATE FUNCTION access.rights_of(person UUID) RETURNS TABLE (
  role TEXT, organisation_id UUID, territory_kind TEXT, territory_id TEXT, purpose TEXT, permission TEXT
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT m.role, m.organisation_id, m.territory_kind, m.territory_id, p.purpose, p.permission
  FROM access.memberships m JOIN access.permissions p USING (role, territory_kind)
  WHERE m.person_id = person AND m.revoked_at IS NULL
    AND access.today() BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
    AND (m.territory_kind <> 'platform' OR EXISTS (
      SELECT FROM access.designations d
      WHERE d.organisation_id = m.organisation_id AND d.platform_id::TEXT = m.territory_id
        AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')))
$$;
CREATE OR REPLACE FUNCTION access.rights() RETURNS TABLE (
  role TEXT, organisation_id UUID, territory_kind TEXT, territory_id TEXT, purpose TEXT, permission TEXT
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
  $$ SELECT * FROM access.rights_of(access.actor()) $$;

-- Somebody whom the provider vouches for: takes up the invitations that they show, or that were sent to their address.
-- Gives the person, or nothing when no right is in force for them: then nothing is kept of somebody unknown.
CREATE FUNCTION access.admit(
  from_issuer TEXT, from_subject TEXT, with_email TEXT, with_name TEXT, with_siret TEXT, shown BYTEA
) RETURNS UUID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  found UUID;
  invitation access.invitations;
BEGIN
  SELECT p.person_id INTO found FROM access.people p WHERE p.issuer = from_issuer AND p.subject = from_subject;
  FOR invitation IN SELECT * FROM access.invitations i
    WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
      AND (i.token_hash = shown OR i.email = with_email)
    ORDER BY i.expires_at, i.invitation_id FOR UPDATE
  LOOP
    IF found IS NULL THEN
      INSERT INTO access.people (display_name, email, issuer, subject, siret)
      VALUES (with_name, with_email, from_issuer, from_subject, with_siret) RETURNING person_id INTO found;
    END IF;
    INSERT INTO access.memberships
      (person_id, organisation_id, role, territory_kind, territory_id, valid_from, valid_to, confirmed_on)
    VALUES (found, invitation.organisation_id, invitation.role, invitation.territory_kind, invitation.territory_id,
      access.today(), invitation.valid_to, access.today());
    UPDATE access.invitations SET accepted_at = now(), accepted_by = found
    WHERE invitation_id = invitation.invitation_id;
    PERFORM audit.append(found::TEXT, '', 'invitation.accepted', ARRAY[invitation.invitation_id::TEXT],
      jsonb_build_object('role', invitation.role, 'territory', invitation.territory_id,
        'by', CASE WHEN invitation.email = with_email THEN 'email' ELSE 'token' END));
  END LOOP;
  IF found IS NULL OR NOT EXISTS (SELECT FROM access.rights_of(found)) THEN RETURN NULL; END IF;
  UPDATE access.people p SET display_name = with_name, email = with_email, siret = with_siret
  WHERE p.person_id = found AND (p.display_name, p.email, p.siret) IS DISTINCT FROM (with_name, with_email, with_siret);
  RETURN found;
END $$;

-- The session of somebody admitted. Its token was made outside: the base never has it. `replaced`: the session that this
-- one follows in the same browser, if it was theirs.
CREATE FUNCTION access.open_provider_session(
  token_hash BYTEA, person UUID, hours INT, sid TEXT, acr TEXT, auth_time TIMESTAMPTZ, strong BOOLEAN, kept BYTEA,
  idp TEXT, replaced BYTEA
) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE access.sessions s SET ended_at = now(), kept = NULL
  WHERE s.token_hash = replaced AND s.person_id = person AND s.ended_at IS NULL;
  INSERT INTO access.sessions (token_hash, person_id, expires_at, kind, sid, acr, auth_time, strong, kept)
  VALUES (token_hash, person, now() + make_interval(hours => hours), 'provider', sid, acr, auth_time, strong, kept);
  PERFORM audit.append(person::TEXT, '', 'session.opened', ARRAY[]::TEXT[],
    jsonb_build_object('kind', 'provider', 'strong', strong, 'idp', idp));
END $$;

CREATE FUNCTION access.kept_tokens(token TEXT) RETURNS BYTEA
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT s.kept FROM access.sessions s
  WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.ended_at IS NULL AND s.expires_at > now()
$$;

-- Longer, since the provider still knows the person; never past a working day from its opening.
CREATE FUNCTION access.renew_session(token TEXT, with_kept BYTEA, hours INT, hours_in_all INT) RETURNS TIMESTAMPTZ
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  UPDATE access.sessions s SET kept = with_kept, expires_at = greatest(s.expires_at,
    least(now() + make_interval(hours => hours), s.created_at + make_interval(hours => hours_in_all)))
  WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.ended_at IS NULL AND s.expires_at > now()
  RETURNING s.expires_at
$$;

-- The provider says that somebody signed out there: of one session, or of all that they had opened by then.
CREATE FUNCTION access.end_sessions(from_issuer TEXT, from_subject TEXT, of_sid TEXT, opened_by TIMESTAMPTZ) RETURNS INT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  ended INT := 0;
  person UUID;
BEGIN
  FOR person IN UPDATE access.sessions s SET ended_at = now(), kept = NULL FROM access.people p
    WHERE p.person_id = s.person_id AND p.issuer = from_issuer AND s.kind = 'provider' AND s.ended_at IS NULL
      AND s.created_at <= opened_by
      AND (of_sid IS NULL OR s.sid = of_sid) AND (from_subject IS NULL OR p.subject = from_subject)
      AND (of_sid IS NOT NULL OR from_subject IS NOT NULL)
    RETURNING s.person_id
  LOOP
    PERFORM audit.append(person::TEXT, '', 'session.ended', ARRAY[]::TEXT[], '{"by": "provider"}');
    ended := ended + 1;
  END LOOP;
  RETURN ended;
END $$;

-- The door of the demonstration: by a click, and for those of the demonstration alone.
CREATE OR REPLACE FUNCTION access.open_session(person UUID, hours INT) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE token TEXT := replace(gen_random_uuid()::TEXT || gen_random_uuid()::TEXT, '-', '');
BEGIN
  IF NOT EXISTS (SELECT FROM access.people p WHERE p.person_id = person AND p.issuer = 'demo') THEN
    RAISE EXCEPTION 'not of the demonstration' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO access.sessions (token_hash, person_id, expires_at, kind)
  VALUES (sha256(convert_to(token, 'UTF8')), person, now() + make_interval(hours => hours), 'demo');
  PERFORM audit.append(person::TEXT, '', 'session.opened', ARRAY[]::TEXT[], '{"kind": "demo"}');
  RETURN token;
END $$;

CREATE OR REPLACE FUNCTION access.end_session(token TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE person UUID;
BEGIN
  UPDATE access.sessions s SET ended_at = now(), kept = NULL
  WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.ended_at IS NULL RETURNING s.person_id INTO person;
  IF person IS NOT NULL THEN
    PERFORM audit.append(person::TEXT, '', 'session.ended', ARRAY[]::TEXT[], '{}');
  END IF;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.has_fresh_second_factor(), access.my_session() TO raccroche_app;
GRANT EXECUTE ON FUNCTION access.admit(TEXT, TEXT, TEXT, TEXT, TEXT, BYTEA),
  access.open_provider_session(BYTEA, UUID, INT, TEXT, TEXT, TIMESTAMPTZ, BOOLEAN, BYTEA, TEXT, BYTEA),
  access.kept_tokens(TEXT), access.renew_session(TEXT, BYTEA, INT, INT),
  access.end_sessions(TEXT, TEXT, TEXT, TIMESTAMPTZ) TO raccroche_door;
