-- Whoever found somebody elsewhere may open their case by the look-up itself, which tells no number. Opening asks for a second
-- factor, whatever the route does.
CREATE OR REPLACE FUNCTION cases.open_elsewhere(of_siei TEXT, why TEXT, told TEXT)
RETURNS TABLE (opened_case UUID, expires_at TIMESTAMPTZ) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found cases.cases;
BEGIN
  PERFORM access.require_second_factor();
  SELECT * INTO found FROM cases.cases c WHERE c.siei = of_siei;
  IF found.case_id IS NULL THEN
    RAISE EXCEPTION 'Aucun dossier ne porte ce numéro.' USING ERRCODE = 'RA005';
  END IF;
  IF found.platform_id IN (SELECT access.platforms_for('case.read'))
    OR (found.platform_id IS NULL AND found.department IN (SELECT access.departments_for('case.read'))) THEN
    RAISE EXCEPTION 'Ce dossier est dans votre territoire : ouvrez-le simplement.' USING ERRCODE = 'RA004';
  END IF;
  IF why = 'urgent_minor' AND found.birth_date <= access.today() - INTERVAL '18 years' THEN
    RAISE EXCEPTION 'Cette personne est majeure.' USING ERRCODE = 'RA004';
  END IF;
  opened_case := found.case_id;
  expires_at := access.open_elsewhere(of_siei, found.platform_id, why, told);
  -- Nobody answers for a commune of no zone but who sees the whole département.
  IF found.platform_id IS NULL THEN
    INSERT INTO access.notices (to_person, kind, about, details)
    SELECT DISTINCT h.holder, 'case_opened_elsewhere', o.opening_id,
      jsonb_build_object('siei', of_siei, 'reason', why, 'person', o.person_id)
    FROM access.holders h JOIN access.permissions q USING (role, territory_kind)
    CROSS JOIN (SELECT p.opening_id, p.person_id FROM access.openings p
      WHERE p.person_id = access.actor() AND p.siei = of_siei ORDER BY p.opened_at DESC LIMIT 1) o
    WHERE h.territory_kind = 'department' AND h.territory_id = found.department AND q.permission = 'case.read'
    ON CONFLICT DO NOTHING;
  END IF;
  PERFORM access.record('case.opened_elsewhere', ARRAY[found.case_id::TEXT], jsonb_build_object('reason', why));
  RETURN NEXT;
END $$;

-- The same for one of those whom the caller's own look-up of the day found. `place`: which of them, from 0, in the order in which
-- they were told.
CREATE FUNCTION cases.open_found(finding BIGINT, place INT, why TEXT, told TEXT)
RETURNS TABLE (opened_case UUID, expires_at TIMESTAMPTZ) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE of_siei TEXT;
BEGIN
  SELECT c.siei INTO of_siei FROM cases.findings f JOIN cases.cases c ON c.case_id = f.found[place + 1]
  WHERE f.finding_id = finding AND f.person_id = access.actor() AND f.at > now() - INTERVAL '1 day';
  IF of_siei IS NULL THEN
    PERFORM access.refuse('RA005', 'Cette recherche n’est pas la vôtre, ou date de plus d’un jour : cherchez de nouveau.');
  END IF;
  RETURN QUERY SELECT * FROM cases.open_elsewhere(of_siei, why, told);
END $$;
REVOKE ALL ON FUNCTION cases.open_found(BIGINT, INT, TEXT, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.open_found(BIGINT, INT, TEXT, TEXT) TO raccroche_app;

-- A case that was joined to another is found under that one alone.
CREATE OR REPLACE FUNCTION cases.find_elsewhere(names TEXT, birth DATE)
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
    WHERE c.birth_date = birth AND starts_with(c.sort_name || ' ', names || ' ')
      AND c.merged_into IS NULL ORDER BY c.case_id LIMIT 10);
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
