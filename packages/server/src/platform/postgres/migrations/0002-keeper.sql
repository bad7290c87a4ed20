-- The role of the purge and of the extracts that the law grants: it reads and removes what the modules declare
-- (retention.ts), and adds nothing.
DO $$
BEGIN
  BEGIN
    CREATE ROLE raccroche_keeper NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  EXECUTE format('GRANT raccroche_keeper TO %I', current_user);
END $$;
