-- Who somebody is, where they work, what their designation lets them see. Every right has dates.
CREATE SCHEMA access;

CREATE TABLE access.people (
  person_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  display_name TEXT NOT NULL,
  email TEXT NOT NULL CHECK (email = lower(email)),
  -- Whom the identity provider knows: issuer and subject, never the e-mail.
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  UNIQUE (issuer, subject)
);

CREATE TABLE access.organisations (
  organisation_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  uai TEXT
);

CREATE TABLE access.platforms (
  platform_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  department TEXT NOT NULL,
  region TEXT NOT NULL
);

-- The zone of a platform: communes, each for a time (last day included; none: until further notice).
CREATE TABLE access.zones (
  platform_id UUID NOT NULL REFERENCES access.platforms,
  commune TEXT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE CHECK (valid_to >= valid_from),
  PRIMARY KEY (commune, valid_from)
);
CREATE FUNCTION access.refuse_shared_commune() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (
    SELECT FROM access.zones z WHERE z.commune = NEW.commune AND z.ctid <> NEW.ctid
      AND daterange(z.valid_from, z.valid_to, '[]') && daterange(NEW.valid_from, NEW.valid_to, '[]')
  ) THEN
    RAISE EXCEPTION 'commune % belongs to a platform on these days', NEW.commune USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER one_platform_a_day AFTER INSERT OR UPDATE ON access.zones
  FOR EACH ROW EXECUTE FUNCTION access.refuse_shared_commune();

-- An act of the competent authority: the préfet until 2014, the président of the région since 2015 (L.313-7).
-- Without one in force an organisation receives no list.
CREATE TABLE access.designations (
  designation_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  platform_id UUID NOT NULL REFERENCES access.platforms,
  organisation_id UUID NOT NULL REFERENCES access.organisations,
  authority TEXT NOT NULL CHECK (authority IN ('prefet', 'region')),
  act_reference TEXT NOT NULL,
  signed_on DATE NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE CHECK (valid_to >= valid_from),
  CHECK ((authority = 'prefet') = (signed_on < DATE '2015-01-01')),
  CHECK (valid_from >= signed_on)
);
CREATE INDEX designations_of ON access.designations (organisation_id, platform_id);

-- The one table of rights, as the contract has it (written by `db migrate`).
CREATE TABLE access.permissions (
  role TEXT NOT NULL,
  territory_kind TEXT NOT NULL,
  purpose TEXT NOT NULL,
  permission TEXT NOT NULL,
  PRIMARY KEY (role, territory_kind, purpose, permission)
);

-- A role over a territory, held by a person for an organisation, for a time, until it is revoked.
CREATE TABLE access.memberships (
  membership_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id UUID NOT NULL REFERENCES access.people,
  organisation_id UUID NOT NULL REFERENCES access.organisations,
  role TEXT NOT NULL,
  territory_kind TEXT NOT NULL CHECK (territory_kind IN ('platform', 'establishment', 'department', 'region', 'nation')),
  territory_id TEXT NOT NULL,          -- platform id, UAI, département, région, or FR
  valid_from DATE NOT NULL,
  valid_to DATE CHECK (valid_to >= valid_from),
  confirmed_on DATE,                   -- the last periodic confirmation
  revoked_at TIMESTAMPTZ,
  revoked_by UUID REFERENCES access.people
);
CREATE INDEX memberships_of ON access.memberships (person_id);
CREATE INDEX memberships_over ON access.memberships (territory_kind, territory_id);

-- An invitation waits for the person; only a hash of what they must show is kept.
CREATE TABLE access.invitations (
  invitation_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  token_hash BYTEA NOT NULL UNIQUE,
  email TEXT NOT NULL CHECK (email = lower(email)),
  organisation_id UUID NOT NULL REFERENCES access.organisations,
  role TEXT NOT NULL,
  territory_kind TEXT NOT NULL,
  territory_id TEXT NOT NULL,
  valid_to DATE,
  invited_by UUID NOT NULL REFERENCES access.people,
  expires_at TIMESTAMPTZ NOT NULL,
  accepted_at TIMESTAMPTZ,
  revoked_at TIMESTAMPTZ
);

-- A signed-in person. Only a hash of the token is kept: whoever reads the base cannot take a session over.
CREATE TABLE access.sessions (
  token_hash BYTEA PRIMARY KEY,
  person_id UUID NOT NULL REFERENCES access.people,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ
);
CREATE INDEX sessions_of ON access.sessions (person_id);
