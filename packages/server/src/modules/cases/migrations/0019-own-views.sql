-- A filter of the worklist under a name of one's own: codes alone, for the person who keeps it.
CREATE TABLE cases.own_views (
  view_id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id UUID NOT NULL REFERENCES access.people,
  platform_id UUID NOT NULL REFERENCES access.platforms,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  search TEXT NOT NULL CHECK (length(search) <= 500 AND search ~ '^[A-Za-z0-9_=&-]*$'),
  kept_on DATE NOT NULL DEFAULT current_date,
  UNIQUE (person_id, platform_id, name)
);
ALTER TABLE cases.own_views ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON cases.own_views TO raccroche_app
  USING (person_id = access.actor())
  WITH CHECK (person_id = access.actor() AND platform_id = ANY (ARRAY(SELECT access.platforms_for('case.read'))));
GRANT SELECT, INSERT, UPDATE, DELETE ON cases.own_views TO raccroche_app;
