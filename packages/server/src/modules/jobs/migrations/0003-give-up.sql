-- A job that is told to run though whatever ran it is gone would keep the next of its kind waiting until it expires. Called by
-- functions that know that it is gone, and by nobody else.
CREATE FUNCTION jobs.give_up(of_job TEXT) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF to_regclass('pgboss.job') IS NULL THEN RETURN; END IF;
  EXECUTE $q$
    UPDATE pgboss.job SET state = 'failed', completed_on = now(), output = '{"message": "given_up"}'
    WHERE name = $1 AND state = 'active' $q$ USING of_job;
END $$;
REVOKE ALL ON FUNCTION jobs.give_up(TEXT) FROM PUBLIC;
