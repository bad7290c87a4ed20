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
