-- One's own, those of cases for whose platform one answers, and for data protection all: a page, after that opening.
DROP FUNCTION access.list_openings();
CREATE FUNCTION access.list_openings(after UUID, most INT) RETURNS TABLE (
  opening_id UUID, person_id UUID, display_name TEXT, siei TEXT, platform_id UUID, reason TEXT, statement TEXT,
  opened_at TIMESTAMPTZ, expires_at TIMESTAMPTZ
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.opening_id, o.person_id, p.display_name, o.siei, o.platform_id, o.reason, o.statement, o.opened_at, o.expires_at
  FROM access.openings o JOIN access.people p USING (person_id) LEFT JOIN access.openings a ON a.opening_id = after
  WHERE (o.person_id = access.actor() OR o.platform_id IN (SELECT access.platforms_answered_for()) OR access.controls())
    AND (after IS NULL OR o.opened_at < a.opened_at OR (o.opened_at = a.opened_at AND o.opening_id > after))
  ORDER BY o.opened_at DESC, o.opening_id LIMIT most
$$;
REVOKE ALL ON FUNCTION access.list_openings(UUID, INT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.list_openings(UUID, INT) TO raccroche_app;
CREATE INDEX openings_by_time ON access.openings (opened_at DESC, opening_id);
