-- What cases are found by. `place` is the platform, or the département of who is in no zone: equality on it is what
-- row-level security asks, so that one index serves both the right and the search.
CREATE TABLE cases.name_words (
  case_id UUID NOT NULL REFERENCES cases.cases ON DELETE CASCADE,
  word TEXT COLLATE "C" NOT NULL,                  -- capitals without accents
  sound TEXT COLLATE "C" NOT NULL,                 -- French phonetic of the word
  place TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, word)
);
CREATE INDEX name_words_by_word ON cases.name_words (place, word);
CREATE INDEX name_words_by_sound ON cases.name_words (place, sound);

CREATE TABLE cases.phone_keys (
  case_id UUID NOT NULL REFERENCES cases.cases ON DELETE CASCADE,
  phone TEXT COLLATE "C" NOT NULL,                 -- digits alone, 0 first when French
  place TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, phone)
);
CREATE INDEX phone_keys_by_phone ON cases.phone_keys (place, phone);

-- The keys go where the case goes.
CREATE FUNCTION cases.move_search_keys() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE new_place TEXT := coalesce(NEW.platform_id::TEXT, NEW.department);
BEGIN
  UPDATE cases.name_words SET place = new_place WHERE case_id = NEW.case_id;
  UPDATE cases.phone_keys SET place = new_place WHERE case_id = NEW.case_id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION cases.move_search_keys() FROM PUBLIC;
CREATE TRIGGER search_keys_follow AFTER UPDATE OF platform_id, department ON cases.cases
  FOR EACH ROW WHEN (OLD.platform_id IS DISTINCT FROM NEW.platform_id OR OLD.department <> NEW.department)
  EXECUTE FUNCTION cases.move_search_keys();

ALTER TABLE cases.name_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.phone_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON cases.name_words TO raccroche_publisher USING (true) WITH CHECK (true);
CREATE POLICY published ON cases.phone_keys TO raccroche_publisher USING (true) WITH CHECK (true);
CREATE FUNCTION cases.places_for(wanted TEXT) RETURNS SETOF TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT platform_id::TEXT FROM access.platforms_for(wanted) AS p(platform_id)
  UNION SELECT department FROM access.departments_for(wanted) AS d(department)
$$;
REVOKE ALL ON FUNCTION cases.places_for(TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.places_for(TEXT) TO raccroche_app;
CREATE POLICY read_in_territory ON cases.name_words FOR SELECT TO raccroche_app
  USING (place = ANY (ARRAY(SELECT cases.places_for('case.read'))));
CREATE POLICY read_in_territory ON cases.phone_keys FOR SELECT TO raccroche_app
  USING (place = ANY (ARRAY(SELECT cases.places_for('case.read'))));
CREATE POLICY add_in_territory ON cases.phone_keys FOR INSERT TO raccroche_app WITH CHECK (
  EXISTS (SELECT FROM cases.cases c WHERE c.case_id = phone_keys.case_id AND c.platform_id::TEXT = phone_keys.place
    AND c.platform_id = ANY (ARRAY(SELECT access.platforms_for('case.act'))))
);

GRANT SELECT ON cases.name_words, cases.phone_keys TO raccroche_app;
GRANT INSERT ON cases.phone_keys TO raccroche_app;
GRANT SELECT, INSERT, DELETE ON cases.name_words, cases.phone_keys TO raccroche_publisher;
