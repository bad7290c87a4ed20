-- What the worker asks of rights: who acts today, whether a system may be told; and the notices that it writes, of which it reads none.
CREATE FUNCTION access.acting() RETURNS TABLE (person_id UUID, territory_id TEXT)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT DISTINCT h.holder, h.territory_id FROM access.holders h JOIN access.permissions q USING (role, territory_kind)
  WHERE h.territory_kind = 'platform' AND q.permission = 'case.act'
$$;
REVOKE ALL ON FUNCTION access.acting() FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO raccroche_worker;
GRANT EXECUTE ON FUNCTION access.today(), access.acting(), access.system_may(UUID, TEXT, UUID),
  access.tell_of_partner(UUID, TEXT, UUID, INT, JSONB) TO raccroche_worker;
GRANT SELECT (platform_id, name) ON access.platforms TO raccroche_worker;
GRANT INSERT (to_person, to_platform, kind, about, step, details), SELECT (notice_id) ON access.notices TO raccroche_worker;
CREATE POLICY worked ON access.notices TO raccroche_worker USING (true) WITH CHECK (true);
-- The warnings of the night were asked as who opens sessions, which the worker has no use for.
REVOKE EXECUTE ON FUNCTION access.warn_of_endings(), access.warn_of_confirmations() FROM raccroche_door;
GRANT EXECUTE ON FUNCTION access.warn_of_endings(), access.warn_of_confirmations() TO raccroche_worker;
