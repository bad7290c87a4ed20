-- What a préfet signed, until 2014, is registered like what a région signs since 2015 (L.313-7): the day of signature says whose act
-- it is. Who registers it is the région all the same, under its own right and in the trail.
CREATE OR REPLACE FUNCTION access.designate(
  for_platform UUID, organisation UUID, reference TEXT, signed DATE, starts DATE, ends DATE
) RETURNS UUID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  made UUID;
  whose TEXT := CASE WHEN signed < '2015-01-01' THEN 'prefet' ELSE 'region' END;
BEGIN
  IF NOT access.may('designation.write', 'platform', for_platform::TEXT) THEN
    PERFORM access.refuse('RA005', 'Cette plateforme n’existe pas, ou vous n’y avez pas accès.');
  END IF;
  PERFORM access.require_second_factor();
  IF NOT EXISTS (SELECT FROM access.organisations o WHERE o.organisation_id = organisation) THEN
    PERFORM access.refuse('RA004', 'Cette organisation n’existe pas.');
  END IF;
  IF signed > access.today() OR starts < signed OR ends < starts THEN
    PERFORM access.refuse('RA004', 'L’acte est signé avant de valoir, et il vaut avant de finir.');
  END IF;
  INSERT INTO access.designations (platform_id, organisation_id, authority, act_reference, signed_on, valid_from, valid_to)
  VALUES (for_platform, organisation, whose, reference, signed, starts, ends) RETURNING designation_id INTO made;
  PERFORM access.record('designation.made', ARRAY[made::TEXT, for_platform::TEXT],
    jsonb_build_object('organisation', organisation, 'authority', whose));
  RETURN made;
END $$;
