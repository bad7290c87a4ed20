-- The last act of publication may be taken back, for as long as what it replaced is kept: until another campaign is published.
ALTER TABLE lists.publications
  ADD may_take_back BOOLEAN NOT NULL DEFAULT false,
  ADD taken_back_at TIMESTAMPTZ;
ALTER TABLE lists.published_entries ADD former_publication_id BIGINT;   -- before the last one; none: new with it
GRANT UPDATE (may_take_back, taken_back_at) ON lists.publications TO raccroche_publisher;

-- Who asked for it, and why. Nobody reads it but by the function below.
CREATE TABLE lists.takings_back (
  publication_id BIGINT PRIMARY KEY REFERENCES lists.publications,
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 5 AND 300),
  asked_by UUID REFERENCES access.people,     -- none: on the machine itself
  asked_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
ALTER TABLE lists.takings_back ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON lists.takings_back TO raccroche_publisher USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON lists.takings_back TO raccroche_publisher;

CREATE FUNCTION lists.list_takings_back()
RETURNS TABLE (publication_id BIGINT, asked_by TEXT, reason TEXT, asked_at TIMESTAMPTZ)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
BEGIN
  PERFORM lists.require_campaign_manager();
  RETURN QUERY SELECT t.publication_id, p.display_name, t.reason, t.asked_at
    FROM lists.takings_back t LEFT JOIN access.people p ON p.person_id = t.asked_by;
END $$;

-- The one act that can be taken back: the last that was not, while what it replaced is kept.
CREATE FUNCTION lists.last_publication() RETURNS BIGINT LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT CASE WHEN may_take_back THEN publication_id END FROM lists.publications
  WHERE taken_back_at IS NULL ORDER BY publication_id DESC LIMIT 1
$$;

CREATE FUNCTION lists.ask_taking_back(of_publication BIGINT, why TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM lists.require_campaign_manager();
  PERFORM access.require_second_factor();
  IF lists.last_publication() IS DISTINCT FROM of_publication THEN
    PERFORM access.refuse('RA004', 'Seule la dernière publication se reprend, tant qu’aucune autre campagne n’est publiée.');
  END IF;
  INSERT INTO lists.takings_back (publication_id, reason, asked_by) VALUES (of_publication, why, access.actor())
  ON CONFLICT DO NOTHING;
  INSERT INTO jobs.outbox (job, payload) VALUES ('campaign.take_back', jsonb_build_object('publication', of_publication));
  PERFORM access.record('campaign.taking_back_asked', ARRAY[]::TEXT[],
    jsonb_build_object('publication', of_publication, 'reason', why));
END $$;

REVOKE ALL ON FUNCTION lists.list_takings_back(), lists.last_publication(), lists.ask_taking_back(BIGINT, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lists.list_takings_back(), lists.ask_taking_back(BIGINT, TEXT) TO raccroche_app;
GRANT EXECUTE ON FUNCTION lists.last_publication() TO raccroche_app, raccroche_publisher;
