-- Which organisations are designated, by which act, and which communes each platform has: read and changed under the
-- caller's own rights.

CREATE FUNCTION access.list_organisations() RETURNS TABLE (organisation_id UUID, kind TEXT, name TEXT, uai TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.organisation_id, o.kind, o.name, o.uai FROM access.organisations o
  WHERE EXISTS (SELECT FROM access.territories_for('designation.read'))
  ORDER BY o.name COLLATE "C", o.organisation_id
$$;

CREATE FUNCTION access.add_organisation(of_kind TEXT, with_name TEXT, with_uai TEXT) RETURNS UUID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE made UUID;
BEGIN
  IF NOT EXISTS (SELECT FROM access.territories_for('designation.write')) THEN
    PERFORM access.refuse('RA003', 'Vous n’avez pas ce droit.');
  END IF;
  PERFORM access.require_second_factor();
  INSERT INTO access.organisations (kind, name, uai) VALUES (of_kind, with_name, with_uai)
  RETURNING organisation_id INTO made;
  PERFORM access.record('organisation.added', ARRAY[made::TEXT], '{}');
  RETURN made;
END $$;

CREATE FUNCTION access.list_designations(of_platform UUID) RETURNS TABLE (
  designation_id UUID, organisation_id UUID, organisation TEXT, authority TEXT, act_reference TEXT, signed_on DATE,
  valid_from DATE, valid_to DATE
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  IF NOT access.may('designation.read', 'platform', of_platform::TEXT) THEN
    PERFORM access.refuse('RA005', 'Cette plateforme n’existe pas, ou vous n’y avez pas accès.');
  END IF;
  RETURN QUERY
    SELECT d.designation_id, d.organisation_id, o.name, d.authority, d.act_reference, d.signed_on, d.valid_from, d.valid_to
    FROM access.designations d JOIN access.organisations o USING (organisation_id)
    WHERE d.platform_id = of_platform ORDER BY d.valid_from, d.designation_id;
END $$;

-- An act of the région (L.313-7, since 2015). Those of the préfets are of the past: they are put in by hand, once.
CREATE FUNCTION access.designate(
  for_platform UUID, organisation UUID, reference TEXT, signed DATE, starts DATE, ends DATE
) RETURNS UUID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE made UUID;
BEGIN
  IF NOT access.may('designation.write', 'platform', for_platform::TEXT) THEN
    PERFORM access.refuse('RA005', 'Cette plateforme n’existe pas, ou vous n’y avez pas accès.');
  END IF;
  PERFORM access.require_second_factor();
  IF NOT EXISTS (SELECT FROM access.organisations o WHERE o.organisation_id = organisation) THEN
    PERFORM access.refuse('RA004', 'Cette organisation n’existe pas.');
  END IF;
  IF signed < '2015-01-01' OR signed > access.today() OR starts < signed OR ends < starts THEN
    PERFORM access.refuse('RA004', 'L’acte est signé, par la région donc depuis 2015, avant de valoir ; et il vaut avant de finir.');
  END IF;
  INSERT INTO access.designations (platform_id, organisation_id, authority, act_reference, signed_on, valid_from, valid_to)
  VALUES (for_platform, organisation, 'region', reference, signed, starts, ends) RETURNING designation_id INTO made;
  PERFORM access.record('designation.made', ARRAY[made::TEXT, for_platform::TEXT],
    jsonb_build_object('organisation', organisation));
  RETURN made;
END $$;

-- The last day, today or later, or yesterday to withdraw it at once: rights under it stop with it.
CREATE FUNCTION access.end_designation(of_designation UUID, last_day DATE) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found access.designations;
BEGIN
  SELECT * INTO found FROM access.designations d WHERE d.designation_id = of_designation FOR UPDATE;
  IF found.designation_id IS NULL OR NOT access.may('designation.write', 'platform', found.platform_id::TEXT) THEN
    PERFORM access.refuse('RA005', 'Cette désignation n’existe pas, ou ne dépend pas de vous.');
  END IF;
  PERFORM access.require_second_factor();
  IF last_day < access.today() - 1 OR last_day < found.valid_from OR found.valid_to < access.today() THEN
    PERFORM access.refuse('RA004', 'Ce qui a valu a valu : une désignation finit au plus tôt hier, et pas avant d’avoir commencé.');
  END IF;
  UPDATE access.designations d SET valid_to = last_day WHERE d.designation_id = of_designation;
  PERFORM access.record('designation.ended', ARRAY[of_designation::TEXT, found.platform_id::TEXT],
    jsonb_build_object('last_day', last_day));
END $$;

CREATE FUNCTION access.zone_of(of_platform UUID) RETURNS TABLE (commune TEXT, valid_from DATE, valid_to DATE)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  IF NOT access.may('zone.read', 'platform', of_platform::TEXT) THEN
    PERFORM access.refuse('RA005', 'Cette plateforme n’existe pas, ou vous n’y avez pas accès.');
  END IF;
  RETURN QUERY SELECT z.commune, z.valid_from, z.valid_to FROM access.zones z WHERE z.platform_id = of_platform
    ORDER BY z.commune COLLATE "C", z.valid_from;
END $$;

-- From a day on, some communes come to a platform and others leave it. A commune that comes leaves the platform that had it,
-- which must be the caller's to change too. Past days are never rewritten.
CREATE FUNCTION access.change_zone(of_platform UUID, since DATE, coming TEXT[], leaving TEXT[]) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  taken UUID[];
  gone INT;
BEGIN
  IF NOT access.may('zone.write', 'platform', of_platform::TEXT) THEN
    PERFORM access.refuse('RA005', 'Cette plateforme n’existe pas, ou vous n’y avez pas accès.');
  END IF;
  PERFORM access.require_second_factor();
  IF since < access.today() THEN
    PERFORM access.refuse('RA004', 'Une zone change au plus tôt aujourd’hui.');
  END IF;
  SELECT array_agg(DISTINCT z.platform_id) INTO taken FROM access.zones z
  WHERE z.commune = ANY (coming) AND coalesce(z.valid_to, 'infinity') >= since;
  IF EXISTS (SELECT FROM unnest(taken) t WHERE NOT access.may('zone.write', 'platform', t::TEXT)) THEN
    PERFORM access.refuse('RA003', 'Une de ces communes est à une plateforme que vous ne pouvez pas changer.');
  END IF;
  SELECT count(DISTINCT z.commune) INTO gone FROM access.zones z
  WHERE z.platform_id = of_platform AND z.commune = ANY (leaving) AND since BETWEEN z.valid_from AND coalesce(z.valid_to, 'infinity');
  IF gone < (SELECT count(DISTINCT c) FROM unnest(leaving) c) THEN
    PERFORM access.refuse('RA004', 'Une de ces communes n’est pas à cette plateforme ce jour-là.');
  END IF;
  -- What would begin later gives way; what runs stops the day before; what began that very day never was.
  DELETE FROM access.zones z WHERE z.valid_from >= since
    AND (z.commune = ANY (coming) OR (z.platform_id = of_platform AND z.commune = ANY (leaving)));
  UPDATE access.zones z SET valid_to = since - 1 WHERE coalesce(z.valid_to, 'infinity') >= since
    AND (z.commune = ANY (coming) OR (z.platform_id = of_platform AND z.commune = ANY (leaving)));
  INSERT INTO access.zones (platform_id, commune, valid_from) SELECT DISTINCT of_platform, c, since FROM unnest(coming) c;
  PERFORM access.record('zone.changed', ARRAY[of_platform::TEXT],
    jsonb_build_object('since', since, 'coming', to_jsonb(coming), 'leaving', to_jsonb(leaving)));
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.list_organisations(), access.add_organisation(TEXT, TEXT, TEXT),
  access.list_designations(UUID), access.designate(UUID, UUID, TEXT, DATE, DATE, DATE),
  access.end_designation(UUID, DATE), access.zone_of(UUID), access.change_zone(UUID, DATE, TEXT[], TEXT[]) TO raccroche_app;
