-- What whoever follows somebody grants to who asked is an opening too: to be read, for some days, kept like the others.
ALTER TABLE access.openings DROP CONSTRAINT openings_reason_check;
ALTER TABLE access.openings ADD CONSTRAINT openings_reason_check
  CHECK (reason IN ('moved', 'urgent_minor', 'granted', 'former_referent'));

-- Called by the module that knows the cases, once it has looked at who grants; by nobody else.
CREATE FUNCTION access.open_for(who UUID, of_siei TEXT, of_platform UUID, why TEXT, told TEXT, days INT) RETURNS TIMESTAMPTZ
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO access.openings (person_id, siei, platform_id, reason, statement, expires_at)
  VALUES (who, of_siei, of_platform, why, told, now() + make_interval(days => days)) RETURNING expires_at
$$;

-- Could this person open a case outside of their zone at all?
CREATE FUNCTION access.may_be_opened_for(who UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
  $$ SELECT EXISTS (SELECT FROM access.rights_of(who) r WHERE r.permission = 'case.open_elsewhere') $$;

-- One notice, to a person or to those who answer for a platform; what was told already is not told again.
CREATE FUNCTION access.tell(person UUID, platform UUID, of_kind TEXT, of_what UUID, with_details JSONB) RETURNS VOID
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO access.notices (to_person, to_platform, kind, about, details)
  VALUES (person, platform, of_kind, of_what, with_details) ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION access.name_of(who UUID) RETURNS TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
  $$ SELECT p.display_name FROM access.people p WHERE p.person_id = who $$;

REVOKE ALL ON FUNCTION access.open_for(UUID, TEXT, UUID, TEXT, TEXT, INT), access.may_be_opened_for(UUID),
  access.tell(UUID, UUID, TEXT, UUID, JSONB), access.name_of(UUID) FROM PUBLIC;
