-- Who consulted a case of the caller's own platform: nothing of a case of others, be it open for three hours.
CREATE FUNCTION cases.consultations(of_case UUID) RETURNS TABLE (day DATE, display_name TEXT, deed TEXT, times INT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT a.day, a.display_name, a.deed, a.times FROM access.consultations_of(of_case) a
  WHERE EXISTS (SELECT FROM cases.cases c WHERE c.case_id = of_case
    AND c.platform_id IN (SELECT access.platforms_for('case.read')))
$$;
REVOKE ALL ON FUNCTION cases.consultations(UUID) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.consultations(UUID) TO raccroche_app;
