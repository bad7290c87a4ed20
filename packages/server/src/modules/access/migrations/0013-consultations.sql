-- « Qui a consulté ce dossier ? » for those who work on it: by person, day and deed. Being shown in a list is not a consultation. Called by the module that knows whose the case is, and by nobody else.
CREATE FUNCTION access.consultations_of(of_case UUID) RETURNS TABLE (day DATE, display_name TEXT, deed TEXT, times INT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT (e.at AT TIME ZONE 'Europe/Paris')::DATE AS day,
    coalesce(p.display_name, CASE WHEN e.actor LIKE 'program:%' THEN 'Raccroche' ELSE 'Personne partie' END) AS display_name,
    CASE e.action WHEN 'case.opened_elsewhere' THEN 'opened_elsewhere' WHEN 'case.exported' THEN 'exported'
      WHEN 'case.read' THEN 'read' WHEN 'case.readers' THEN 'read' ELSE 'changed' END AS deed,
    count(*)::INT
  FROM audit.entries e LEFT JOIN access.people p ON p.person_id::TEXT = e.actor
  WHERE e.subjects @> ARRAY[of_case::TEXT] AND e.action <> 'case.listed'
  GROUP BY 1, 2, e.actor, 3 ORDER BY 1 DESC, 2, e.actor, 3 LIMIT 500
$$;
REVOKE ALL ON FUNCTION access.consultations_of(UUID) FROM PUBLIC;
