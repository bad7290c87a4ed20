-- How many open cases one person of a platform should follow, and may follow; a platform without a row has the product's own.
CREATE TABLE cases.caseload_limits (
  platform_id UUID PRIMARY KEY REFERENCES access.platforms,
  recommended INT NOT NULL CHECK (recommended > 0),
  maximum INT NOT NULL CHECK (maximum <= 1000),
  CHECK (maximum >= recommended)
);
ALTER TABLE cases.caseload_limits ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_in_territory ON cases.caseload_limits FOR SELECT TO raccroche_app
  USING (platform_id = ANY (ARRAY(SELECT access.platforms_for('case.read'))));
CREATE POLICY add_in_territory ON cases.caseload_limits FOR INSERT TO raccroche_app
  WITH CHECK (platform_id = ANY (ARRAY(SELECT access.platforms_for('case.assign'))));
CREATE POLICY change_in_territory ON cases.caseload_limits FOR UPDATE TO raccroche_app
  USING (platform_id = ANY (ARRAY(SELECT access.platforms_for('case.assign'))))
  WITH CHECK (platform_id = ANY (ARRAY(SELECT access.platforms_for('case.assign'))));
GRANT SELECT, INSERT, UPDATE ON cases.caseload_limits TO raccroche_app;
