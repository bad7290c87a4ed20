-- The role of the worker: what its jobs need of each module, granted there, and nothing of what they do not. With the publisher's, the
-- keeper's and the monitor's, a login that owns nothing does all the jobs.
DO $$
BEGIN
  BEGIN
    CREATE ROLE raccroche_worker NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  EXECUTE format('GRANT raccroche_worker TO %I', current_user);
END $$;
