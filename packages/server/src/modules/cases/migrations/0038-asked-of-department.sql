-- A case whose commune is in no zone has no platform to be asked: whoever coordinates its département is, and answers.

-- Asks whoever answers for those of one's own look-up of the day. Gives how many were asked, and the départements whose coordination
-- was asked for want of a platform.
DROP FUNCTION cases.ask_owner(BIGINT, TEXT, UUID);
CREATE FUNCTION cases.ask_owner(finding BIGINT, wanted TEXT, place UUID, OUT asked INT, OUT departments TEXT[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  caller UUID := access.actor();
  mine UUID[] := ARRAY(SELECT access.platforms_for('case.act'));
  ids UUID[];
BEGIN
  IF place IS NOT NULL AND place <> ALL (mine) THEN
    PERFORM access.refuse('RA003', 'Cette plateforme n’est pas la vôtre.');
  END IF;
  place := coalesce(place, CASE WHEN cardinality(mine) = 1 THEN mine[1] END);
  IF wanted = 'transfer' AND place IS NULL THEN
    PERFORM access.refuse('RA004', 'Un transfert se demande pour une plateforme où vous suivez des jeunes : dites laquelle.');
  END IF;
  asked := 0;
  departments := '{}';
  SELECT f.found INTO ids FROM cases.findings f
  WHERE f.finding_id = finding AND f.person_id = caller AND f.at > now() - INTERVAL '1 day';
  IF ids IS NULL THEN RETURN; END IF;
  ids := ARRAY(SELECT c.case_id FROM cases.cases c
    WHERE c.case_id = ANY (ids)
      AND (c.platform_id IS NULL OR c.platform_id <> ALL (ARRAY(SELECT access.platforms_for('case.read'))))
      AND NOT EXISTS (SELECT FROM cases.requests r WHERE r.case_id = c.case_id AND r.asked_by = caller
        AND r.wanted = ask_owner.wanted AND r.answer IS NULL)
    ORDER BY c.case_id);
  INSERT INTO cases.requests (case_id, asked_by, wanted, to_platform, expires_on)
    SELECT c, caller, ask_owner.wanted, place, access.today() + 14 FROM unnest(ids) AS c;
  INSERT INTO cases.notices (case_id, platform_id, kind, asked_by)
    SELECT c.case_id, c.platform_id, ask_owner.wanted || '_asked', caller FROM cases.cases c
    WHERE c.case_id = ANY (ids) AND c.platform_id IS NOT NULL;
  PERFORM access.tell(h.holder, NULL, 'request_to_department', r.request_id,
    jsonb_build_object('wanted', r.wanted, 'caseId', r.case_id, 'person', caller))
  FROM cases.requests r JOIN cases.cases c USING (case_id)
  JOIN access.holders h ON h.territory_kind = 'department' AND h.territory_id = c.department
  JOIN access.permissions q ON q.role = h.role AND q.territory_kind = h.territory_kind AND q.permission = 'case.assign'
  WHERE c.case_id = ANY (ids) AND c.platform_id IS NULL
    AND r.asked_by = caller AND r.wanted = ask_owner.wanted AND r.answer IS NULL;
  PERFORM access.record('case.' || wanted || '_asked', ids::TEXT[], '{}');
  asked := cardinality(ids);
  departments := ARRAY(SELECT DISTINCT c.department FROM cases.cases c
    WHERE c.case_id = ANY (ids) AND c.platform_id IS NULL ORDER BY 1);
END $$;

-- What waits for an answer of the coordination of the caller's départements, the oldest first: a page, after that request.
CREATE FUNCTION cases.department_requests(after UUID, most INT) RETURNS TABLE (
  request_id UUID, wanted TEXT, case_id UUID, version INT, family_name TEXT, first_names TEXT[], asked_on DATE,
  expires_on DATE, asked_by TEXT, for_platform TEXT
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT r.request_id, r.wanted, c.case_id, c.version, c.family_name, c.first_names, r.asked_on, r.expires_on,
    access.name_of(r.asked_by), p.name
  FROM cases.requests r JOIN cases.cases c USING (case_id) LEFT JOIN access.platforms p ON p.platform_id = r.to_platform
  LEFT JOIN cases.requests a ON a.request_id = after
  WHERE r.answer IS NULL AND r.expires_on >= access.today() AND c.platform_id IS NULL
    AND c.department IN (SELECT access.departments_for('case.assign'))
    AND (after IS NULL OR (r.asked_on, r.request_id) > (a.asked_on, after))
  ORDER BY r.asked_on, r.request_id LIMIT most
$$;

-- Answers as the coordination: access to be read for some days, or no, with a reason. It follows nobody and hands nothing over: a
-- commune goes to a platform by its zone.
CREATE FUNCTION cases.answer_for_department(asked UUID, verdict TEXT, why TEXT, days INT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  request cases.requests;
  found cases.cases;
BEGIN
  SELECT * INTO request FROM cases.requests r
  WHERE r.request_id = asked AND r.answer IS NULL AND r.expires_on >= access.today() FOR UPDATE;
  SELECT * INTO found FROM cases.cases c
  WHERE c.case_id = request.case_id AND c.platform_id IS NULL
    AND c.department IN (SELECT access.departments_for('case.assign'));
  IF found.case_id IS NULL THEN
    PERFORM access.refuse('RA005', 'Cette demande n’existe pas, a déjà sa réponse, ou n’est pas pour vous.');
  END IF;
  IF request.asked_by = access.actor() THEN
    PERFORM access.refuse('RA004', 'Nul ne répond à sa propre demande.');
  END IF;
  IF verdict = 'granted' THEN
    IF request.wanted = 'transfer' THEN
      PERFORM access.refuse('RA004', 'Sa commune n’est dans la zone d’aucune plateforme : c’est en l’y mettant que le dossier la rejoint. Faites changer la zone, ou refusez en disant de vous appeler.');
    END IF;
    IF privacy.is_restricted(found.case_id) THEN
      PERFORM access.refuse('RA004', 'La personne a fait limiter l’usage de ses données : rien ne peut être accordé.');
    END IF;
    IF NOT access.may_be_opened_for(request.asked_by) THEN
      PERFORM access.refuse('RA004', 'Qui demande ne suit de jeunes sur aucune plateforme : répondez autrement.');
    END IF;
    PERFORM access.open_for(request.asked_by, found.siei, NULL, 'granted', 'Accordé par la coordination du département.', days);
  END IF;
  UPDATE cases.requests r SET answer = verdict, reason = why, answered_by = access.actor(), answered_at = now()
  WHERE r.request_id = asked;
  PERFORM access.tell(request.asked_by, NULL, 'request_' || verdict, asked, jsonb_strip_nulls(jsonb_build_object(
    'wanted', request.wanted, 'reason', why, 'caseId', CASE WHEN verdict = 'granted' THEN request.case_id END)));
  PERFORM access.record('case.request_' || verdict, ARRAY[request.case_id::TEXT],
    jsonb_strip_nulls(jsonb_build_object('wanted', request.wanted, 'reason', why, 'days', days)));
END $$;

-- The same look-up, which tells as well that a case is closed: there is somebody to ask, who follows them no longer.
DROP FUNCTION cases.find_elsewhere(TEXT, DATE);
CREATE FUNCTION cases.find_elsewhere(names TEXT, birth DATE)
RETURNS TABLE (finding_id BIGINT, platform_id UUID, platform_name TEXT, department TEXT, own_case UUID, closed BOOLEAN)
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
    WHERE c.birth_date = birth AND starts_with(c.sort_name || ' ', names || ' ')
      AND c.merged_into IS NULL ORDER BY c.case_id LIMIT 10);
  INSERT INTO cases.findings (person_id, found) VALUES (caller, ids) RETURNING findings.finding_id INTO finding;
  INSERT INTO cases.notices (case_id, platform_id, kind, asked_by)
    SELECT c.case_id, c.platform_id, 'found', caller FROM cases.cases c
    WHERE c.case_id = ANY (ids) AND c.platform_id IS NOT NULL
      AND c.platform_id <> ALL (ARRAY(SELECT access.platforms_for('case.read')));
  PERFORM access.record('case.looked_for', ids::TEXT[], jsonb_build_object('found', cardinality(ids)));
  RETURN QUERY SELECT finding, c.platform_id, p.name, c.department,
      CASE WHEN c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.read'))) THEN c.case_id END,
      c.pathway = 'closed'
    FROM cases.cases c LEFT JOIN access.platforms p ON p.platform_id = c.platform_id
    WHERE c.case_id = ANY (ids) ORDER BY c.case_id;
END $$;
REVOKE ALL ON FUNCTION cases.ask_owner(BIGINT, TEXT, UUID), cases.department_requests(UUID, INT),
  cases.answer_for_department(UUID, TEXT, TEXT, INT), cases.find_elsewhere(TEXT, DATE) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.ask_owner(BIGINT, TEXT, UUID), cases.department_requests(UUID, INT),
  cases.answer_for_department(UUID, TEXT, TEXT, INT), cases.find_elsewhere(TEXT, DATE) TO raccroche_app;
