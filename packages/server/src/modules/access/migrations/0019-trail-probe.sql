-- What the service asks before it says that it is ready, without the right to publish, with which it was asked until now.
GRANT USAGE ON SCHEMA access TO raccroche_monitor;
GRANT SELECT ON access.permissions TO raccroche_monitor;

-- Fails unless the trail takes a line. The line is taken back whatever the caller does next: nothing of it ever stays.
CREATE FUNCTION access.probe_trail() RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM audit.append('program:monitor', 'operation', 'ready.probe', ARRAY[]::TEXT[], '{}');
  RAISE EXCEPTION 'taken back' USING ERRCODE = 'RB001';
EXCEPTION WHEN SQLSTATE 'RB001' THEN NULL;
END $$;
REVOKE ALL ON FUNCTION access.probe_trail() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.probe_trail() TO raccroche_monitor;
