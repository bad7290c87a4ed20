-- Who is not on a list and is to be followed; who is followed elsewhere; what the platform is told; what was answered before.
CREATE INDEX cases_by_birth ON cases.cases (birth_date, sort_name);

-- A look-up over the whole country, kept to count them and to let the owner be asked. The caller never sees the case.
CREATE TABLE cases.findings (
  finding_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id UUID NOT NULL REFERENCES access.people,
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  found UUID[] NOT NULL
);
CREATE INDEX findings_of ON cases.findings (person_id, at);

-- What the people of a platform are told of a case of theirs.
CREATE TABLE cases.notices (
  notice_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases.cases,
  platform_id UUID NOT NULL REFERENCES access.platforms,
  kind TEXT NOT NULL CHECK (kind IN ('found', 'access_asked', 'transfer_asked', 'signalled')),
  asked_by UUID NOT NULL REFERENCES access.people,
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  seen_by UUID REFERENCES access.people,
  seen_at TIMESTAMPTZ
);
CREATE INDEX notices_unseen ON cases.notices (platform_id, notice_id) WHERE seen_at IS NULL;

-- The answer to a request that bore a key: the same request again is answered alike, and not done twice.
CREATE TABLE cases.answers (
  person_id UUID NOT NULL REFERENCES access.people,
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 100),
  request_sha256 TEXT NOT NULL,
  answer JSONB NOT NULL,
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (person_id, key)
);
CREATE INDEX answers_by_age ON cases.answers (at);

ALTER TABLE cases.findings ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.answers ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_in_territory ON cases.notices FOR SELECT TO raccroche_app
  USING (platform_id = ANY (ARRAY(SELECT access.platforms_for('case.read'))));
CREATE POLICY see_in_territory ON cases.notices FOR UPDATE TO raccroche_app
  USING (platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act'))))
  WITH CHECK (seen_by = access.actor());
CREATE POLICY own ON cases.answers TO raccroche_app
  USING (person_id = access.actor()) WITH CHECK (person_id = access.actor());
GRANT SELECT ON cases.notices TO raccroche_app;
GRANT UPDATE (seen_by, seen_at) ON cases.notices TO raccroche_app;
GRANT SELECT, INSERT, DELETE ON cases.answers TO raccroche_app;

-- Finding without seeing: exact names and birth date over the whole country answer who follows, and nothing else. Thirty
-- a day and person; in the trail; whoever follows is told. `names`: as `sort_name`, family name and first name at least.
CREATE FUNCTION cases.find_elsewhere(names TEXT, birth DATE)
RETURNS TABLE (finding_id BIGINT, platform_id UUID, platform_name TEXT, department TEXT, own_case UUID)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  caller UUID := access.actor();
  ids UUID[];
  finding BIGINT;
BEGIN
  IF caller IS NULL OR NOT EXISTS (SELECT FROM access.territories_for('case.signal')) THEN
    RAISE EXCEPTION 'no right to look for somebody' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF position(' ' IN names) = 0 THEN
    RAISE EXCEPTION 'a family name and a first name' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(caller::TEXT, 7271638));
  IF (SELECT count(*) FROM cases.findings f WHERE f.person_id = caller AND f.at > now() - INTERVAL '1 day') >= 30 THEN
    RAISE EXCEPTION 'too many look-ups today' USING ERRCODE = 'RC429';
  END IF;
  ids := ARRAY(SELECT c.case_id FROM cases.cases c
    WHERE c.birth_date = birth AND starts_with(c.sort_name || ' ', names || ' ') ORDER BY c.case_id LIMIT 10);
  INSERT INTO cases.findings (person_id, found) VALUES (caller, ids) RETURNING findings.finding_id INTO finding;
  INSERT INTO cases.notices (case_id, platform_id, kind, asked_by)
    SELECT c.case_id, c.platform_id, 'found', caller FROM cases.cases c
    WHERE c.case_id = ANY (ids) AND c.platform_id IS NOT NULL
      AND c.platform_id <> ALL (ARRAY(SELECT access.platforms_for('case.read')));
  PERFORM access.record('case.looked_for', ids::TEXT[], jsonb_build_object('found', cardinality(ids)));
  RETURN QUERY SELECT finding, c.platform_id, p.name, c.department,
      CASE WHEN c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.read'))) THEN c.case_id END
    FROM cases.cases c LEFT JOIN access.platforms p ON p.platform_id = c.platform_id
    WHERE c.case_id = ANY (ids) ORDER BY c.case_id;
END $$;

-- Asks whoever follows those of one's own look-up of the day for access, or for the transfer. Gives how many were asked.
CREATE FUNCTION cases.ask_owner(finding BIGINT, wanted TEXT) RETURNS INT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  caller UUID := access.actor();
  ids UUID[];
  asked INT;
BEGIN
  SELECT f.found INTO ids FROM cases.findings f
  WHERE f.finding_id = finding AND f.person_id = caller AND f.at > now() - INTERVAL '1 day';
  IF ids IS NULL THEN RETURN 0; END IF;
  INSERT INTO cases.notices (case_id, platform_id, kind, asked_by)
    SELECT c.case_id, c.platform_id, wanted || '_asked', caller FROM cases.cases c
    WHERE c.case_id = ANY (ids) AND c.platform_id IS NOT NULL
      AND c.platform_id <> ALL (ARRAY(SELECT access.platforms_for('case.read')))
      AND NOT EXISTS (SELECT FROM cases.notices n WHERE n.case_id = c.case_id AND n.asked_by = caller
        AND n.kind = wanted || '_asked' AND n.seen_at IS NULL);
  GET DIAGNOSTICS asked = ROW_COUNT;
  PERFORM access.record('case.' || wanted || '_asked', ids::TEXT[], '{}');
  RETURN asked;
END $$;

-- Opens a case that no list told: a school for a former pupil, on the platform of the commune; a caseworker for who walks in,
-- on a platform of theirs. `who`: names, words with their sounds, telephones, as the program normalises them.
CREATE FUNCTION cases.signal(who JSONB, origin TEXT, own_platform UUID, day DATE) RETURNS UUID
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
  SELECT 'SIGN' || upper(left(replace(gen_random_uuid()::TEXT, '-', ''), 8)), place, department,
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

REVOKE ALL ON FUNCTION cases.find_elsewhere(TEXT, DATE), cases.ask_owner(BIGINT, TEXT),
  cases.signal(JSONB, TEXT, UUID, DATE) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.find_elsewhere(TEXT, DATE), cases.ask_owner(BIGINT, TEXT),
  cases.signal(JSONB, TEXT, UUID, DATE) TO raccroche_app;
