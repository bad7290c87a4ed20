-- Somebody moved, or a minor is in urgent need: a case outside of one's zone may be opened for a stated reason, for three
-- hours, to be read. It is kept, and those who answer for the case are told at once.
CREATE POLICY read_when_opened ON cases.cases FOR SELECT TO raccroche_app
  USING (siei = ANY (ARRAY(SELECT access.opened_siei())));

CREATE FUNCTION cases.open_elsewhere(of_siei TEXT, why TEXT, told TEXT)
RETURNS TABLE (opened_case UUID, expires_at TIMESTAMPTZ) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found cases.cases;
BEGIN
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
  PERFORM access.record('case.opened_elsewhere', ARRAY[found.case_id::TEXT], jsonb_build_object('reason', why));
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION cases.open_elsewhere(TEXT, TEXT, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.open_elsewhere(TEXT, TEXT, TEXT) TO raccroche_app;
