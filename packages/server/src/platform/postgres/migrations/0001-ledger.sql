-- The ledger of migrations, and the roles under which the program works. Roles belong to the whole server:
-- another base of the same server may have made them already.
CREATE SCHEMA raccroche;
CREATE TABLE raccroche.migrations (
  module TEXT NOT NULL,
  number INT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (module, number)
);

DO $$
DECLARE role_name TEXT;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['raccroche_app', 'raccroche_publisher', 'raccroche_door'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    -- Whoever owns the base enters the role to work.
    EXECUTE format('GRANT %I TO %I', role_name, current_user);
  END LOOP;
END $$;
