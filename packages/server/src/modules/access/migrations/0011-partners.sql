-- Systems of partners: a mission locale's, a CFA's, a school's. Each belongs to one organisation, has its own rights over its
-- own territories for a time, and comes with a token of ten minutes. It is somebody in access.people too, under the issuer
-- `partner`: what it does has a doer everywhere, like everybody else's acts.

CREATE TABLE access.partners (
  partner_id UUID PRIMARY KEY REFERENCES access.people,
  organisation_id UUID NOT NULL REFERENCES access.organisations,
  kind TEXT NOT NULL,
  scopes TEXT[] NOT NULL CHECK (cardinality(scopes) > 0),
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL CHECK (valid_to >= valid_from AND valid_to <= valid_from + INTERVAL '3 years'),
  made_by UUID NOT NULL REFERENCES access.people,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  revoked_at TIMESTAMPTZ,
  revoked_by UUID REFERENCES access.people
);
CREATE TABLE access.partner_territories (
  partner_id UUID NOT NULL REFERENCES access.partners,
  territory_kind TEXT NOT NULL CHECK (territory_kind IN ('platform', 'establishment')),
  territory_id TEXT NOT NULL,
  PRIMARY KEY (partner_id, territory_kind, territory_id)
);
-- Of 256 bits drawn at random: a plain hash cannot be searched. Two at most open at a time.
CREATE TABLE access.partner_secrets (
  secret_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  partner_id UUID NOT NULL REFERENCES access.partners,
  prefix TEXT NOT NULL,                 -- how it is recognised: its first characters
  secret_hash BYTEA NOT NULL UNIQUE,
  made_by UUID NOT NULL REFERENCES access.people,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ,               -- once a newer one was given; none: as long as the system
  last_used_at TIMESTAMPTZ,
  revoked_at TIMESTAMPTZ
);
CREATE INDEX partner_secrets_of ON access.partner_secrets (partner_id);

ALTER TABLE access.sessions DROP CONSTRAINT sessions_kind_check;
ALTER TABLE access.sessions ADD CONSTRAINT sessions_kind_check CHECK (kind IN ('demo', 'provider', 'partner'));
ALTER TABLE access.sessions ADD COLUMN scopes TEXT[];  -- of a system's token: which of its rights it bears

-- A system signs in nowhere as somebody: whoever shows its token where people come is nobody.
CREATE OR REPLACE FUNCTION access.me() RETURNS TABLE (person_id UUID, display_name TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.person_id, p.display_name FROM access.people p WHERE p.person_id = access.actor() AND p.issuer <> 'partner'
$$;
CREATE FUNCTION access.my_system() RETURNS TABLE (person_id UUID, display_name TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT p.person_id, p.display_name FROM access.people p JOIN access.partners s ON s.partner_id = p.person_id
  WHERE p.person_id = access.actor() AND p.issuer = 'partner' AND s.revoked_at IS NULL
    AND access.today() BETWEEN s.valid_from AND s.valid_to
$$;

-- What a system may do today: never more than the permission table grants its kind, its own scopes, and its token's.
CREATE OR REPLACE FUNCTION access.rights_of(person UUID) RETURNS TABLE (
  role TEXT, organisation_id UUID, territory_kind TEXT, territory_id TEXT, purpose TEXT, permission TEXT
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT m.role, m.organisation_id, m.territory_kind, m.territory_id, p.purpose, p.permission
    FROM access.held_by(person) m JOIN access.permissions p USING (role, territory_kind);
  -- Somebody who holds a right is no system.
  IF FOUND THEN RETURN; END IF;
  RETURN QUERY SELECT p.role, s.organisation_id, t.territory_kind, t.territory_id, p.purpose, p.permission
    FROM access.partners s JOIN access.partner_territories t USING (partner_id)
    JOIN access.permissions p ON p.role = 'system:' || s.kind AND p.territory_kind = t.territory_kind
    WHERE s.partner_id = person AND s.revoked_at IS NULL AND access.today() BETWEEN s.valid_from AND s.valid_to
      AND p.permission = ANY (s.scopes)
      AND p.permission = ANY (coalesce((SELECT x.scopes FROM access.session() x), s.scopes))
      AND (t.territory_kind <> 'platform' OR EXISTS (
        SELECT FROM access.designations d
        WHERE d.organisation_id = s.organisation_id AND d.platform_id::TEXT = t.territory_id
          AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')));
END $$;

-- A request may narrow itself to one of its establishments; it never widens.
CREATE OR REPLACE FUNCTION access.establishments_for(wanted TEXT) RETURNS SETOF TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT t.territory_id FROM access.territories_for(wanted) t WHERE t.territory_kind = 'establishment'
    AND coalesce(current_setting('raccroche.establishment', true), '') IN ('', t.territory_id)
$$;

-- The door: a system shows its secret and gets a token. No row: nobody of that secret; a row without scopes: it asked for more
-- than it has. Only hashes come here.
CREATE FUNCTION access.open_system_session(client UUID, shown BYTEA, token BYTEA, wanted TEXT[], seconds INT)
RETURNS TABLE (scopes TEXT[]) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  system access.partners;
  secret access.partner_secrets;
  granted TEXT[];
BEGIN
  SELECT * INTO secret FROM access.partner_secrets k
  WHERE k.secret_hash = shown AND k.partner_id = client AND k.revoked_at IS NULL AND coalesce(k.expires_at, 'infinity') > now();
  SELECT * INTO system FROM access.partners s
  WHERE s.partner_id = secret.partner_id AND s.revoked_at IS NULL AND access.today() BETWEEN s.valid_from AND s.valid_to;
  IF system.partner_id IS NULL THEN RETURN; END IF;
  granted := coalesce(wanted, system.scopes);
  IF NOT granted <@ system.scopes OR cardinality(granted) = 0 THEN
    RETURN QUERY SELECT NULL::TEXT[];
    RETURN;
  END IF;
  INSERT INTO access.sessions (token_hash, person_id, expires_at, kind, sid, scopes)
  VALUES (token, client, now() + make_interval(secs => seconds), 'partner', secret.secret_id::TEXT, granted);
  UPDATE access.partner_secrets k SET last_used_at = now() WHERE k.secret_id = secret.secret_id;
  PERFORM audit.append(client::TEXT, '', 'session.opened', ARRAY[]::TEXT[],
    jsonb_build_object('kind', 'partner', 'secret', secret.prefix));
  RETURN QUERY SELECT granted;
END $$;

-- Does the caller hold this right over every territory of the system (to change it), or over one of them (to see it)?
CREATE FUNCTION access.may_of_partner(of_partner UUID, wanted TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT coalesce(CASE WHEN wanted = 'partner.read'
      THEN bool_or(access.may(wanted, t.territory_kind, t.territory_id))
      ELSE bool_and(access.may(wanted, t.territory_kind, t.territory_id)) END, false)
  FROM access.partner_territories t WHERE t.partner_id = of_partner
$$;

CREATE FUNCTION access.partner_to_change(of_partner UUID) RETURNS access.partners
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.partners;
BEGIN
  SELECT * INTO found FROM access.partners s WHERE s.partner_id = of_partner AND s.revoked_at IS NULL FOR UPDATE;
  IF found.partner_id IS NULL OR NOT access.may_of_partner(of_partner, 'partner.manage') THEN
    PERFORM access.refuse('RA005', 'Ce système n’existe pas, ou ne dépend pas de vous.');
  END IF;
  PERFORM access.require_second_factor();
  RETURN found;
END $$;

CREATE FUNCTION access.add_partner(
  of_kind TEXT, organisation UUID, with_name TEXT, with_contact TEXT, with_scopes TEXT[], kinds TEXT[], ids TEXT[],
  starts DATE, ends DATE, hash BYTEA, shown_prefix TEXT
) RETURNS TABLE (partner_id UUID, secret_id UUID) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  made UUID := gen_random_uuid();
  first_secret UUID;
BEGIN
  PERFORM access.require_second_factor();
  IF EXISTS (SELECT FROM unnest(kinds, ids) AS t (kind, id) WHERE NOT access.may('partner.manage', t.kind, t.id)) THEN
    PERFORM access.refuse('RA003', 'Vous ne pouvez pas relier un système sur ce territoire.');
  END IF;
  IF NOT EXISTS (SELECT FROM access.organisations o WHERE o.organisation_id = organisation AND o.kind = of_kind) THEN
    PERFORM access.refuse('RA004', 'Un système appartient à une organisation connue, de la même sorte que lui.');
  END IF;
  IF EXISTS (SELECT FROM unnest(with_scopes) AS wanted, unnest(kinds) AS kind WHERE NOT EXISTS (
    SELECT FROM access.permissions p
    WHERE p.role = 'system:' || of_kind AND p.territory_kind = kind AND p.permission = wanted)) THEN
    PERFORM access.refuse('RA004', 'Un système de cette sorte n’a pas ce droit, ou ne l’exerce pas sur un tel territoire.');
  END IF;
  IF EXISTS (SELECT FROM unnest(kinds, ids) AS t (kind, id) WHERE t.kind = 'platform' AND NOT EXISTS (
    SELECT FROM access.designations d WHERE d.organisation_id = organisation AND d.platform_id::TEXT = t.id
      AND coalesce(d.valid_to, 'infinity') >= access.today())) THEN
    PERFORM access.refuse('RA004', 'Cette organisation n’est pas désignée pour cette plateforme : la désignation vient d’abord.');
  END IF;
  IF ends < access.today() OR ends < starts OR ends > starts + INTERVAL '3 years' THEN
    PERFORM access.refuse('RA004', 'Un système vaut trois ans au plus, et finit après aujourd’hui.');
  END IF;
  INSERT INTO access.people (person_id, display_name, email, issuer, subject)
  VALUES (made, with_name, lower(with_contact), 'partner', made::TEXT);
  INSERT INTO access.partners (partner_id, organisation_id, kind, scopes, valid_from, valid_to, made_by)
  VALUES (made, organisation, of_kind, with_scopes, starts, ends, access.actor());
  INSERT INTO access.partner_territories SELECT DISTINCT made, t.kind, t.id FROM unnest(kinds, ids) AS t (kind, id);
  INSERT INTO access.partner_secrets AS k (partner_id, prefix, secret_hash, made_by)
  VALUES (made, shown_prefix, hash, access.actor()) RETURNING k.secret_id INTO first_secret;
  PERFORM access.record('partner.added', ARRAY[made::TEXT],
    jsonb_build_object('kind', of_kind, 'organisation', organisation, 'scopes', to_jsonb(with_scopes)));
  RETURN QUERY SELECT made, first_secret;
END $$;

-- A newer secret: the one before opens for so many days more.
CREATE FUNCTION access.add_partner_secret(of_partner UUID, hash BYTEA, shown_prefix TEXT, overlap_days INT) RETURNS UUID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  found access.partners := access.partner_to_change(of_partner);
  made UUID;
BEGIN
  IF (SELECT count(*) FROM access.partner_secrets k WHERE k.partner_id = of_partner AND k.revoked_at IS NULL
      AND coalesce(k.expires_at, 'infinity') > now()) >= 2 THEN
    PERFORM access.refuse('RA004', 'Deux secrets valent déjà. Retirez d’abord le plus ancien.');
  END IF;
  UPDATE access.partner_secrets k SET expires_at = now() + make_interval(days => overlap_days)
  WHERE k.partner_id = of_partner AND k.revoked_at IS NULL AND k.expires_at IS NULL;
  INSERT INTO access.partner_secrets (partner_id, prefix, secret_hash, made_by)
  VALUES (of_partner, shown_prefix, hash, access.actor()) RETURNING secret_id INTO made;
  PERFORM access.record('partner.secret_added', ARRAY[of_partner::TEXT], jsonb_build_object('overlapDays', overlap_days));
  RETURN made;
END $$;

CREATE FUNCTION access.revoke_partner_secret(of_partner UUID, of_secret UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE system access.partners := access.partner_to_change(of_partner);
BEGIN
  UPDATE access.partner_secrets k SET revoked_at = now()
  WHERE k.secret_id = of_secret AND k.partner_id = of_partner AND k.revoked_at IS NULL;
  IF NOT FOUND THEN PERFORM access.refuse('RA005', 'Ce secret n’existe pas, ou ne vaut plus.'); END IF;
  UPDATE access.sessions s SET ended_at = now()
  WHERE s.person_id = of_partner AND s.sid = of_secret::TEXT AND s.ended_at IS NULL;
  PERFORM access.record('partner.secret_revoked', ARRAY[of_partner::TEXT], '{}');
END $$;

-- Holds at once: its tokens end here, and its rights are looked at in every statement.
CREATE FUNCTION access.revoke_partner(of_partner UUID) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.partners := access.partner_to_change(of_partner);
BEGIN
  UPDATE access.partners s SET revoked_at = now(), revoked_by = access.actor() WHERE s.partner_id = of_partner;
  UPDATE access.partner_secrets k SET revoked_at = now() WHERE k.partner_id = of_partner AND k.revoked_at IS NULL;
  UPDATE access.sessions s SET ended_at = now() WHERE s.person_id = of_partner AND s.ended_at IS NULL;
  PERFORM access.record('partner.revoked', ARRAY[of_partner::TEXT], '{}');
END $$;

-- Those that concern a territory of the caller's. A secret is told by its first characters.
CREATE FUNCTION access.list_partners() RETURNS TABLE (
  partner_id UUID, kind TEXT, name TEXT, contact TEXT, organisation TEXT, scopes TEXT[], territories JSONB, valid_from DATE,
  valid_to DATE, made_by TEXT, made_at TIMESTAMPTZ, revoked_at TIMESTAMPTZ, in_force BOOLEAN, secrets JSONB
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT s.partner_id, s.kind, p.display_name, p.email, o.name, s.scopes,
    (SELECT jsonb_agg(jsonb_build_object('kind', t.territory_kind, 'id', t.territory_id)
        ORDER BY t.territory_kind, t.territory_id)
      FROM access.partner_territories t WHERE t.partner_id = s.partner_id),
    s.valid_from, s.valid_to, m.display_name, s.made_at, s.revoked_at,
    s.revoked_at IS NULL AND access.today() BETWEEN s.valid_from AND s.valid_to,
    coalesce((SELECT jsonb_agg(jsonb_build_object('secretId', k.secret_id, 'prefix', k.prefix, 'madeAt', k.made_at,
        'expiresAt', k.expires_at, 'lastUsedAt', k.last_used_at) ORDER BY k.made_at, k.secret_id)
      FROM access.partner_secrets k WHERE k.partner_id = s.partner_id AND k.revoked_at IS NULL
        AND coalesce(k.expires_at, 'infinity') > now()), '[]')
  FROM access.partners s JOIN access.people p ON p.person_id = s.partner_id
  JOIN access.organisations o USING (organisation_id) JOIN access.people m ON m.person_id = s.made_by
  WHERE access.may_of_partner(s.partner_id, 'partner.read')
  ORDER BY s.revoked_at IS NOT NULL, p.display_name COLLATE "C", s.partner_id
$$;

-- Is the system entitled to hear of this platform today? Asked by what tells it, whoever acts.
CREATE FUNCTION access.system_may(of_partner UUID, wanted TEXT, platform UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (
    SELECT FROM access.partners s JOIN access.partner_territories t USING (partner_id)
    JOIN access.permissions p ON p.role = 'system:' || s.kind AND p.territory_kind = t.territory_kind
    JOIN access.designations d ON d.organisation_id = s.organisation_id AND d.platform_id::TEXT = t.territory_id
    WHERE s.partner_id = of_partner AND s.revoked_at IS NULL AND access.today() BETWEEN s.valid_from AND s.valid_to
      AND wanted = ANY (s.scopes) AND p.permission = wanted
      AND t.territory_kind = 'platform' AND (platform IS NULL OR t.territory_id = platform::TEXT)
      AND access.today() BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity'))
$$;

-- Tells whoever made the system, and data protection.
CREATE FUNCTION access.tell_of_partner(of_partner UUID, what TEXT, subject UUID, of_step INT, told JSONB) RETURNS VOID
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO access.notices (to_person, to_control, kind, about, step, details)
  SELECT CASE WHEN who THEN s.made_by END, NOT who, what, subject, of_step, told
  FROM access.partners s, unnest(ARRAY[true, false]) AS who WHERE s.partner_id = of_partner
  ON CONFLICT DO NOTHING
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.my_system(), access.may_of_partner(UUID, TEXT), access.list_partners(),
  access.add_partner(TEXT, UUID, TEXT, TEXT, TEXT[], TEXT[], TEXT[], DATE, DATE, BYTEA, TEXT),
  access.add_partner_secret(UUID, BYTEA, TEXT, INT), access.revoke_partner_secret(UUID, UUID),
  access.revoke_partner(UUID) TO raccroche_app;
GRANT EXECUTE ON FUNCTION access.open_system_session(UUID, BYTEA, BYTEA, TEXT[], INT) TO raccroche_door;
