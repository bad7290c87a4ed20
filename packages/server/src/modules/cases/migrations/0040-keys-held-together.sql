-- A publication writes a million keys: held against their cases one by one, they took a sixth of it. They are held together, a
-- statement at a time, and as firmly as by a foreign key: whoever adds keys locks their cases as one does, and a case goes with its keys.
ALTER TABLE cases.name_words DROP CONSTRAINT name_words_case_id_fkey;
ALTER TABLE cases.phone_keys DROP CONSTRAINT phone_keys_case_id_fkey;

-- Every key that was added joins its case, which nobody removes from now on to the end of the transaction. Planned each time: one key
-- of a caseworker, or those of a country.
CREATE FUNCTION cases.hold_keys() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE orphans BIGINT;
BEGIN
  EXECUTE 'SELECT (SELECT count(*) FROM added) - count(*) FROM (
    SELECT FROM added a JOIN cases.cases c USING (case_id) FOR KEY SHARE OF c) held' INTO orphans;
  IF orphans > 0 THEN
    RAISE EXCEPTION 'a key of %.% is of no case', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

-- Whoever removes a case sees the keys that were added until then: not from a view of the base that was taken before.
CREATE FUNCTION cases.remove_keys() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'cases are removed in read committed alone' USING ERRCODE = 'invalid_transaction_state';
  END IF;
  EXECUTE 'DELETE FROM cases.name_words k USING removed r WHERE k.case_id = r.case_id';
  EXECUTE 'DELETE FROM cases.phone_keys k USING removed r WHERE k.case_id = r.case_id';
  RETURN NULL;
END $$;

CREATE FUNCTION cases.empty_keys() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  -- Not truncated: whoever empties the base names these tables beside the cases, and none is truncated twice at once.
  DELETE FROM cases.name_words;
  DELETE FROM cases.phone_keys;
  RETURN NULL;
END $$;

CREATE FUNCTION cases.refuse_other_case() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'the id of a case never changes' USING ERRCODE = 'foreign_key_violation';
END $$;
REVOKE ALL ON FUNCTION cases.hold_keys(), cases.remove_keys(), cases.empty_keys(), cases.refuse_other_case() FROM PUBLIC;

-- The argument is the table referred to, as a foreign key would tell it to who copies the base.
CREATE TRIGGER held_together AFTER INSERT ON cases.name_words REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION cases.hold_keys('cases.cases');
CREATE TRIGGER held_together AFTER INSERT ON cases.phone_keys REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION cases.hold_keys('cases.cases');
CREATE TRIGGER of_one_case BEFORE UPDATE OF case_id ON cases.name_words
  FOR EACH STATEMENT EXECUTE FUNCTION cases.refuse_other_case();
CREATE TRIGGER of_one_case BEFORE UPDATE OF case_id ON cases.phone_keys
  FOR EACH STATEMENT EXECUTE FUNCTION cases.refuse_other_case();
CREATE TRIGGER of_one_case BEFORE UPDATE OF case_id ON cases.cases
  FOR EACH STATEMENT EXECUTE FUNCTION cases.refuse_other_case();
CREATE TRIGGER keys_go_too AFTER DELETE ON cases.cases REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION cases.remove_keys();
CREATE TRIGGER keys_go_too_at_once AFTER TRUNCATE ON cases.cases
  FOR EACH STATEMENT EXECUTE FUNCTION cases.empty_keys();
