-- Two roles with which a login that owns nothing can serve. Under `raccroche_monitor` the service looks at itself, at its start and
-- when it is asked whether it is ready: the ledger here, and what the modules grant it. Under `raccroche_officer` a data-protection
-- officer is read what is held on somebody, by policies that let nobody else; the keeper, who reads everything, is for the worker.
DO $$
DECLARE role_name TEXT;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['raccroche_monitor', 'raccroche_officer'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    EXECUTE format('GRANT %I TO %I', role_name, current_user);
  END LOOP;
END $$;
GRANT USAGE ON SCHEMA raccroche TO raccroche_monitor;
GRANT SELECT ON raccroche.migrations TO raccroche_monitor;
