-- What is asked of the worker, written in the transaction that asks it: asked when that is committed, and never otherwise.
-- A row is gone once the queue has the job, in one transaction again.
CREATE SCHEMA jobs;

CREATE TABLE jobs.outbox (
  outbox_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job TEXT NOT NULL,
  payload JSONB NOT NULL,             -- codes, ids and folders; never a name
  asked_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);

-- The queue's own tables are made by the first worker, in the schema pgboss: until then there is no job.
CREATE FUNCTION jobs.latest(most INT) RETURNS TABLE (
  job_id UUID, job TEXT, state TEXT, tries INT, created_at TIMESTAMPTZ, ended_at TIMESTAMPTZ, code TEXT
) LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
  IF to_regclass('pgboss.job') IS NULL THEN RETURN; END IF;
  -- Those that failed come first.
  RETURN QUERY EXECUTE $q$
    SELECT id, name, state::TEXT, retry_count, created_on, completed_on, output ->> 'message' FROM pgboss.job
    WHERE name NOT LIKE '\_\_pgboss%' ORDER BY state = 'failed' DESC, created_on DESC, id LIMIT $1 $q$ USING most;
END $$;

CREATE FUNCTION jobs.put_back(job UUID) RETURNS BOOLEAN LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE touched BIGINT;
BEGIN
  IF to_regclass('pgboss.job') IS NULL THEN RETURN false; END IF;
  EXECUTE $q$
    UPDATE pgboss.job SET state = 'retry', start_after = now(), completed_on = NULL, output = NULL,
      retry_limit = greatest(retry_limit, retry_count + 1), keep_until = greatest(keep_until, now() + interval '14 days')
    WHERE id = $1 AND state IN ('failed', 'cancelled') $q$ USING job;
  GET DIAGNOSTICS touched = ROW_COUNT;
  RETURN touched > 0;
END $$;

-- The same for whoever may, through the application.
CREATE FUNCTION jobs.require_manager() RETURNS VOID LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM access.territories_for('jobs.manage')) THEN
    RAISE EXCEPTION 'not for you' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

CREATE FUNCTION jobs.latest_for_manager(most INT) RETURNS TABLE (
  job_id UUID, job TEXT, state TEXT, tries INT, created_at TIMESTAMPTZ, ended_at TIMESTAMPTZ, code TEXT
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM jobs.require_manager();
  RETURN QUERY SELECT * FROM jobs.latest(most);
END $$;

CREATE FUNCTION jobs.put_back_for_manager(job UUID) RETURNS BOOLEAN
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM jobs.require_manager();
  RETURN jobs.put_back(job);
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA jobs FROM PUBLIC;
GRANT USAGE ON SCHEMA jobs TO raccroche_app;
GRANT EXECUTE ON FUNCTION jobs.latest_for_manager(INT), jobs.put_back_for_manager(UUID) TO raccroche_app;
