-- When the trail was last verified, for those who control: of all jobs they see this one alone.
CREATE FUNCTION jobs.last_verification() RETURNS TABLE (state TEXT, ended_at TIMESTAMPTZ, code TEXT)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF to_regclass('pgboss.job') IS NULL OR NOT access.controls() THEN RETURN; END IF;
  RETURN QUERY EXECUTE $q$
    SELECT j.state::TEXT, j.completed_on, j.output ->> 'message' FROM pgboss.job j
    WHERE j.name = 'audit.verify' AND j.state IN ('completed', 'failed') ORDER BY j.completed_on DESC LIMIT 1 $q$;
END $$;
REVOKE ALL ON FUNCTION jobs.last_verification() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION jobs.last_verification() TO raccroche_app;
