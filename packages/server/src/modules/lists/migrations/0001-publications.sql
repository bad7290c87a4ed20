-- What was published to the platforms: each campaign once, and of each person the entry in force.
CREATE SCHEMA lists;

CREATE TABLE lists.publications (
  publication_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign TEXT NOT NULL,
  as_of DATE NOT NULL,
  rule_set TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL UNIQUE,
  entries INT NOT NULL,
  published_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- The entry as liste-DD.json tells it; of those no longer listed, none.
CREATE TABLE lists.published_entries (
  siei TEXT PRIMARY KEY,
  publication_id BIGINT NOT NULL REFERENCES lists.publications,
  department TEXT NOT NULL,
  platform_id UUID REFERENCES access.platforms,
  entry JSONB NOT NULL
);
CREATE INDEX published_entries_of ON lists.published_entries (publication_id);

-- What a publication works with, from its first line to its last; empty in between.
CREATE UNLOGGED TABLE lists.staged_entries (
  siei TEXT PRIMARY KEY,
  department TEXT NOT NULL,
  platform_id UUID,
  origin_uai TEXT,
  family_name TEXT NOT NULL,
  usage_name TEXT,
  first_names TEXT[] NOT NULL,
  sort_name TEXT NOT NULL,
  birth_date DATE NOT NULL,
  minor BOOLEAN NOT NULL,
  entry JSONB NOT NULL
);
CREATE UNLOGGED TABLE lists.staged_aliases (siei TEXT PRIMARY KEY, current_siei TEXT NOT NULL);
CREATE UNLOGGED TABLE lists.staged_removals (siei TEXT PRIMARY KEY, reason TEXT NOT NULL);

ALTER TABLE lists.published_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON lists.published_entries TO raccroche_publisher USING (true) WITH CHECK (true);
CREATE POLICY read_in_territory ON lists.published_entries FOR SELECT TO raccroche_app USING (
  platform_id = ANY (ARRAY(SELECT access.platforms_for('case.read')))
  OR (platform_id IS NULL AND department = ANY (ARRAY(SELECT access.departments_for('case.read'))))
);

GRANT USAGE ON SCHEMA lists TO raccroche_app, raccroche_publisher;
GRANT SELECT ON lists.publications, lists.published_entries TO raccroche_app;
GRANT SELECT, INSERT ON lists.publications TO raccroche_publisher;
GRANT SELECT, INSERT, UPDATE, DELETE ON lists.published_entries TO raccroche_publisher;
GRANT SELECT, INSERT, TRUNCATE ON lists.staged_entries TO raccroche_publisher;
GRANT SELECT, INSERT, TRUNCATE ON lists.staged_aliases, lists.staged_removals TO raccroche_publisher;
