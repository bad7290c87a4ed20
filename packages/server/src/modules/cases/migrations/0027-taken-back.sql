-- What a publication replaced and no event tells: kept until it is taken back, or another campaign is published.
CREATE TABLE cases.replaced (
  publication_id BIGINT NOT NULL REFERENCES lists.publications,
  what TEXT NOT NULL CHECK (what IN ('entry', 'details', 'word_gone', 'word_new', 'phone_new', 'litige', 'litige_side')),
  siei TEXT NOT NULL,                         -- of the case once it was published
  other_siei TEXT,                            -- the other one of a litige
  former JSONB NOT NULL
);
CREATE INDEX replaced_of ON cases.replaced (siei);
ALTER TABLE cases.replaced ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON cases.replaced TO raccroche_publisher USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON cases.replaced TO raccroche_publisher;

-- What a taking back works with, from its first line to its last; empty in between.
CREATE UNLOGGED TABLE cases.taking_back (
  case_id UUID PRIMARY KEY,
  siei TEXT NOT NULL,
  is_opened BOOLEAN NOT NULL,
  is_kept BOOLEAN NOT NULL,
  former JSONB NOT NULL
);
GRANT SELECT, INSERT, TRUNCATE ON cases.taking_back TO raccroche_publisher;

-- Cases that a publication touched, and what of each stood before. Kept as they are: those on which somebody acted since.
CREATE FUNCTION cases.to_take_back(of_publication BIGINT)
RETURNS TABLE (case_id UUID, siei TEXT, is_opened BOOLEAN, is_kept BOOLEAN, former JSONB)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  WITH touched AS (
    SELECT e.case_id, max(e.case_version) AS last, bool_or(e.kind = 'opened') AS is_opened,
      -- Of several events, the first one tells what stood before all of them.
      coalesce(jsonb_object_agg(b.key, b.value ORDER BY e.case_version DESC) FILTER (WHERE b.key IS NOT NULL), '{}') AS former
    FROM cases.events e LEFT JOIN LATERAL jsonb_each(e.before) b ON true
    WHERE e.details ->> 'publication' = of_publication::TEXT
      AND e.kind NOT IN ('withdrawn', 'publication_undone', 'kept_after_undoing')
    GROUP BY e.case_id
  )
  SELECT t.case_id, c.siei, t.is_opened, EXISTS (
      SELECT FROM cases.events n
      WHERE n.case_id = t.case_id AND n.case_version > t.last AND NOT n.details ? 'publication'), t.former
  FROM touched t JOIN cases.cases c ON c.case_id = t.case_id
$$;

-- The same in counts, before anything is done: by what would be undone, and how many each platform keeps.
CREATE FUNCTION cases.count_taking_back(of_publication BIGINT) RETURNS JSONB
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM lists.require_campaign_manager();
  RETURN (
    WITH touched AS MATERIALIZED (SELECT * FROM cases.to_take_back(of_publication)),
    undone AS (
      SELECT e.kind, count(*) AS count FROM touched t JOIN cases.events e ON e.case_id = t.case_id
      WHERE NOT t.is_kept AND e.details ->> 'publication' = of_publication::TEXT GROUP BY e.kind),
    kept AS (
      SELECT p.name, count(*) AS count FROM touched t JOIN cases.cases c ON c.case_id = t.case_id
      LEFT JOIN access.platforms p ON p.platform_id = c.platform_id WHERE t.is_kept GROUP BY p.name)
    SELECT jsonb_build_object(
      'possible', lists.last_publication() IS NOT DISTINCT FROM of_publication,
      'undone', coalesce((SELECT jsonb_agg(to_jsonb(u) ORDER BY u.count DESC, u.kind) FROM undone u), '[]'),
      'kept', coalesce((SELECT jsonb_agg(jsonb_build_object('platform', k.name, 'count', k.count) ORDER BY k.name) FROM kept k), '[]'))
  );
END $$;
REVOKE ALL ON FUNCTION cases.to_take_back(BIGINT), cases.count_taking_back(BIGINT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases.to_take_back(BIGINT) TO raccroche_publisher;
GRANT EXECUTE ON FUNCTION cases.count_taking_back(BIGINT) TO raccroche_app;
