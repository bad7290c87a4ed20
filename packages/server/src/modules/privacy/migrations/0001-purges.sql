-- What a purge works with, and what it leaves: counts of nobody.
CREATE SCHEMA privacy;

-- The cases that a purge is about to remove; empty in between.
CREATE UNLOGGED TABLE privacy.due_cases (
  case_id UUID PRIMARY KEY,
  siei TEXT NOT NULL,
  class TEXT NOT NULL
);

-- Of the cases that were removed: how many, by département, month of opening and outcome. Added to, never told apart again.
CREATE TABLE privacy.anonymous_counts (
  department TEXT NOT NULL,
  opened_in DATE NOT NULL CHECK (extract(day FROM opened_in) = 1),
  outcome TEXT NOT NULL,
  cases BIGINT NOT NULL CHECK (cases > 0),
  PRIMARY KEY (department, opened_in, outcome)
);

-- As they are shown: under five, a count could still point at somebody. Of a département and month with one count hidden,
-- the smallest shown is hidden too, so that no total gives it back.
CREATE VIEW privacy.shown_counts AS
  SELECT department, opened_in, outcome,
    CASE WHEN cases >= 5 AND NOT (hidden = 1 AND place = hidden + 1) THEN cases END AS cases
  FROM (
    SELECT *, count(*) FILTER (WHERE cases < 5) OVER (PARTITION BY department, opened_in) AS hidden,
      row_number() OVER (PARTITION BY department, opened_in ORDER BY cases, outcome) AS place
    FROM privacy.anonymous_counts
  ) counted;

CREATE FUNCTION privacy.record_purge(details JSONB) RETURNS VOID
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS
  $$ SELECT audit.append('program:keeper', 'retention', 'privacy.purged', ARRAY[]::TEXT[], details) $$;
REVOKE ALL ON FUNCTION privacy.record_purge(JSONB) FROM PUBLIC;

GRANT USAGE ON SCHEMA privacy TO raccroche_keeper;
GRANT EXECUTE ON FUNCTION privacy.record_purge(JSONB) TO raccroche_keeper;
GRANT SELECT, INSERT, DELETE, TRUNCATE ON privacy.due_cases TO raccroche_keeper;
GRANT SELECT, INSERT, UPDATE ON privacy.anonymous_counts TO raccroche_keeper;
GRANT SELECT ON privacy.shown_counts TO raccroche_keeper;
