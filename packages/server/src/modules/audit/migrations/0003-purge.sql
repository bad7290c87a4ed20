-- What has outlived its term may go, from the beginning of each chain and no further than a signed seal says: what remains starts
-- from the head that the seal vouches for. Nothing else of the trail ever goes.
CREATE TABLE audit.starts (
  chain INT PRIMARY KEY REFERENCES audit.chains,
  position BIGINT NOT NULL CHECK (position > 0),  -- the last that went
  head BYTEA NOT NULL,                            -- its hash, from which the next goes on
  day DATE NOT NULL REFERENCES audit.seals        -- the seal that says so
);

-- A start is a line of a seal, moves forward alone, and leaves a year at least, whatever the program is told.
CREATE FUNCTION audit.refuse_start() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE line TEXT := concat_ws(' ', NEW.chain, NEW.position, encode(NEW.head, 'hex'));
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.chain <> OLD.chain OR NEW.position < OLD.position) THEN
    RAISE EXCEPTION 'a start moves forward alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.day > (now() AT TIME ZONE 'Europe/Paris')::DATE - 365 THEN
    RAISE EXCEPTION 'the trail keeps a year at least' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT FROM audit.seals s WHERE s.day = NEW.day
    AND position(E'\n' || line || E'\n' IN s.statement) > 0) THEN
    RAISE EXCEPTION 'no seal says so' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sealed BEFORE INSERT OR UPDATE ON audit.starts FOR EACH ROW EXECUTE FUNCTION audit.refuse_start();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON audit.starts
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

CREATE FUNCTION audit.refuse_removal() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM gone g LEFT JOIN audit.starts s USING (chain)
    WHERE s.position IS NULL OR g.position > s.position) THEN
    RAISE EXCEPTION 'the trail is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER append_only ON audit.entries;
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON audit.entries
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER removed_by_seal AFTER DELETE ON audit.entries REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_removal();
REVOKE ALL ON FUNCTION audit.refuse_start(), audit.refuse_removal() FROM PUBLIC;
