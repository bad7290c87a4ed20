-- The number of somebody whom no list told is drawn until it is nobody's: two in four billion may be the same, and the person who
-- signals has done nothing wrong.
CREATE FUNCTION cases.draw_number() RETURNS TEXT LANGUAGE sql VOLATILE SET search_path = pg_catalog AS
  $$ SELECT 'SIGN' || upper(left(replace(gen_random_uuid()::TEXT, '-', ''), 8)) $$;
CREATE FUNCTION cases.free_number() RETURNS TEXT LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
DECLARE drawn TEXT;
BEGIN
  LOOP
    drawn := cases.draw_number();
    EXIT WHEN NOT EXISTS (SELECT FROM cases.cases c WHERE c.siei = drawn);
  END LOOP;
  RETURN drawn;
END $$;
REVOKE ALL ON FUNCTION cases.draw_number(), cases.free_number() FROM PUBLIC;

-- Who answers for several schools says which one tells of somebody: none is taken in its place. The number is one that is free.
CREATE OR REPLACE FUNCTION cases.signal(who JSONB, origin TEXT, own_platform UUID, day DATE) RETURNS UUID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  caller UUID := access.actor();
  school TEXT := (SELECT min(e) FROM access.establishments_for('case.signal') AS e);
  place UUID := own_platform;
  commune TEXT := who ->> 'commune';
  department TEXT;
  key_place TEXT;
  made UUID;
BEGIN
  IF caller IS NULL OR (own_platform IS NULL AND school IS NULL)
    OR (own_platform IS NOT NULL AND own_platform <> ALL (ARRAY(SELECT access.platforms_for('case.signal')))) THEN
    RAISE EXCEPTION 'no right to open a case' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF own_platform IS NULL AND (SELECT count(DISTINCT e) FROM access.establishments_for('case.signal') AS e) > 1 THEN
    PERFORM access.refuse('RA004', 'Vous répondez de plusieurs établissements : dites lequel signale.');
  END IF;
  IF own_platform IS NULL THEN
    SELECT z.platform_id INTO place FROM access.zones z
    WHERE z.commune = who ->> 'commune' AND day BETWEEN z.valid_from AND coalesce(z.valid_to, 'infinity');
  END IF;
  department := coalesce((SELECT p.department FROM access.platforms p WHERE p.platform_id = place),
    CASE WHEN commune LIKE '97%' THEN left(commune, 3) ELSE left(commune, 2) END);
  key_place := coalesce(place::TEXT, department);
  INSERT INTO cases.cases (siei, platform_id, department, origin_uai, family_name, usage_name, first_names, sort_name,
    birth_date, verification, contact, pathway, obligation, listed, delisted_reason, opened_on, commune, left_on, has_phone,
    confirmed_on)
  SELECT cases.free_number(), place, department,
    CASE WHEN own_platform IS NULL THEN school END, who ->> 'familyName', who ->> 'usageName',
    ARRAY(SELECT jsonb_array_elements_text(who -> 'firstNames')), who ->> 'sortName', (who ->> 'birthDate')::DATE,
    CASE WHEN origin = 'walk_in' THEN 'confirmed' ELSE 'to_verify' END,
    CASE WHEN origin = 'walk_in' THEN 'reached' ELSE 'to_contact' END, 'not_started',
    CASE WHEN (who ->> 'minor')::BOOLEAN THEN 'not_met' END, false, 'signalled', day, commune, (who ->> 'leftOn')::DATE,
    jsonb_array_length(who -> 'phones') > 0, CASE WHEN origin = 'walk_in' THEN day END
  RETURNING case_id INTO made;
  INSERT INTO cases.name_words (case_id, word, sound, place)
    SELECT made, w ->> 'word', w ->> 'sound', key_place
    FROM jsonb_array_elements(who -> 'words') AS w;
  INSERT INTO cases.phone_keys (case_id, phone, place)
    SELECT made, p ->> 'key', key_place
    FROM jsonb_array_elements(who -> 'phones') AS p ON CONFLICT DO NOTHING;
  INSERT INTO cases.events (case_id, kind, happened_at, actor, details, case_version)
    VALUES (made, 'signalled', now(), caller, jsonb_build_object('origin', origin), 1);
  INSERT INTO cases.contact_marks (case_id, case_version, kind, value, mark, marked_on)
    SELECT made, 1, 'phone', p ->> 'value', 'added', day FROM jsonb_array_elements(who -> 'phones') AS p LIMIT 1;
  IF place IS NOT NULL AND own_platform IS NULL THEN
    INSERT INTO cases.notices (case_id, platform_id, kind, asked_by) VALUES (made, place, 'signalled', caller);
  END IF;
  PERFORM access.record('case.signalled', ARRAY[made::TEXT], jsonb_build_object('origin', origin));
  RETURN made;
END $$;
